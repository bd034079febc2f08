import assert from "node:assert/strict";
import fc from "fast-check";
import {
  countDifferent,
  mergedAtOnce,
  mergedSample,
  mergedTimes,
  toSample,
  toSampleMs,
} from "../../../../lib/missions/analytics/samples.ts";

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

Deno.test("[D-9] mergedTimes() and mergedAtOnce() sort the values of all arrays", async () => {
  await fc.assert(fc.asyncProperty(parts, async (parts) => {
    const all = toSample(parts.flat());
    assert.deepEqual(await mergedTimes(parts.map(toSample), () => Promise.resolve()), all);
    assert.deepEqual(mergedAtOnce(parts.map(toSample)), all);
    assert.equal(countDifferent(all), new Set(all).size);
  }));
});

Deno.test("[D-9] mergedTimes() sorts so many that it lets others have their turn", async () => {
  const parts = Array.from(
    { length: 7 },
    (_, part) => toSample(Array.from({ length: 10_000 }, (_, i) => (i * 7919 + part * 13) % 6_151)),
  );
  let turns = 0;
  const merged = await mergedTimes(parts, () => Promise.resolve(void turns++));
  assert.deepEqual(merged, mergedAtOnce(parts));
  assert.ok(turns > 3, `${turns} turns`);
});

Deno.test("[T-M09] a sample keeps whole milliseconds, none below 0 and none beyond four bytes", () => {
  assert.deepEqual([-5, 0.4, 0.5, 1e12].map(toSampleMs), [0, 0, 1, 2 ** 31 - 1]);
  assert.deepEqual([...toSample([3, 1, 2 ** 31 - 1, 2])], [1, 2, 3, 2 ** 31 - 1]);
});
