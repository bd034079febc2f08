import assert from "node:assert/strict";
import fc from "fast-check";
import { mannWhitney, toHistogram } from "../../../../lib/missions/statistics/mod.ts";
import { assertFinite, assertNear } from "../../../support/numbers.ts";

function ranksOf(first: readonly number[], second: readonly number[]) {
  return mannWhitney(toHistogram(first), toHistogram(second));
}

Deno.test("[D-7] mannWhitney() of [1,2,3] against [4,5,6] is U = 0, p = .10, exactly", () => {
  const actual = ranksOf([1, 2, 3], [4, 5, 6]);
  assert.deepEqual([actual?.method, actual?.u, actual?.superiority], ["exact", 0, 0]);
  assertNear(actual?.pValue, 0.1, 1e-12);
});

Deno.test("[D-7] mannWhitney() matches SciPy's exact test up to 20 values a group", () => {
  const small = ranksOf([1.1, 2.2, 3.3, 9, 12.5], [0.5, 4, 5, 6, 7, 8, 20]);
  assert.deepEqual([small?.method, small?.u], ["exact", 15]);
  assertNear(small?.pValue, 0.7550505050505051, 1e-12);
  const largest = ranksOf(ladder(20, 0.5), ladder(20, 5));
  assert.deepEqual([largest?.method, largest?.u], ["exact", 153]);
  assertNear(largest?.pValue, 0.21096432724812078, 1e-12);
});

Deno.test("[D-7] mannWhitney() matches SciPy's normal test beyond that and with ties", () => {
  const large = ranksOf(ladder(21, 0.5), ladder(21, 5));
  assert.deepEqual([large?.method, large?.u], ["normal", 171]);
  assertNear(large?.pValue, 0.2177133653142379, 1e-12);
  const tied = ranksOf([1, 2, 2, 3, 5, 5, 5, 4], [2, 3, 3, 1, 1, 4, 2]);
  assert.deepEqual([tied?.method, tied?.u], ["normal", 39.5]);
  assertNear(tied?.pValue, 0.19360833369213848, 1e-12);
});

function ladder(n: number, from: number): number[] {
  return Array.from({ length: n }, (_, index) => from + 2 * index);
}

Deno.test("[D-7] mannWhitney() of equal values finds no difference, of an empty group nothing", () => {
  const actual = ranksOf([3, 3, 3], [3, 3]);
  assert.deepEqual([actual?.superiority, actual?.pValue], [0.5, 1]);
  assert.equal(ranksOf([], [1]), null);
});

Deno.test("[D-7] mannWhitney() seen from the other side has the rest of the pairs and the same p", () => {
  const values = fc.array(fc.nat(40), { minLength: 1, maxLength: 25 });
  fc.assert(fc.property(values, values, (a, b) => {
    const there = ranksOf(a, b)!;
    const back = ranksOf(b, a)!;
    const pairs = a.flatMap((x) => b.map((y) => (x > y ? 1 : x === y ? 0.5 : 0)));
    assertFinite(there);
    assert.equal(there.u, pairs.reduce((sum: number, pair) => sum + pair, 0));
    assert.equal(there.u + back.u, a.length * b.length);
    assertNear(there.pValue, back.pValue, 1e-12);
  }));
});
