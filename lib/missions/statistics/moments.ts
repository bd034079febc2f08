import type { Histogram } from "./histogram.ts";
import { studentFactor } from "./interval.ts";

/** Enough of a sample for its mean and variance, and mergeable: sums over parts stay exact. */
export interface Moments {
  readonly n: number;
  /** 0 when n is 0. */
  readonly mean: number;
  /** Sum of squared distances from the mean. */
  readonly m2: number;
}

/** The moments of no values; merging them changes nothing. */
export const NO_MOMENTS: Moments = { n: 0, mean: 0, m2: 0 };

/**
 * The moments of two samples together. With a `b` of one value it is Welford's streaming step.
 * Sources: Chan, Golub & LeVeque 1983; Welford 1962 (statistics.md D-15).
 */
export function mergeMoments(a: Moments, b: Moments): Moments {
  const n = a.n + b.n;
  if (n === 0) return NO_MOMENTS;
  const delta = b.mean - a.mean;
  return {
    n,
    mean: a.mean + delta * (b.n / n),
    m2: a.m2 + b.m2 + delta * delta * a.n * (b.n / n),
  };
}

/** Moments of a histogram's values, each taken through `scale` first. */
export function momentsOf(
  histogram: Histogram,
  scale: (value: number) => number = (value) => value,
): Moments {
  let moments = NO_MOMENTS;
  for (const [value, n] of histogram) {
    moments = mergeMoments(moments, { n, mean: scale(value), m2: 0 });
  }
  return moments;
}

/** Mean, null without values. */
export function meanOf({ n, mean }: Moments): number | null {
  return n === 0 ? null : mean;
}

/** Variance with n − 1, null for fewer than two values. */
export function varianceOf({ n, m2 }: Moments): number | null {
  return n < 2 ? null : m2 / (n - 1);
}

/**
 * Half the width of Student's 95 % interval of the mean. Null for fewer than two values, and for
 * values that are all equal: a width of zero would claim a certainty that they do not give.
 */
export function meanHalfWidth(moments: Moments): number | null {
  const variance = varianceOf(moments);
  if (!variance) return null;
  return studentFactor(moments.n - 1) * Math.sqrt(variance / moments.n);
}
