import assert from "node:assert/strict";
import { watchClock } from "../../lib/clock_watch.ts";
import { testClock } from "../support/test_clock.ts";

const HOUR_MS = 3_600_000;

Deno.test("watchClock() knows no end of the time in which the clock only ran", () => {
  const clock = testClock();
  const undisturbedMs = watchClock(clock);
  assert.equal(undisturbedMs(), Infinity);
  clock.advance(100 * HOUR_MS);
  assert.equal(undisturbedMs(), Infinity);
});

for (const jumpMs of [HOUR_MS, -HOUR_MS, 11_000, -11_000]) {
  Deno.test(`watchClock() counts from the look that finds the clock set by ${jumpMs} ms`, () => {
    const clock = testClock();
    const undisturbedMs = watchClock(clock);
    clock.advance(5_000);
    clock.jump(jumpMs);
    assert.equal(undisturbedMs(), 0);
    clock.advance(HOUR_MS);
    assert.equal(undisturbedMs(), HOUR_MS);
    clock.jump(-jumpMs);
    assert.equal(undisturbedMs(), 0);
  });
}

Deno.test("watchClock() lets a clock drift", () => {
  const clock = testClock();
  const undisturbedMs = watchClock(clock);
  for (let i = 0; i < 100; i++) {
    clock.advance(15_000);
    clock.jump(9_000);
    assert.equal(undisturbedMs(), Infinity);
  }
});
