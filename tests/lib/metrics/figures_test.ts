import assert from "node:assert/strict";
import fc from "fast-check";
import { changeOf, distributionOf, percentOf } from "../../../lib/metrics/figures.ts";
import { newTally } from "../../../lib/metrics/tally.ts";

function talliesOf(counts: Record<string, number>, other = 0) {
  const names = newTally();
  for (const [name, count] of Object.entries(counts)) names.counts.set(name, count);
  names.other = other;
  return names;
}

Deno.test("[E-07][T-E02] a change is percent of before, and has no basis where there was nothing", () => {
  assert.deepEqual(changeOf(123, 120), { value: 2.5, basis: "previous" });
  assert.deepEqual(changeOf(0, 120), { value: -100, basis: "previous" });
  assert.deepEqual(changeOf(5, 0), { value: 0, basis: "none" });
  assert.deepEqual(changeOf(0, 0), { value: 0, basis: "none" });
});

Deno.test("[E-10] a share of nothing is 0", () => {
  assert.equal(percentOf(0, 0), 0);
  assert.equal(percentOf(1, 8), 12.5);
});

Deno.test("[E-13][T-E08] the distribution of the document's sample makes 100 percent", () => {
  assert.deepEqual(distributionOf(talliesOf({ login: 500, purchase: 120 }, 11_725)), [
    { name: "login", value: 500, percentage: 4 },
    { name: "purchase", value: 120, percentage: 1 },
    { name: "other", value: 11_725, percentage: 95 },
  ]);
});

Deno.test("[E-13][T-E08] ten names and the rest, whatever the counts, sum to 100.0", () => {
  const counts = fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: 1, maxLength: 40 });
  fc.assert(fc.property(counts, fc.nat(1_000), (each, other) => {
    const names = talliesOf(
      Object.fromEntries(each.map((count, i) => [`name ${i}`, count])),
      other,
    );
    const shares = distributionOf(names);
    assert.ok(shares.length <= 11);
    const units = shares.reduce((sum, { percentage }) => sum + Math.round(percentage * 10), 0);
    assert.equal(units, 1_000);
    const total = each.reduce((sum, count) => sum + count, other);
    assert.equal(shares.reduce((sum, { value }) => sum + value, 0), total);
  }));
});

Deno.test("[E-13] of no events there is no distribution", () => {
  assert.deepEqual(distributionOf(newTally()), []);
});
