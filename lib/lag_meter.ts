import type { Clock } from "./clock.ts";

/** How late the event loop is: the worst of the last few beats, milliseconds. */
export interface LagMeter {
  /** One beat; a timer of `intervalMs` calls it. */
  beat(): void;
  worstMs(): number;
}

const BEATS_KEPT = 20;

export function createLagMeter(clock: Clock, intervalMs: number): LagMeter {
  const lags: number[] = [];
  let expectedAt: number | null = null;
  return {
    beat() {
      const now = clock.monotonic();
      if (expectedAt !== null) lags.push(Math.max(0, now - expectedAt));
      if (lags.length > BEATS_KEPT) lags.shift();
      expectedAt = now + intervalMs;
    },
    worstMs: () => Math.round(Math.max(0, ...lags)),
  };
}
