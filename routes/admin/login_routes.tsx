import { Hono } from "hono";
import { credentialsSchema, type Login } from "../../lib/auth/login.ts";
import { AppError } from "../../lib/errors.ts";
import { parseJson } from "../../lib/json.ts";
import { validate } from "../../lib/validation.ts";
import type { BrowserSessions } from "../middleware/browser_sessions.ts";
import type { AppContext, AppEnv } from "../middleware/context.ts";
import { readForm } from "../middleware/form_body.ts";
import { isJson, readText } from "../middleware/json_body.ts";
import { LoginPage, type LoginView } from "./login.tsx";
import { parseNext } from "../pages/next_path.ts";
import type { Pages } from "../pages/pages.ts";

export interface LoginRoutesDeps {
  readonly pages: Pages;
  readonly login: Login;
  readonly sessions: BrowserSessions;
}

export const HOME = "/admin/dashboard";

interface Sent {
  readonly username: string;
  readonly password: string;
  /** Of the second factor; empty or absent without. */
  readonly code?: string;
  /** Where to go then; safe. */
  readonly next: string;
}

/** `/admin/login` (M-56): a form without script, and JSON as document 1 sends it. */
export function loginRoutes({ pages, login, sessions }: LoginRoutesDeps) {
  const app = new Hono<AppEnv>();

  app.get("/login", (c) => {
    const next = parseNext(c.req.query("next") ?? "") ?? HOME;
    if (c.var.principal.kind === "login") return c.redirect(next, 303);
    const signedOut = c.req.query("signed-out") !== undefined;
    return sendLogin(c, { next, username: "", problem: null, signedOut });
  });

  app.post("/login", async (c) => {
    const { next, ...credentials } = await readSent(c);
    const { username } = credentials;
    try {
      const account = await login.verify({ ...credentials, address: c.var.address });
      await sessions.start(c, account);
      return c.redirect(next, 303);
    } catch (error) {
      const answer = isJson(c) ? null : toProblem(error);
      if (answer === null) throw error;
      const { status, problem } = answer;
      if (problem.kind === "throttled") c.header("retry-after", String(problem.retryAfterSeconds));
      return sendLogin(c, { next, username, problem, signedOut: false }, status);
    }
  });

  function sendLogin(c: AppContext, view: LoginView, status: 200 | 401 | 429 = 200) {
    return pages.send(c, {
      status,
      title: ({ t }) => t.login.title,
      body: (ui) => <LoginPage view={view} ui={ui} />,
      path: `/admin/login?next=${encodeURIComponent(view.next)}`,
    });
  }

  return app;
}

/** @throws AppError VALIDATION_ERROR */
async function readSent(c: AppContext): Promise<Sent> {
  if (isJson(c)) {
    const faults = { code: "VALIDATION_ERROR", what: "Request validation failed" } as const;
    return { ...validate(credentialsSchema, parseJson(await readText(c)), faults), next: HOME };
  }
  const field = await readForm(c);
  return {
    username: field("username"),
    password: field("password"),
    // Applications show it in two groups.
    code: field("code").replaceAll(/\s/g, ""),
    next: parseNext(field("next")) ?? HOME,
  };
}

/** What the form says of a refused try; null for what is no matter of the form. */
function toProblem(error: unknown) {
  if (!(error instanceof AppError)) return null;
  if (error.code === "AUTH_FAILED") {
    const kind = error.details?.field === "code" ? "code" : "credentials";
    return { status: 401, problem: { kind } } as const;
  }
  if (error.code !== "RATE_LIMIT") return null;
  const retryAfterSeconds = Math.ceil((error.details?.retryAfterMs ?? 0) / 1000);
  return { status: 429, problem: { kind: "throttled", retryAfterSeconds } } as const;
}
