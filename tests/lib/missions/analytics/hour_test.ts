import assert from "node:assert/strict";
import { HOUR_MS, hourOf, toHours } from "../../../../lib/missions/analytics/hour.ts";

const NINE = Date.parse("2025-01-19T09:00:00.000Z");
const at = (minutes: number) => NINE + minutes * 60_000;

Deno.test("hourOf() is the start of the hour, also before 1970", () => {
  assert.equal(hourOf(NINE), NINE);
  assert.equal(hourOf(NINE + HOUR_MS - 1), NINE);
  assert.equal(hourOf(-1), -HOUR_MS);
});

const CASES = [
  { what: "whole hours", span: [0, 180], whole: [0, 180], ragged: [] },
  { what: "one whole hour", span: [0, 60], whole: [0, 60], ragged: [] },
  { what: "a late begin", span: [10, 120], whole: [60, 120], ragged: [[10, 60]] },
  { what: "an early end", span: [0, 130], whole: [0, 120], ragged: [[120, 130]] },
  { what: "both ends", span: [59, 121], whole: [60, 120], ragged: [[59, 60], [120, 121]] },
  { what: "ends of two hours", span: [30, 90], whole: [60, 60], ragged: [[30, 60], [60, 90]] },
  { what: "the end of an hour", span: [30, 60], whole: [60, 60], ragged: [[30, 60]] },
  { what: "the begin of an hour", span: [60, 70], whole: [60, 60], ragged: [[60, 70]] },
  { what: "a part of one hour", span: [10, 20], whole: [60, 60], ragged: [[10, 20]] },
];

for (const { what, span, whole, ragged } of CASES) {
  Deno.test(`[T-M21] toHours() splits ${what}`, () => {
    const toSpan = ([from, to]: number[]) => ({ from: at(from), to: at(to) });
    const split = toHours(toSpan(span));
    assert.deepEqual(split.ragged, ragged.map(toSpan));
    assert.equal(split.whole.to - split.whole.from, (whole[1] - whole[0]) * 60_000);
    if (whole[0] < whole[1]) assert.deepEqual(split.whole, toSpan(whole));
  });
}
