import { hasExpired } from "../lib/auth/tokens.ts";
import type { Clock } from "../lib/clock.ts";
import { AppError } from "../lib/errors.ts";
import { createBuckets } from "../lib/token_bucket.ts";

/**
 * What a failed connection from an address hears. Only those are counted and limited: a whole hall
 * of kiosks stands behind one address, and one that fails must not lock the others out (M-59,
 * T-M17). Nor is a token that has expired counted: after ten minutes without a line the whole hall
 * comes with one, and only a 401 tells it to start again by its key. What another limit refuses is
 * counted there.
 */
export type CountFailure = (address: string, error: AppError) => AppError;

export function createFailures(clock: Clock, perMin: number): CountFailure {
  const failures = createBuckets({ perSec: perMin / 60, burst: perMin });
  return (address, error) => {
    if (hasExpired(error) || error.code === "RATE_LIMIT") return error;
    const retryAfterMs = failures(address).take(clock.now());
    if (retryAfterMs === 0) return error;
    return new AppError("RATE_LIMIT", "Too many failed connections", {
      details: { retryAfterMs },
    });
  };
}
