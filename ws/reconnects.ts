import type { Clock } from "../lib/clock.ts";
import { AppError } from "../lib/errors.ts";
import { createBuckets } from "../lib/token_bucket.ts";

/**
 * Counts a connection of an attempt before anything is stored for it.
 * @throws AppError RATE_LIMIT
 */
export type CountReconnect = (attemptId: string) => void;

/**
 * Each connection leaves two facts in the attempt's history, so a client that only comes and goes
 * must not do so without end.
 */
export function createReconnects(clock: Clock, perMin: number): CountReconnect {
  const attempts = createBuckets({ perSec: perMin / 60, burst: perMin });
  return (attemptId) => {
    const retryAfterMs = attempts(attemptId).take(clock.monotonic());
    if (retryAfterMs === 0) return;
    throw new AppError("RATE_LIMIT", "Too many connections of this attempt", {
      details: { retryAfterMs },
    });
  };
}
