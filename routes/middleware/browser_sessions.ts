import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { CookieOptions } from "hono/utils/cookie";
import type { Account } from "../../lib/auth/accounts.ts";
import type { Auth } from "../../lib/auth/mod.ts";
import type { Session } from "../../lib/auth/sessions.ts";
import type { AppContext } from "./context.ts";

/** A day (M-56); it is not prolonged by use. */
const TTL_SEC = 86_400;

/** Sessions as browsers have them: a cookie that only the server reads. */
export interface BrowserSessions {
  /** As browsers send it. */
  readonly cookieName: string;
  /** Null for no cookie, or for one that is not, or no longer, good. */
  find(c: AppContext): Promise<Session | null>;
  /** Signs in, under a new id whatever the browser sent: an id from before may be known to others. */
  start(c: AppContext, account: Account): Promise<void>;
  end(c: AppContext): Promise<void>;
}

export interface BrowserSessionsDeps {
  readonly auth: Pick<Auth, "sessions" | "signIn">;
  /** Over HTTPS alone: the name then begins with `__Host-`, which no other host can set. */
  readonly secure: boolean;
}

const NAME = "docent";

/** The cookie as browsers name it. */
export function sessionCookie(secure: boolean): string {
  return secure ? `__Host-${NAME}` : NAME;
}

export function createBrowserSessions({ auth, secure }: BrowserSessionsDeps): BrowserSessions {
  const { sessions } = auth;
  const prefix = secure ? "host" : undefined;
  const options: CookieOptions = { path: "/", httpOnly: true, sameSite: "Lax", secure, prefix };

  async function find(c: AppContext): Promise<Session | null> {
    const cookie = getCookie(c, NAME, prefix);
    return cookie === undefined ? null : await sessions.findByCookie(cookie);
  }

  async function endOld(c: AppContext): Promise<void> {
    const session = await find(c);
    if (session !== null) await sessions.end(session.sessionId);
  }

  return {
    cookieName: secure ? `__Host-${NAME}` : NAME,
    find,
    async start(c, account) {
      await endOld(c);
      const { cookie } = await auth.signIn(account, clientOf(c, TTL_SEC));
      setCookie(c, NAME, cookie, { ...options, maxAge: TTL_SEC });
    },
    async end(c) {
      await endOld(c);
      deleteCookie(c, NAME, options);
    },
  };
}

/** What asks, for its owner to tell his sessions apart. */
export function clientOf(c: AppContext, ttlSec: number) {
  return { userAgent: c.req.header("user-agent") ?? "", address: c.var.address, ttlSec };
}
