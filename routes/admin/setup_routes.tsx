import { Hono } from "hono";
import { type AccountProblem, accountProblems } from "../../lib/auth/new_account.ts";
import type { SetupLink } from "../../lib/auth/setup_link.ts";
import type { BrowserSessions } from "../middleware/browser_sessions.ts";
import type { AppContext, AppEnv } from "../middleware/context.ts";
import { readForm } from "../middleware/form_body.ts";
import { HOME } from "./login_routes.tsx";
import type { Pages } from "../pages/pages.ts";
import { SetupPage, type SetupView } from "./setup.tsx";

export interface SetupRoutesDeps {
  readonly pages: Pages;
  readonly setupLink: SetupLink;
  readonly sessions: BrowserSessions;
}

interface Sent {
  readonly token: string;
  readonly username: string;
  readonly password: string;
  readonly passwordAgain: string;
}

/** `/admin/setup`: the first administrator, by the link that the first start printed (T-M16). */
export function setupRoutes({ pages, setupLink, sessions }: SetupRoutesDeps) {
  const app = new Hono<AppEnv>();

  app.get("/setup", async (c) => {
    const token = c.req.query("token") ?? "";
    if (!(await setupLink.isGood(token))) return sendSetup(c, { kind: "dead" });
    return sendSetup(c, { kind: "form", token, username: "", problems: [] });
  });

  app.post("/setup", async (c) => {
    const sent = await readSent(c);
    if (!(await setupLink.isGood(sent.token))) return sendSetup(c, { kind: "dead" });
    const { token, username } = sent;
    const problems = problemsOf(sent);
    if (problems.length > 0) return sendSetup(c, { kind: "form", token, username, problems });
    const account = await setupLink.use(sent);
    // Somebody else was quicker with the same link.
    if (account === null) return sendSetup(c, { kind: "dead" });
    await sessions.start(c, account);
    return c.redirect(HOME, 303);
  });

  function sendSetup(c: AppContext, view: SetupView) {
    const isRefused = view.kind === "form" && view.problems.length > 0;
    return pages.send(c, {
      status: view.kind === "dead" ? 410 : isRefused ? 400 : 200,
      title: ({ t }) => view.kind === "dead" ? t.setup.deadTitle : t.setup.title,
      body: (ui) => <SetupPage view={view} ui={ui} />,
      path: view.kind === "dead" ? "/admin/setup" : `/admin/setup?token=${view.token}`,
    });
  }

  return app;
}

async function readSent(c: AppContext): Promise<Sent> {
  const field = await readForm(c);
  return {
    token: field("token"),
    username: field("username"),
    password: field("password"),
    passwordAgain: field("passwordAgain"),
  };
}

function problemsOf(sent: Sent): (AccountProblem | "mismatch")[] {
  const problems = accountProblems(sent);
  return sent.password === sent.passwordAgain ? problems : [...problems, "mismatch"];
}
