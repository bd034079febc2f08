import type { MiddlewareHandler } from "hono";
import { isSameText } from "../../lib/auth/same_text.ts";
import { AppError } from "../../lib/errors.ts";
import { type AppContext, type AppEnv, loginOf } from "../middleware/context.ts";
import { refuseRole, whoOf } from "../middleware/guards.ts";
import { CSRF_FIELD, readForm } from "../middleware/form_body.ts";
import { wantsPage } from "../middleware/wants_page.ts";
import { loginPath } from "./next_path.ts";

/**
 * Lets staff in, and sends who is not signed in to the login (T-M16). A form must carry the token of its
 * session: the cookie alone also comes with what a foreign page makes a browser send.
 */
export const pageGuard: MiddlewareHandler<AppEnv> = async function pageGuard(c, next) {
  const refused = await admit(c, async () => (await readForm(c))(CSRF_FIELD));
  return refused ?? await next();
};

/** The same for pages that whoever has an account may open, each their own. */
export const personGuard: MiddlewareHandler<AppEnv> = async function personGuard(c, next) {
  const refused = await admitPerson(c, async () => (await readForm(c))(CSRF_FIELD));
  return refused ?? await next();
};

/**
 * Makes a session's request one of its owner, by the token that the form carries; the answer for
 * those who are not signed in, or null.
 * @param readToken called only for those who have a session
 * @throws AppError AUTH_FAILED, FORBIDDEN
 */
export async function admit(
  c: AppContext,
  readToken: () => Promise<string>,
): Promise<Response | null> {
  const refused = await admitPerson(c, readToken);
  if (refused === null) refuseRole(whoOf(c).role, "read");
  return refused;
}

async function admitPerson(
  c: AppContext,
  readToken: () => Promise<string>,
): Promise<Response | null> {
  const { principal, session } = c.var;
  if (principal.kind === "attempt" || principal.kind === "api_key") {
    throw new AppError("FORBIDDEN", "Token does not allow this");
  }
  if (principal.kind === "anonymous") {
    if (session === null) {
      if (wantsPage(c)) return c.redirect(loginPath(c.req.raw), 303);
      throw new AppError("AUTH_FAILED", "Sign in to read this");
    }
    if (!isSameText(session.csrfToken, await readToken())) {
      throw new AppError("FORBIDDEN", "Form does not carry the token of its session");
    }
    c.set("principal", loginOf(session));
  }
  return null;
}
