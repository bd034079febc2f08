import type { MiddlewareHandler } from "hono";
import { AppError } from "../../lib/errors.ts";
import type { AppContext, AppEnv } from "./context.ts";

/** Lets the signed-in in (M-57). */
export const requireLogin: MiddlewareHandler<AppEnv> = async function requireLogin(c, next) {
  const { kind } = c.var.principal;
  if (kind === "anonymous") throw notSignedIn(c);
  if (kind !== "login") throw new AppError("FORBIDDEN", "Token does not allow this");
  await next();
};

/**
 * Name of the signed-in, behind `requireLogin`.
 * @throws AppError AUTH_FAILED where that guard does not stand
 */
export function loginName(c: AppContext): string {
  const { principal } = c.var;
  if (principal.kind !== "login") throw notSignedIn(c);
  return principal.claims.username;
}

/** Lets the signed-in in, and the attempt of the path with its own socket token (T-M05). */
export const requireOwnAttempt: MiddlewareHandler<AppEnv> = async function ownAttempt(c, next) {
  const { principal } = c.var;
  if (principal.kind === "anonymous") throw notSignedIn(c);
  if (principal.kind === "attempt" && !isOwn(c)) throw foreign();
  await next();
};

/**
 * For what kiosks do: open to all, or only to a kiosk with its key, the attempt's own token and
 * the signed-in, as `REQUIRE_KIOSK_KEY` says (T-M05). A foreign attempt's token is never good, and
 * none is good for starting another attempt.
 */
export function requireKiosk(keyRequired: boolean): MiddlewareHandler<AppEnv> {
  return async function requireKiosk(c, next) {
    const { principal, kioskId } = c.var;
    const namesAttempt = c.req.param("attemptId") !== undefined;
    if (namesAttempt && principal.kind === "attempt" && !isOwn(c)) throw foreign();
    const isKnown = kioskId !== null || principal.kind === "login" || isOwn(c);
    if (keyRequired && !isKnown) {
      throw new AppError("AUTH_FAILED", "Kiosk key is missing", {
        details: { field: "X-Kiosk-Key", expected: "the key of a kiosk" },
      });
    }
    await next();
  };
}

/** Whoever has a session and is nobody all the same has sent a change without its token. */
function notSignedIn(c: AppContext): AppError {
  if (c.var.session === null) return new AppError("AUTH_FAILED", "Sign in to do this");
  return new AppError("FORBIDDEN", "Token of the session is missing or wrong", {
    details: { field: "X-CSRF-Token", expected: "the token of the session" },
  });
}

function isOwn(c: AppContext): boolean {
  const { principal } = c.var;
  return principal.kind === "attempt" && principal.claims.attemptId === c.req.param("attemptId");
}

function foreign(): AppError {
  return new AppError("FORBIDDEN", "Token is for another attempt");
}
