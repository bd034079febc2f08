import type { MiddlewareHandler } from "hono";
import type { Clock } from "../../lib/clock.ts";
import { AppError } from "../../lib/errors.ts";
import { type BucketLimits, createBuckets } from "../../lib/token_bucket.ts";
import type { AppContext, AppEnv } from "./context.ts";
import { whoOf } from "./guards.ts";

/**
 * So many requests in so many seconds, all of them at once if need be. Each allowance counts for
 * itself: the same key under another one is another key.
 */
export interface Allowance {
  readonly requests: number;
  readonly seconds: number;
}

/** Who is counted, and with which allowance. */
export interface Counted {
  readonly key: string;
  readonly allowance: Allowance;
}

export interface RateLimitOptions {
  readonly clock: Clock;
  /** The most specific identity there is (T-M17); the request counts for each that is given. */
  readonly allow: (c: AppContext) => readonly Counted[];
}

/** Refuses with 429 and Retry-After above an allowance. */
export function rateLimit({ clock, allow }: RateLimitOptions): MiddlewareHandler<AppEnv> {
  const byAllowance = new Map<Allowance, ReturnType<typeof createBuckets>>();

  function bucketOf({ key, allowance }: Counted) {
    let buckets = byAllowance.get(allowance);
    if (buckets === undefined) {
      buckets = createBuckets(toLimits(allowance));
      byAllowance.set(allowance, buckets);
    }
    return buckets(key);
  }

  return async function rateLimit(c, next) {
    // Not the wall clock: set back by an hour, it would refuse everybody for that long.
    const now = clock.monotonic();
    for (const counted of allow(c)) {
      const bucket = bucketOf(counted);
      const retryAfterMs = bucket.take(now);
      c.header("ratelimit-limit", String(counted.allowance.requests));
      c.header("ratelimit-remaining", String(bucket.left(now)));
      if (retryAfterMs === 0) continue;
      throw new AppError("RATE_LIMIT", "Too many requests, wait before the next", {
        details: { retryAfterMs },
      });
    }
    await next();
  };
}

/** An allowance of one person for a family of routes, beside the one for all (P-28). */
export function perPerson(
  { clock, allowance }: { readonly clock: Clock; readonly allowance: Allowance },
): MiddlewareHandler<AppEnv> {
  return rateLimit({ clock, allow: (c) => [{ key: whoOf(c).userId, allowance }] });
}

function toLimits({ requests, seconds }: Allowance): BucketLimits {
  return { perSec: requests / seconds, burst: requests };
}
