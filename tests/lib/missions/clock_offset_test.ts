import assert from "node:assert/strict";
import fc from "fast-check";
import { clockOffset, deliveryOf } from "../../../lib/missions/clock_offset.ts";

const AT = Date.parse("2025-01-19T10:30:05.123Z");
const HOUR = 3_600_000;

Deno.test("[M-28][T-M09] the sample event took 333 ms", () => {
  const receivedAt = Date.parse("2025-01-19T10:30:05.456Z");
  assert.deepEqual(deliveryOf(AT, receivedAt, 0), { delivery: "live", processingTime: 333 });
});

Deno.test("[T-M09] clockOffset() keeps the largest seen: delay only makes it smaller", () => {
  assert.equal(clockOffset(null, AT + HOUR, AT + 40), HOUR - 40);
  assert.equal(clockOffset(HOUR - 40, AT + HOUR, AT + 10), HOUR - 10);
  assert.equal(clockOffset(HOUR - 10, AT + HOUR, AT + 900), HOUR - 10);
  assert.equal(clockOffset(null, AT - HOUR, AT), -HOUR);
});

const ROWS: readonly [name: string, offsetMs: number, delayMs: number, delivery: string][] = [
  ["[T-M09] a kiosk an hour ahead", HOUR, 200, "live"],
  ["[T-M09] a kiosk a day behind", -24 * HOUR, 200, "live"],
  ["[T-M09] five seconds of delay are live", 0, 5_000, "live"],
  ["[T-M09] more than five seconds come from a queue", 0, 5_001, "queued"],
  ["[T-M09] a fast kiosk's queue is seen as one", HOUR, 3 * HOUR, "queued"],
];

for (const [name, offsetMs, delayMs, delivery] of ROWS) {
  Deno.test(name, () => {
    const receivedAt = AT - offsetMs + delayMs;
    assert.deepEqual(deliveryOf(AT, receivedAt, offsetMs), { delivery, processingTime: delayMs });
  });
}

Deno.test("[T-M09] no clock makes the processing time negative", () => {
  const time = fc.integer({ min: 946_684_800_000, max: 4_102_444_799_999 });
  const offset = fc.integer({ min: -10 * 365 * 24 * HOUR, max: 10 * 365 * 24 * HOUR });
  fc.assert(fc.property(time, time, offset, (at, receivedAt, offsetMs) => {
    assert.ok(deliveryOf(at, receivedAt, offsetMs).processingTime >= 0);
  }));
});
