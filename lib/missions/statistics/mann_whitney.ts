import { type Histogram, histogramSize, mergeHistograms } from "./histogram.ts";
import { normalTwoSidedP } from "./normal.ts";

/** Largest group of the exact test: C(40, 20) arrangements are still exact integers in a double. */
const MAX_EXACT_N = 20;

/** Two groups by the order of their values. */
export interface RankComparison {
  readonly method: "exact" | "normal";
  /** Pairs in which the first group's value is greater, ties counted half. */
  readonly u: number;
  /** P(A > B), ties counted half: .5 means no difference. */
  readonly superiority: number;
  /** Two-sided, 0–1. */
  readonly pValue: number;
  readonly firstN: number;
  readonly secondN: number;
}

/**
 * Mann–Whitney test of two groups of ratings or times. Exact without ties up to 20 values a group,
 * else normal with corrections for ties and continuity. Null when a group is empty.
 * Source: Mann & Whitney 1947; tie correction after Lehmann 1975 (D-7).
 */
export function mannWhitney(first: Histogram, second: Histogram): RankComparison | null {
  const firstN = histogramSize(first);
  const secondN = histogramSize(second);
  if (firstN === 0 || secondN === 0) return null;
  const u = pairsGreater(first, second);
  const both = mergeHistograms([first, second]);
  const untied = both.every(([, count]) => count === 1);
  const exact = untied && Math.max(firstN, secondN) <= MAX_EXACT_N;
  const sizes = { firstN, secondN };
  return {
    method: exact ? "exact" : "normal",
    u,
    superiority: u / (firstN * secondN),
    pValue: exact ? exactP(u, sizes) : normalP(u, { ...sizes, both }),
    ...sizes,
  };
}

interface GroupSizes {
  readonly firstN: number;
  readonly secondN: number;
}

function pairsGreater(first: Histogram, second: Histogram): number {
  let u = 0, below = 0, next = 0;
  for (const [value, count] of first) {
    while (next < second.length && second[next][0] < value) below += second[next++][1];
    const tied = next < second.length && second[next][0] === value ? second[next][1] : 0;
    u += count * (below + tied / 2);
  }
  return u;
}

function exactP(u: number, { firstN, secondN }: GroupSizes): number {
  const counts = arrangementsByU({ firstN, secondN });
  const extreme = Math.min(u, firstN * secondN - u);
  let tail = 0, all = 0;
  counts.forEach((count, at) => {
    all += count;
    if (at <= extreme) tail += count;
  });
  return Math.min(1, 2 * tail / all);
}

/** How many arrangements of the two groups give U = 0, 1, 2 …: coefficients of (m+n choose m)_q. */
function arrangementsByU({ firstN, secondN }: GroupSizes): number[] {
  const counts = new Array<number>(firstN * secondN + 1).fill(0);
  counts[0] = 1;
  for (let i = 1; i <= firstN; i++) {
    const factor = secondN + i;
    for (let at = counts.length - 1; at >= factor; at--) counts[at] -= counts[at - factor];
    for (let at = i; at < counts.length; at++) counts[at] += counts[at - i];
  }
  return counts;
}

function normalP(u: number, { firstN, secondN, both }: GroupSizes & { both: Histogram }): number {
  const n = firstN + secondN;
  const ties = both.reduce((sum, [, count]) => sum + (count ** 3 - count) / n / (n - 1), 0);
  const variance = firstN * secondN / 12 * (n + 1 - ties);
  const distance = Math.abs(u - firstN * secondN / 2) - 0.5;
  // Values that are all equal leave one arrangement: any outcome is as likely as the observed one.
  if (variance <= 0 || distance <= 0) return 1;
  return normalTwoSidedP(distance / Math.sqrt(variance));
}
