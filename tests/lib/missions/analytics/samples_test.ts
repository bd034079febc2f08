import assert from "node:assert/strict";
import fc from "fast-check";
import {
  mergedHistogram,
  mergedSample,
  toSample,
  toSampleMs,
} from "../../../../lib/missions/analytics/samples.ts";
import { toHistogram } from "../../../../lib/missions/statistics/mod.ts";

const part = fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 20 });
const parts = fc.array(part, { maxLength: 12 });

Deno.test("[D-3] mergedSample() reads many sorted arrays as one", () => {
  fc.assert(fc.property(parts, (parts) => {
    const sample = mergedSample(parts.map(toSample));
    const all = parts.flat().sort((a, b) => a - b);
    assert.equal(sample.n, all.length);
    assert.deepEqual(all.map((_, i) => sample.at(i)), all);
  }));
});

Deno.test("[D-9] mergedHistogram() counts the values of all arrays", () => {
  fc.assert(fc.property(parts, (parts) => {
    assert.deepEqual(mergedHistogram(parts.map(toSample)), toHistogram(parts.flat()));
  }));
});

Deno.test("[T-M09] a sample keeps whole milliseconds, none below 0 and none beyond four bytes", () => {
  assert.deepEqual([-5, 0.4, 0.5, 1e12].map(toSampleMs), [0, 0, 1, 2 ** 31 - 1]);
  assert.deepEqual([...toSample([3, 1, 2 ** 31 - 1, 2])], [1, 2, 3, 2 ** 31 - 1]);
});
