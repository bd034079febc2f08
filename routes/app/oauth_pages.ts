import { Hono } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { Auth } from "../../lib/auth/mod.ts";
import type { OAuthProvider } from "../../lib/auth/oauth.ts";
import { AppError } from "../../lib/errors.ts";
import { parseNext } from "../pages/next_path.ts";
import type { BrowserSessions } from "../middleware/browser_sessions.ts";
import type { AppContext, AppEnv } from "../middleware/context.ts";
import { APP_HOME } from "./entry_routes.tsx";

export interface OAuthPagesDeps {
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
export function oauthPages({ auth: { oauth }, sessions, ownOrigins }: OAuthPagesDeps) {
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

  app.get("/:provider", async (c) => {
    const provider = providerOf(c);
    const [begun, next = ""] = (getCookie(c, COOKIE) ?? "").split(" ");
    deleteCookie(c, COOKIE, { path: "/app/oauth" });
    const { code = "", state = "" } = c.req.query();
    const failed = () =>
      c.redirect(`${LOGIN}?${new URLSearchParams({ problem: "house", next })}`, 303);
    // A state of another browser would sign in somebody else than who sits here.
    if (code === "" || state === "" || state !== begun) return failed();
    try {
      await sessions.start(c, await oauth.finish(provider, { code, state }));
    } catch (error) {
      if (error instanceof AppError && error.code === "AUTH_FAILED") return failed();
      throw error;
    }
    return c.redirect(parseNext(next) ?? APP_HOME, 303);
  });
  return app;
}
