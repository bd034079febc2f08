import type { MiddlewareHandler } from "hono";
import type { Clock } from "../../lib/clock.ts";
import { AppError } from "../../lib/errors.ts";
import { type BucketLimits, createBuckets } from "../../lib/token_bucket.ts";
import type { AppContext, AppEnv } from "./context.ts";

/** So many requests in so many seconds, all of them at once if need be. */
export interface Allowance {
  readonly requests: number;
  readonly seconds: number;
}

export interface RateLimitOptions {
  readonly clock: Clock;
  /** Who is counted, and with which allowance: the most specific identity there is (T-M17). */
  readonly allow: (c: AppContext) => { readonly key: string; readonly allowance: Allowance };
}

/** Refuses with 429 and Retry-After above an allowance. */
export function rateLimit({ clock, allow }: RateLimitOptions): MiddlewareHandler<AppEnv> {
  const byAllowance = new Map<Allowance, ReturnType<typeof createBuckets>>();
  return async function rateLimit(c, next) {
    const { key, allowance } = allow(c);
    let buckets = byAllowance.get(allowance);
    if (buckets === undefined) {
      buckets = createBuckets(toLimits(allowance));
      byAllowance.set(allowance, buckets);
    }
    const bucket = buckets(key);
    const retryAfterMs = bucket.take(clock.now());
    c.header("ratelimit-limit", String(allowance.requests));
    c.header("ratelimit-remaining", String(bucket.left(clock.now())));
    if (retryAfterMs > 0) {
      throw new AppError("RATE_LIMIT", "Too many requests, wait before the next", {
        details: { retryAfterMs },
      });
    }
    await next();
  };
}

function toLimits({ requests, seconds }: Allowance): BucketLimits {
  return { perSec: requests / seconds, burst: requests };
}
