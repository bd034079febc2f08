import { equal } from "node:assert/strict";
import { clockShift, setRight } from "../../../lib/missions/clock_shift.ts";

const RECEIVED_AT = Date.parse("2025-01-19T10:30:00.000Z");
const MINUTE = 60_000;

Deno.test("[T-M09] a clock that names a year of ours is left alone, however wrong it is", () => {
  for (const ahead of [0, 3 * 60 * MINUTE, -20 * 365 * 24 * 60 * MINUTE]) {
    equal(clockShift({ timestamp: RECEIVED_AT + ahead }, RECEIVED_AT), 0);
  }
});

Deno.test("[T-M09] a clock that has lost its time is set right by what it says on sending", () => {
  const lost = 5 * MINUTE;
  const sentAt = lost + 10 * MINUTE;
  const shiftMs = clockShift({ timestamp: lost, sentAt }, RECEIVED_AT);
  equal(setRight(lost, shiftMs), RECEIVED_AT - 10 * MINUTE);
  equal(setRight(sentAt, shiftMs), RECEIVED_AT);
  const far = Date.UTC(2106, 1, 7);
  equal(setRight(far, clockShift({ timestamp: far }, RECEIVED_AT)), RECEIVED_AT);
});

Deno.test("[T-M09] where it does not say so, or was set meanwhile, the start is when it was told", () => {
  for (const sentAt of [undefined, RECEIVED_AT]) {
    const shiftMs = clockShift({ timestamp: 1_000, sentAt }, RECEIVED_AT);
    equal(setRight(1_000, shiftMs), RECEIVED_AT);
    // By the clock that was set right.
    equal(setRight(RECEIVED_AT + MINUTE, shiftMs), RECEIVED_AT + MINUTE);
  }
});
