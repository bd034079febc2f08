import type { Clock } from "../../lib/clock.ts";

/** A clock that tests move by hand. */
export interface TestClock extends Clock {
  advance(ms: number): void;
}

export function testClock(startAt = Date.parse("2025-01-19T10:30:00.000Z")): TestClock {
  let now = startAt;
  return {
    now: () => now,
    monotonic: () => now,
    advance(ms) {
      now += ms;
    },
  };
}
