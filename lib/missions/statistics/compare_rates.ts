import { fisherTwoSidedP } from "./fisher.ts";
import { clipInterval, type ClippedInterval, type Scale, Z } from "./interval.ts";
import { normalTwoSidedP } from "./normal.ts";
import { isPossible, type Share } from "./rates.ts";

/** Two rates and what the test says of them. */
export interface RateComparison {
  readonly method: "nMinusOne" | "fisher";
  /** The N − 1 statistic; null under Fisher's test, which has none. */
  readonly z: number | null;
  /** Two-sided, 0–1. */
  readonly pValue: number;
  readonly difference: RateDifference;
}

/** First rate minus second, −1 to 1. */
export interface RateDifference {
  readonly estimate: number;
  /** Centre of the interval. */
  readonly adjusted: number;
  readonly interval: ClippedInterval;
}

const DIFFERENCE_SCALE: Scale = { min: -1, max: 1 };
/** Below this expected count the normal approximation is left for Fisher's exact test. */
const MIN_EXPECTED = 1;

/**
 * Tests two independent rates: N − 1 two-proportion test, or Fisher's where a cell of the table is
 * expected to hold less than one. Null when a group is empty or its counts are impossible.
 * Source: Campbell 2007; measuringu.com/what-is-the-n-1-two-proportion-test (D-6).
 */
export function compareRates(first: Share, second: Share): RateComparison | null {
  if (!isPossible(first) || !isPossible(second)) return null;
  const difference = rateDifference(first, second);
  const total = first.n + second.n;
  const pooled = (first.successes + second.successes) / total;
  const smallest = Math.min(first.n, second.n) * Math.min(pooled, 1 - pooled);
  if (smallest < MIN_EXPECTED) {
    return { method: "fisher", z: null, pValue: fisherTwoSidedP(first, second), difference };
  }
  const standardError = Math.sqrt(pooled * (1 - pooled) * (1 / first.n + 1 / second.n));
  const z = difference.estimate / standardError * Math.sqrt((total - 1) / total);
  return { method: "nMinusOne", z, pValue: normalTwoSidedP(z), difference };
}

/** Adjusted Wald for two groups: z²/4 successes among z²/2 trials are added to each (D-6). */
function rateDifference(first: Share, second: Share): RateDifference {
  const a = withAdded(first);
  const b = withAdded(second);
  const adjusted = a.share - b.share;
  const halfWidth = Z * Math.sqrt(a.variance + b.variance);
  return {
    estimate: first.successes / first.n - second.successes / second.n,
    adjusted,
    interval: clipInterval({ center: adjusted, halfWidth, scale: DIFFERENCE_SCALE }),
  };
}

function withAdded({ successes, n }: Share) {
  const size = n + Z * Z / 2;
  const share = (successes + Z * Z / 4) / size;
  return { share, variance: share * (1 - share) / size };
}
