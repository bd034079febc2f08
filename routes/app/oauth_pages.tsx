import { Hono } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { Auth } from "../../lib/auth/mod.ts";
import type { OAuthProvider } from "../../lib/auth/oauth.ts";
import { AppError } from "../../lib/errors.ts";
import { parseNext } from "../pages/next_path.ts";
import type { BrowserSessions } from "../middleware/browser_sessions.ts";
import type { AppContext, AppEnv } from "../middleware/context.ts";
import { readForm } from "../middleware/form_body.ts";
import type { Pages } from "../pages/pages.ts";
import { CodePage, type EntryProblem } from "./entry.tsx";
import { APP_HOME, BLANK, statusOf, tellWait, throttledBy } from "./entry_routes.tsx";

export interface OAuthPagesDeps {
  readonly pages: Pages;
  readonly auth: Pick<Auth, "oauth">;
  readonly sessions: BrowserSessions;
  readonly ownOrigins: readonly string[];
}

/** What the browser brings back beside the provider's answer: the state, and the way on. */
const COOKIE = "docent_oauth";
/** As long as a state is good. */
const TTL_SEC = 600;
/** A longer way on would not fit a cookie. */
const MAX_NEXT_CHARS = 1_000;
const LOGIN = "/app/login";

/** `/app/oauth`: to another house and back, in a browser (P-07). */
export function oauthPages({ pages, auth: { oauth }, sessions, ownOrigins }: OAuthPagesDeps) {
  const app = new Hono<AppEnv>();

  /** @throws AppError NOT_FOUND for one that is not set up */
  function providerOf(c: AppContext): OAuthProvider {
    const provider = oauth.providers.find((name) => name === c.req.param("provider"));
    if (provider === undefined) throw new AppError("NOT_FOUND", "Provider is not known");
    return provider;
  }

  app.get("/:provider/begin", async (c) => {
    const provider = providerOf(c);
    const [origin = new URL(c.req.url).origin] = ownOrigins;
    const { authorizationUrl, state } = await oauth.begin(
      provider,
      `${origin}/app/oauth/${provider}`,
    );
    const next = parseNext(c.req.query("next") ?? "") ?? APP_HOME;
    const way = next.length > MAX_NEXT_CHARS ? APP_HOME : next;
    setCookie(c, COOKIE, `${state} ${way}`, {
      path: "/app/oauth",
      httpOnly: true,
      sameSite: "Lax",
      secure: origin.startsWith("https:"),
      maxAge: TTL_SEC,
    });
    return c.redirect(authorizationUrl, 303);
  });

  /** Asks for the code of the second factor; the rest comes along in the form. */
  function askCode(c: AppContext, { code, state }: Came, problem: EntryProblem | null) {
    tellWait(c, problem);
    const view = { ...BLANK, problem, hidden: { came: code, state } };
    return pages.send(c, {
      status: statusOf(problem),
      title: ({ t }) => t.people.entry.login,
      body: (ui) => <CodePage view={view} ui={ui} action={c.req.path} />,
      path: `${c.req.path}?${new URLSearchParams({ code, state })}`,
    });
  }

  /** With what the provider gave, and the code of the second factor once it was typed. */
  async function finish(c: AppContext, came: Came, secondFactorCode?: string) {
    const provider = providerOf(c);
    const [begun, next = ""] = (getCookie(c, COOKIE) ?? "").split(" ");
    const { code, state } = came;
    const end = (to: string) => {
      deleteCookie(c, COOKIE, { path: "/app/oauth" });
      return c.redirect(to, 303);
    };
    const failed = () => end(`${LOGIN}?${new URLSearchParams({ problem: "house", next })}`);
    // A state of another browser would sign in somebody else than who sits here.
    if (code === "" || state === "" || state !== begun) return failed();
    try {
      const brought = { ...came, secondFactorCode, address: c.var.address };
      await sessions.start(c, await oauth.finish(provider, brought));
      return end(parseNext(next) ?? APP_HOME);
    } catch (error) {
      const problem = toProblem(error);
      if (problem === "house") return failed();
      return askCode(
        c,
        came,
        secondFactorCode === undefined && problem === "wrongCode" ? null : problem,
      );
    }
  }

  app.get("/:provider", (c) => {
    const { code = "", state = "" } = c.req.query();
    return finish(c, { code, state });
  });
  app.post("/:provider", async (c) => {
    const field = await readForm(c);
    return await finish(c, { code: field("came"), state: field("state") }, field("code"));
  });
  return app;
}

/** What the provider gave the browser to bring. */
interface Came {
  readonly code: string;
  readonly state: string;
}

/** What a refused sign-in is to the person. @throws what is no matter of it */
function toProblem(error: unknown): EntryProblem {
  if (!(error instanceof AppError)) throw error;
  if (error.code === "RATE_LIMIT") return throttledBy(error);
  if (error.code !== "AUTH_FAILED") throw error;
  return error.details?.field === "secondFactorCode" ? "wrongCode" : "house";
}
