import type { MiddlewareHandler } from "hono";
import type { ApiScope } from "../../lib/auth/api_keys.ts";
import type { Identity } from "../../lib/auth/identity.ts";
import { type Permission, permits, type Role } from "../../lib/auth/roles.ts";
import { AppError } from "../../lib/errors.ts";
import type { AppContext, AppEnv, Principal } from "./context.ts";

/** Lets the signed-in in. */
export const requireLogin: MiddlewareHandler<AppEnv> = async function requireLogin(c, next) {
  const { kind } = c.var.principal;
  if (kind === "anonymous") throw notSignedIn(c);
  if (kind !== "login") throw notAllowed();
  await next();
};

/** Lets staff in whose role permits one of these (M-57, X-10). */
export function requirePermission(...any: readonly Permission[]): MiddlewareHandler<AppEnv> {
  return async function requirePermission(c, next) {
    const { principal } = c.var;
    if (principal.kind === "anonymous") throw notSignedIn(c);
    if (principal.kind !== "login") throw notAllowed();
    refuseRole(principal.who.role, ...any);
    await next();
  };
}

/** Lets in whose API key has the scope, and the signed-in of whom `isAllowed` says so. */
function requireScope(
  scope: ApiScope,
  isAllowed: (role: Role) => boolean,
): MiddlewareHandler<AppEnv> {
  return async function requireScope(c, next) {
    const { principal } = c.var;
    if (principal.kind === "anonymous") throw notSignedIn(c);
    if (principal.kind === "attempt") throw notAllowed();
    if (principal.kind === "login" && !isAllowed(principal.who.role)) {
      throw new AppError("FORBIDDEN", `Role "${principal.who.role}" does not allow this`);
    }
    if (principal.kind === "api_key" && !principal.claims.scopes.includes(scope)) {
      throw new AppError("FORBIDDEN", `API key does not have the scope "${scope}"`);
    }
    await next();
  };
}

/** Whoever is signed in may send events, as a program with its key (E-22). */
export const requireEventSender = requireScope("events:write", () => true);

/** Figures of events are for staff, and for programs whose key says so. */
export const requireMetricsReader = requireScope(
  "metrics:read",
  (role) => permits(role, "read"),
);

/** @throws AppError FORBIDDEN */
export function refuseRole(role: Role, ...any: readonly Permission[]): void {
  if (!any.some((permission) => permits(role, permission))) {
    throw new AppError("FORBIDDEN", `Role "${role}" does not allow this`);
  }
}

/**
 * Name of the signed-in, behind a guard.
 * @throws AppError AUTH_FAILED where none stands
 */
export function loginName(c: AppContext): string {
  return whoOf(c).username;
}

/**
 * The signed-in, behind a guard.
 * @throws AppError AUTH_FAILED where none stands
 */
export function whoOf(c: AppContext): Identity {
  const { principal } = c.var;
  if (principal.kind !== "login") throw notSignedIn(c);
  return principal.who;
}

/** Lets staff in, and the attempt of the path with its own socket token (T-M05). */
export const requireOwnAttempt: MiddlewareHandler<AppEnv> = async function ownAttempt(c, next) {
  const { principal } = c.var;
  if (principal.kind === "anonymous") throw notSignedIn(c);
  if (principal.kind === "attempt" && !isOwn(c)) throw foreign();
  if (principal.kind === "api_key") throw notAllowed();
  if (principal.kind === "login") refuseRole(principal.who.role, "read");
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
    const isKnown = kioskId !== null || isStaffOrKiosk(principal) || isOwn(c);
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

/** People who have an account of their own are no kiosks. */
function isStaffOrKiosk(principal: Principal): boolean {
  return principal.kind === "login" && principal.who.role !== "user";
}

function isOwn(c: AppContext): boolean {
  const { principal } = c.var;
  return principal.kind === "attempt" && principal.claims.attemptId === c.req.param("attemptId");
}

function notAllowed(): AppError {
  return new AppError("FORBIDDEN", "Token does not allow this");
}

function foreign(): AppError {
  return new AppError("FORBIDDEN", "Token is for another attempt");
}
