import type { Clock } from "../../lib/clock.ts";

/** A clock that tests move by hand. */
export interface TestClock extends Clock {
  /** Lets time pass. */
  advance(ms: number): void;
  /** Sets the wall clock ahead or back, in no time. */
  jump(ms: number): void;
}

export function testClock(startAt = Date.parse("2025-01-19T10:30:00.000Z")): TestClock {
  let now = startAt;
  let monotonic = startAt;
  return {
    now: () => now,
    monotonic: () => monotonic,
    advance(ms) {
      now += ms;
      monotonic += ms;
    },
    jump(ms) {
      now += ms;
    },
  };
}
