import { Hono } from "hono";
import type { Account } from "../../lib/auth/accounts.ts";
import type { Auth } from "../../lib/auth/mod.ts";
import { newPasswordSchema } from "../../lib/auth/registration.ts";
import { totpUri } from "../../lib/auth/totp.ts";
import { AppError } from "../../lib/errors.ts";
import type { BrowserSessions } from "../middleware/browser_sessions.ts";
import type { AppContext, AppEnv } from "../middleware/context.ts";
import { readForm } from "../middleware/form_body.ts";
import { whoOf } from "../middleware/guards.ts";
import { accountOf } from "./account.ts";
import type { CountedPages } from "./counted_pages.tsx";
import {
  type SecurityDone,
  SecurityPage,
  type SecurityProblem,
  type SecurityView,
} from "./security.tsx";

export interface SecurityRoutesDeps {
  readonly pages: CountedPages;
  readonly auth: Auth;
  readonly sessions: BrowserSessions;
  /** Deletes a person from every domain (P-31). */
  readonly forget: (userId: string) => Promise<void>;
}

const DONE: readonly SecurityDone[] = ["ended", "changed", "factorIsOff"];

/** `/app/security`: sessions, password, second factor and the end of the account. */
export function securityRoutes({ pages, auth, sessions, forget }: SecurityRoutesDeps) {
  const app = new Hono<AppEnv>();

  async function send(c: AppContext, { problem = null, recoveryCodes = [] }: Said = {}) {
    const { userId, sessionId } = whoOf(c);
    const account = await accountOf(c, auth);
    const view: SecurityView = {
      sessions: await auth.sessions.list(userId),
      currentId: sessionId,
      factor: factorOf(account),
      recoveryCodes,
      proof: await proofOf(c, account),
      done: DONE.find((it) => it === c.req.query("news")) ?? null,
      problem,
    };
    return pages.send(c, {
      status: problem === null ? 200 : 400,
      title: ({ t }) => t.people.security.title,
      body: (ui) => <SecurityPage view={view} ui={ui} />,
      path: "/app/security",
    });
  }

  /** How the person can show that it is really them, before the account is deleted. */
  async function proofOf(c: AppContext, { passwordHash }: Account): Promise<SecurityView["proof"]> {
    if (passwordHash !== null) return "password";
    return await auth.login.isFresh(whoOf(c).sessionId) ? "fresh" : auth.oauth.providers;
  }

  /** Does it and leads on; a wrong password or code is said beside the forms. */
  async function act(c: AppContext, { work, to, problem }: Act) {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "AUTH_FAILED") throw error;
      return await send(c, { problem });
    }
    return c.redirect(to, 303);
  }

  app.get("/security", (c) => send(c));

  app.post("/security/sessions/:sessionId{session_\\d{1,50}}/end", async (c) => {
    const session = await auth.sessions.find(c.req.param("sessionId"));
    // One that is gone, or another's, is as good as ended: the page shows what there is.
    if (session?.userId === whoOf(c).userId) await auth.sessions.end(session.sessionId);
    return c.redirect("/app/security?news=ended", 303);
  });

  app.post("/security/password", async (c) => {
    const field = await readForm(c);
    const { userId, sessionId } = whoOf(c);
    const newPassword = newPasswordSchema.safeParse(field("newPassword"));
    if (!newPassword.success) return await send(c, { problem: "newPassword" });
    const change = {
      userId,
      sessionId,
      oldPassword: field("oldPassword"),
      newPassword: newPassword.data,
      address: c.var.address,
    };
    return await act(c, {
      work: () => auth.registration.changePassword(change),
      to: "/app/security?news=changed",
      problem: "wrongPassword",
    });
  });

  app.post("/security/factor/begin", async (c) => {
    await auth.secondFactor.begin(whoOf(c).userId);
    return c.redirect("/app/security#factor", 303);
  });
  app.post("/security/factor/confirm", async (c) => {
    const code = (await readForm(c))("code");
    try {
      // In the answer and in no address: the codes are shown this once.
      return await send(c, {
        recoveryCodes: await auth.secondFactor.confirm(whoOf(c).userId, code),
      });
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "AUTH_FAILED") throw error;
      return await send(c, { problem: "wrongCode" });
    }
  });
  app.post("/security/factor/end", async (c) => {
    const code = (await readForm(c))("code");
    return await act(c, {
      work: () => auth.secondFactor.end(whoOf(c).userId, code),
      to: "/app/security?news=factorIsOff",
      problem: "wrongCode",
    });
  });

  app.post("/security/remove", async (c) => {
    const password = (await readForm(c))("password");
    const { userId, sessionId } = whoOf(c);
    return await act(c, {
      async work() {
        await auth.login.confirm({ userId, sessionId, password, address: c.var.address });
        await forget(userId);
        await sessions.end(c);
      },
      to: "/app/login?news=deleted",
      problem: "wrongPassword",
    });
  });
  return app;
}

interface Said {
  readonly problem?: SecurityProblem | null;
  readonly recoveryCodes?: readonly string[];
}

interface Act {
  readonly work: () => Promise<void>;
  /** Where to go when it is done. */
  readonly to: string;
  readonly problem: SecurityProblem;
}

function factorOf({ totp, username }: Account): SecurityView["factor"] {
  if (totp === null) return { state: "off" };
  if (totp.confirmedAt !== null) return { state: "on" };
  return { state: "begun", secret: totp.secret, uri: totpUri(totp.secret, username) };
}
