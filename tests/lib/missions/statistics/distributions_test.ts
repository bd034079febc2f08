import assert from "node:assert/strict";
import { binomialCdf } from "../../../../lib/missions/statistics/binomial.ts";
import { Z } from "../../../../lib/missions/statistics/interval.ts";
import {
  normalCdf,
  normalQuantile,
  normalTwoSidedP,
} from "../../../../lib/missions/statistics/normal.ts";
import {
  studentCdf,
  studentQuantile,
  studentTwoSidedP,
} from "../../../../lib/missions/statistics/student_t.ts";
import { assertNear } from "../../../support/numbers.ts";

Deno.test("[D-15] quantiles match the table: t₅, t₁₁₉ and z at .975", () => {
  assertNear(studentQuantile(0.975, 5), 2.570582, 5e-7);
  assertNear(studentQuantile(0.975, 119), 1.9801, 5e-7);
  assertNear(Z, 1.959964, 5e-7);
});

// From SciPy 1.17: stats.norm.cdf, stats.t.cdf, stats.t.ppf, stats.binom.cdf.
Deno.test("[D-15] normalCdf() matches SciPy in the middle and far out", () => {
  const table = [[-8, 6.22096057427174e-16], [-3, 0.0013498980316300933], [0, 0.5], [
    1.96,
    0.9750021048517795,
  ], [3.01, 0.9986937615512306]] as const;
  for (const [x, p] of table) assertNear(normalCdf(x) / p, 1, 1e-12);
  assertNear(normalTwoSidedP(1.6581635084038937), 0.09728446808992323, 1e-12);
});

Deno.test("[D-15] normalQuantile() inverts normalCdf() on both sides", () => {
  for (const p of [1e-6, 0.025, 0.3, 0.5, 0.7, 0.999]) {
    assertNear(normalCdf(normalQuantile(p)), p, 1e-12);
  }
});

Deno.test("[D-15] studentQuantile() matches SciPy from one degree of freedom to many", () => {
  const table = [[1, 12.706204736174694], [2, 4.302652729749462], [17.776, 2.102821310380221], [
    199,
    1.9719565442517533,
  ], [1e6, 1.959966356814107]] as const;
  for (const [df, t] of table) assertNear(studentQuantile(0.975, df), t, 1e-8);
  assertNear(studentQuantile(0.025, 5), -studentQuantile(0.975, 5), 1e-12);
});

Deno.test("[D-15] studentCdf() and its two tails match SciPy", () => {
  assertNear(studentCdf(2, 2.5), 0.9213042521210171, 1e-10);
  assertNear(studentCdf(-5, 30) / 1.16483427335039e-5, 1, 1e-10);
  assertNear(studentTwoSidedP(-1.8608134674868526, 17.776473516178488), 0.0793941401873583, 1e-10);
});

Deno.test("[D-3] binomialCdf() is exact at the sides and matches sums inside", () => {
  assert.equal(binomialCdf(-1, { n: 5, p: 0.5 }), 0);
  assert.equal(binomialCdf(5, { n: 5, p: 0.5 }), 1);
  assertNear(binomialCdf(1, { n: 9, p: 0.5 }), 10 / 512, 1e-12);
  assertNear(binomialCdf(3, { n: 10, p: 0.5 }), 176 / 1024, 1e-12);
});

Deno.test("[D-1] binomialCdf() finds the published exact bounds of 5/5 and 120/150", () => {
  assertNear(1 - binomialCdf(4, { n: 5, p: 0.4782 }), 0.025);
  assertNear(1 - binomialCdf(119, { n: 150, p: 0.727 }), 0.025, 2e-4);
  assertNear(binomialCdf(120, { n: 150, p: 0.8608 }), 0.025, 2e-4);
});
