import { Hono } from "hono";
import type { VNode } from "preact";
import type { Auth } from "../../lib/auth/mod.ts";
import { emailSchema, newPasswordSchema, registrationSchema } from "../../lib/auth/registration.ts";
import { AppError } from "../../lib/errors.ts";
import type { Ui } from "../../lib/ui/ui.ts";
import type { Pages } from "../pages/pages.ts";
import { parseNext } from "../pages/next_path.ts";
import type { BrowserSessions } from "../middleware/browser_sessions.ts";
import type { AppContext, AppEnv } from "../middleware/context.ts";
import { readForm } from "../middleware/form_body.ts";
import {
  type EntryNews,
  type EntryPageProps,
  type EntryProblem,
  type EntryView,
  ForgotPage,
  RegisterPage,
  ResetPage,
  SignInPage,
} from "./entry.tsx";

export interface EntryRoutesDeps {
  readonly pages: Pages;
  readonly auth: Pick<Auth, "login" | "oauth" | "registration">;
  readonly sessions: BrowserSessions;
}

export const APP_HOME = "/app/feed";

interface EntryPage {
  readonly title: (ui: Ui) => string;
  readonly Body: (props: EntryPageProps) => VNode;
}

const SIGN_IN: EntryPage = { title: ({ t }) => t.people.entry.login, Body: SignInPage };
const REGISTER: EntryPage = { title: ({ t }) => t.people.entry.register, Body: RegisterPage };
const FORGOT: EntryPage = { title: ({ t }) => t.people.entry.forgot, Body: ForgotPage };
const RESET: EntryPage = { title: ({ t }) => t.people.entry.reset, Body: ResetPage };

export const BLANK: EntryView = {
  problem: null,
  news: null,
  email: "",
  name: "",
  hidden: {},
  providers: [],
  asksCode: false,
};
const NEWS: readonly EntryNews[] = [
  "registered",
  "sent",
  "wasReset",
  "verified",
  "signedOut",
  "deleted",
];

/** `/app`: what a person sees before they signed in; forms that work without script. */
export function entryRoutes({ pages, auth, sessions }: EntryRoutesDeps) {
  const app = new Hono<AppEnv>();
  const { registration } = auth;

  function send(c: AppContext, { title, Body }: EntryPage, change: Partial<EntryView>) {
    const view = { ...BLANK, providers: auth.oauth.providers, ...change };
    const { problem } = view;
    tellWait(c, problem);
    return pages.send(c, {
      status: statusOf(problem),
      title,
      body: (ui) => <Body view={view} ui={ui} />,
      // What a GET was asked with is kept: the token of a link, the way on.
      path: c.req.method === "GET" ? undefined : c.req.path,
    });
  }

  app.get("/login", (c) => {
    const next = parseNext(c.req.query("next") ?? "") ?? APP_HOME;
    if (c.var.principal.kind === "login") return c.redirect(next, 303);
    const news = NEWS.find((it) => it === c.req.query("news")) ?? null;
    const problem = c.req.query("problem") === "house" ? "house" : null;
    return send(c, SIGN_IN, { hidden: { next }, news, problem });
  });
  app.post("/login", async (c) => {
    const field = await readForm(c);
    const next = parseNext(field("next")) ?? APP_HOME;
    const [email, password, code] = [field("email"), field("password"), field("code")];
    try {
      const sent = { username: email, password, code, address: c.var.address };
      await sessions.start(c, await auth.login.verify(sent));
      return c.redirect(next, 303);
    } catch (error) {
      const problem = toProblem(error);
      const asksCode = problem === "code";
      return send(c, SIGN_IN, { problem, email, asksCode, hidden: { next } });
    }
  });

  app.get("/register", (c) => send(c, REGISTER, {}));
  app.post("/register", async (c) => {
    const field = await readForm(c);
    const [email, name] = [field("email"), field("name")];
    const sent = registrationSchema.safeParse({ email, name, password: field("password") });
    if (!sent.success) {
      const problem = problemOf(String(sent.error.issues[0].path[0]));
      return send(c, REGISTER, { problem, email, name });
    }
    await registration.register(sent.data);
    return c.redirect("/app/login?news=registered", 303);
  });

  app.get("/forgot", (c) => send(c, FORGOT, {}));
  app.post("/forgot", async (c) => {
    const email = (await readForm(c))("email");
    const sent = emailSchema.safeParse(email);
    if (!sent.success) return send(c, FORGOT, { problem: "email", email });
    await registration.forgot(sent.data);
    return c.redirect("/app/login?news=sent", 303);
  });

  app.get("/reset", (c) => send(c, RESET, { hidden: { token: c.req.query("token") ?? "" } }));
  app.post("/reset", async (c) => {
    const field = await readForm(c);
    const token = field("token");
    const password = newPasswordSchema.safeParse(field("password"));
    if (!password.success) return send(c, RESET, { problem: "password", hidden: { token } });
    if (!(await registration.reset(token, password.data))) {
      return send(c, FORGOT, { problem: "deadLink" });
    }
    return c.redirect("/app/login?news=wasReset", 303);
  });

  // A link in a letter is opened, so a GET has to do it; it is good once and shows nothing.
  app.get("/verify", async (c) => {
    const isGood = await registration.verify(c.req.query("token") ?? "");
    return isGood
      ? c.redirect("/app/login?news=verified", 303)
      : send(c, SIGN_IN, { problem: "deadLink", hidden: { next: APP_HOME } });
  });
  return app;
}

function problemOf(field: string): EntryProblem {
  return field === "email" || field === "name" ? field : "password";
}

const UNAUTHORIZED: ReadonlySet<EntryProblem> = new Set([
  "credentials",
  "code",
  "wrongCode",
  "house",
]);

export function statusOf(problem: EntryProblem | null) {
  if (problem === null) return 200;
  if (typeof problem !== "string") return 429;
  if (UNAUTHORIZED.has(problem)) return 401;
  return problem === "unverified" ? 403 : 400;
}

export function throttledBy({ details }: AppError): EntryProblem {
  return { throttledSec: Math.ceil((details?.retryAfterMs ?? 0) / 1000) };
}

/** Says in the header as well how long to wait. */
export function tellWait(c: AppContext, problem: EntryProblem | null): void {
  if (problem !== null && typeof problem !== "string") {
    c.header("retry-after", String(problem.throttledSec));
  }
}

/** What a refused sign-in is to the form. @throws what is no matter of it */
function toProblem(error: unknown): EntryProblem {
  if (!(error instanceof AppError)) throw error;
  switch (error.code) {
    case "AUTH_FAILED":
      return error.details?.field === "code" ? "code" : "credentials";
    case "FORBIDDEN":
      return "unverified";
    case "RATE_LIMIT":
      return throttledBy(error);
    default:
      throw error;
  }
}
