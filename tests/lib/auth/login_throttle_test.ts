import { deepEqual, equal, ok } from "node:assert/strict";
import { createLoginThrottle } from "../../../lib/auth/login_throttle.ts";
import { testClock } from "../../support/test_clock.ts";

const MINUTE = 60_000;

function throttled() {
  const clock = testClock();
  const throttle = createLoginThrottle(clock);
  const fail = (times: number) => Array.from({ length: times }, () => throttle.take("a"));
  return { clock, throttle, fail };
}

Deno.test("[T-M16] five tries a minute go on, the sixth waits", () => {
  const { throttle, clock, fail } = throttled();
  deepEqual(fail(5), [0, 0, 0, 0, 0]);
  equal(throttle.take("a"), MINUTE);
  clock.advance(20_000);
  equal(throttle.take("a"), 40_000);
  equal(throttle.take("b"), 0, "another name or address is not touched");
});

Deno.test("[T-M16] each further failure waits twice as long, up to a quarter of an hour", () => {
  const { throttle, clock, fail } = throttled();
  fail(5);
  const waits: number[] = [];
  for (let i = 0; i < 7; i++) {
    const wait = throttle.take("a");
    waits.push(wait / MINUTE);
    clock.advance(wait);
    equal(throttle.take("a"), 0);
  }
  deepEqual(waits, [1, 2, 4, 8, 15, 15, 15]);
});

Deno.test("[T-M16] tries that have to wait do not make the wait longer", () => {
  const { throttle, clock, fail } = throttled();
  fail(5);
  fail(100);
  clock.advance(MINUTE);
  equal(throttle.take("a"), 0);
});

Deno.test("[T-M16] failures are forgotten after a success, a quiet minute, or a long rest", () => {
  const success = throttled();
  success.fail(4);
  success.throttle.clear("a");
  deepEqual(success.fail(5), [0, 0, 0, 0, 0]);

  const quiet = throttled();
  quiet.fail(4);
  quiet.clock.advance(MINUTE);
  deepEqual(quiet.fail(5), [0, 0, 0, 0, 0]);

  const rested = throttled();
  rested.fail(5);
  rested.clock.advance(MINUTE + 15 * MINUTE);
  deepEqual(rested.fail(5), [0, 0, 0, 0, 0]);
});

Deno.test("[T-M16] strangers cannot fill the memory with names", () => {
  const { throttle, fail } = throttled();
  fail(5);
  for (let i = 0; i < 19_999; i++) throttle.take(`name ${i}`);
  ok(throttle.take("a") > 0, "the newest 20 000 are remembered");
  throttle.take("one more");
  equal(throttle.take("a"), 0, "the longest unused is forgotten");
});
