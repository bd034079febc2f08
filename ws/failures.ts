import type { Clock } from "../lib/clock.ts";
import { AppError } from "../lib/errors.ts";
import { createBuckets } from "../lib/token_bucket.ts";

/**
 * What a failed connection from an address hears. Only those are counted and limited: a whole hall
 * of kiosks stands behind one address, and one that fails must not lock the others out (M-59,
 * T-M17).
 */
export type CountFailure = (address: string, error: AppError) => AppError;

export function createFailures(clock: Clock, perMin: number): CountFailure {
  const failures = createBuckets({ perSec: perMin / 60, burst: perMin });
  return (address, error) => {
    const retryAfterMs = failures(address).take(clock.now());
    if (retryAfterMs === 0) return error;
    return new AppError("RATE_LIMIT", "Too many failed connections", {
      details: { retryAfterMs },
    });
  };
}
