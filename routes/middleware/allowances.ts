import type { Config } from "../../lib/config/mod.ts";
import type { AppContext } from "./context.ts";
import type { Allowance, Counted, RateLimitOptions } from "./rate_limit.ts";

/** Sign-ins with one name from one address. */
const LOGINS: Allowance = { requests: 5, seconds: 60 };

/**
 * Who is counted how (T-M17): by kiosk, by attempt, by person, and by address only for the rest,
 * because a hall of kiosks stands behind one address.
 */
export function allowances(limits: Config["limits"]): RateLimitOptions["allow"] {
  const anonymous = { requests: limits.anonymousPer15Min, seconds: 900 };
  const kiosk = { requests: limits.kioskPerMin, seconds: 60 };
  const starts = { requests: limits.startsPerMin, seconds: 60 };
  const reviews = { requests: limits.startsPerMin, seconds: 60 };
  /** Kiosks without a key: what a whole hall sends. */
  const hallStarts = { requests: limits.kioskPerMin, seconds: 60 };
  const hallReviews = { requests: limits.kioskPerMin, seconds: 60 };

  function allow(c: AppContext): Counted[] {
    const { principal, kioskId, address } = c.var;
    const post = c.req.method === "POST";
    if (post && c.req.path === "/api/admin/login") return [{ key: address, allowance: LOGINS }];
    if (post && c.req.path === "/api/missions/start") {
      return kioskId === null
        ? [{ key: address, allowance: hallStarts }]
        : [{ key: kioskId, allowance: starts }];
    }
    if (kioskId !== null) return [{ key: kioskId, allowance: kiosk }];
    if (principal.kind === "login") return [{ key: principal.claims.username, allowance: kiosk }];
    if (principal.kind === "attempt") {
      return [{ key: principal.claims.attemptId, allowance: kiosk }];
    }
    if (post && isReview(c.req.path)) {
      // Whoever names a new attempt each time would never be counted by attempt alone.
      return [{ key: c.req.path, allowance: reviews }, { key: address, allowance: hallReviews }];
    }
    return [{ key: address, allowance: anonymous }];
  }
  return allow;
}

function isReview(path: string): boolean {
  return /^\/api\/missions\/[^/]+\/review$/.test(path);
}
