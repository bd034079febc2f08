import { hasExpired } from "../../lib/auth/tokens.ts";
import type { Config } from "../../lib/config/mod.ts";
import type { AppContext } from "./context.ts";
import type { Allowance, Counted, RateLimitOptions } from "./rate_limit.ts";

/** Tries to sign in from one address, whatever the name; `lib/auth/login_throttle.ts` counts each. */
const SIGN_INS: Allowance = { requests: 30, seconds: 60 };
/** Letters that one address can have written, and accounts that it can make (P-28). */
const LETTERS: Allowance = { requests: 5, seconds: 60 };
/** Codes that one address can try; `lib/kiosks/pairing_codes.ts` counts all. */
const PAIRINGS: Allowance = { requests: 10, seconds: 60 };
const LETTER_PATHS: ReadonlySet<string> = new Set([
  "/api/auth/register",
  "/api/auth/forgot-password",
  "/app/register",
  "/app/forgot",
]);
const SIGN_IN_PATHS: ReadonlySet<string> = new Set([
  "/api/admin/login",
  "/api/auth/login",
  "/api/auth/refresh",
  "/api/auth/reset-password",
  "/api/auth/verify-email",
  "/admin/login",
  "/admin/setup",
  "/app/login",
  "/app/reset",
]);
const EVENTS_PATH = "/api/events";
/** What a whole hall of kiosks without keys sends when its line is back. */
const BATCH_PATH = "/api/missions/batch";
/** Pages shown to who is not signed in; a hall's kiosks behind that address do not use them up. */
const PAGES: Allowance = { requests: 120, seconds: 60 };

/**
 * Who is counted how (T-M17): by kiosk, by attempt, by person, and by address only for the rest,
 * because a hall of kiosks stands behind one address.
 */
export function allowances(limits: Config["limits"]): RateLimitOptions["allow"] {
  const anonymous = { requests: limits.anonymousPer15Min, seconds: 900 };
  // One for each kind of key, also where they are alike: an id of one kind may be a name of another.
  const perMin = (requests: number): Allowance => ({ requests, seconds: 60 });
  const kiosk = perMin(limits.kioskPerMin);
  const caller = perMin(limits.kioskPerMin);
  const attempt = perMin(limits.kioskPerMin);
  const events = perMin(limits.eventRequestsPerMin);
  const starts = perMin(limits.startsPerMin);
  const reviews = perMin(limits.startsPerMin);
  /** Kiosks without a key: what a whole hall sends. */
  const hallStarts = perMin(limits.kioskPerMin);
  const hallBatches = perMin(limits.kioskPerMin);
  const hallReviews = perMin(limits.kioskPerMin);
  /** Nobody guesses with a token that was good; only its refusal tells a kiosk to get another. */
  const hallExpired = perMin(limits.kioskPerMin);

  function allow(c: AppContext): Counted[] {
    const { principal, kioskId, address, badCredential } = c.var;
    const post = c.req.method === "POST";
    if (post && SIGN_IN_PATHS.has(c.req.path)) return [{ key: address, allowance: SIGN_INS }];
    if (post && LETTER_PATHS.has(c.req.path)) return [{ key: address, allowance: LETTERS }];
    if (post && c.req.path === "/api/kiosks/pair") return [{ key: address, allowance: PAIRINGS }];
    if (post && c.req.path === "/api/missions/start") {
      return kioskId === null
        ? [{ key: address, allowance: hallStarts }]
        : [{ key: kioskId, allowance: starts }];
    }
    if (post && c.req.path === BATCH_PATH && kioskId === null) {
      return [{ key: address, allowance: hallBatches }];
    }
    const known = callerOf(c);
    if (known !== null && post && c.req.path === EVENTS_PATH) {
      return [{ key: known, allowance: events }];
    }
    if (kioskId !== null) return [{ key: kioskId, allowance: kiosk }];
    if (badCredential !== null && hasExpired(badCredential)) {
      return [{ key: address, allowance: hallExpired }];
    }
    if (known !== null) return [{ key: known, allowance: caller }];
    if (principal.kind === "attempt") {
      return [{ key: principal.claims.attemptId, allowance: attempt }];
    }
    if (post && isReview(c.req.path)) {
      // Whoever names a new attempt each time would never be counted by attempt alone.
      return [{ key: c.req.path, allowance: reviews }, { key: address, allowance: hallReviews }];
    }
    if (/^\/(admin|app)(\/|$)/.test(c.req.path)) return [{ key: address, allowance: PAGES }];
    return [{ key: address, allowance: anonymous }];
  }
  return allow;
}

/** Of the person, or of the program's key; null for anybody else. */
export function callerOf({ var: { principal } }: AppContext): string | null {
  if (principal.kind === "login") return principal.who.userId;
  return principal.kind === "api_key" ? principal.claims.keyId : null;
}

function isReview(path: string): boolean {
  return /^\/api\/missions\/[^/]+\/review$/.test(path);
}
