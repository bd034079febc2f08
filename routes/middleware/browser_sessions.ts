import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { CookieOptions } from "hono/utils/cookie";
import { type Session, SESSION_TTL_SEC, type Sessions } from "../../lib/auth/sessions.ts";
import type { LoginClaims } from "../../lib/auth/tokens.ts";
import type { AppContext } from "./context.ts";

/** Sessions as browsers have them: a cookie that only the server reads. */
export interface BrowserSessions {
  /** As browsers send it. */
  readonly cookieName: string;
  /** Null for no cookie, or for one that is not, or no longer, good. */
  find(c: AppContext): Promise<Session | null>;
  /** Signs in, under a new id whatever the browser sent: an id from before may be known to others. */
  start(c: AppContext, claims: LoginClaims): Promise<void>;
  end(c: AppContext): Promise<void>;
}

export interface BrowserSessionsDeps {
  readonly sessions: Sessions;
  /** Over HTTPS alone: the name then begins with `__Host-`, which no other host can set. */
  readonly secure: boolean;
}

const NAME = "docent";

export function createBrowserSessions(
  { sessions, secure }: BrowserSessionsDeps,
): BrowserSessions {
  const prefix = secure ? "host" : undefined;
  const options: CookieOptions = { path: "/", httpOnly: true, sameSite: "Lax", secure, prefix };
  const idOf = (c: AppContext) => getCookie(c, NAME, prefix);

  async function endOld(c: AppContext): Promise<void> {
    const id = idOf(c);
    if (id !== undefined) await sessions.end(id);
  }

  return {
    cookieName: secure ? `__Host-${NAME}` : NAME,
    async find(c) {
      const id = idOf(c);
      return id === undefined ? null : await sessions.find(id);
    },
    async start(c, claims) {
      await endOld(c);
      const id = await sessions.start(claims);
      setCookie(c, NAME, id, { ...options, maxAge: SESSION_TTL_SEC });
    },
    async end(c) {
      await endOld(c);
      deleteCookie(c, NAME, options);
    },
  };
}
