import { binomialCdf } from "./binomial.ts";
import type { Histogram } from "./histogram.ts";
import { type Estimate, type Interval, LEVEL } from "./interval.ts";

/** Values in rising order, read by place. */
export interface OrderedSample {
  readonly n: number;
  /** The value at a place, 0 ≤ index < n. */
  at(index: number): number;
}

/** Reads an array that is sorted in rising order; it is not copied. */
export function sortedValues(values: readonly number[]): OrderedSample {
  return { n: values.length, at: (index) => values[index] };
}

/** Reads a histogram as if its values were written out one by one. */
export function histogramValues(histogram: Histogram): OrderedSample {
  let n = 0;
  const ends = histogram.map(([, count]) => n += count);
  return { n, at: (index) => histogram[firstAbove(ends, index)][0] };
}

/** Place of the first element greater than `limit` in rising numbers. */
function firstAbove(numbers: readonly number[], limit: number): number {
  let from = 0, to = numbers.length - 1;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (numbers[middle] > limit) to = middle;
    else from = middle + 1;
  }
  return from;
}

/**
 * Quantile of type 7 (linear between order statistics) at p, 0 ≤ p ≤ 1; null without values.
 * At one half it is the mid-point median. Source: Hyndman & Fan 1996 (D-3).
 */
export function percentile(sample: OrderedSample, p: number): number | null {
  if (sample.n === 0) return null;
  const place = (sample.n - 1) * p;
  const below = Math.floor(place);
  const low = sample.at(below);
  return place === below ? low : low + (place - below) * (sample.at(below + 1) - low);
}

/** Mid-point median with its interval; null without values, interval null for n < 6 (D-3). */
export function medianEstimate(sample: OrderedSample): Estimate | null {
  const estimate = percentile(sample, 0.5);
  return estimate === null ? null : { estimate, interval: medianInterval(sample), n: sample.n };
}

/**
 * Interval of the median between two order statistics, with its actual level, which is at least
 * 95 %. Null for n < 6, where even the extremes reach less (D-3).
 */
export function medianInterval(sample: OrderedSample): Interval | null {
  const rank = medianRank(sample.n);
  if (rank === null) return null;
  return {
    low: sample.at(rank - 1),
    high: sample.at(sample.n - rank),
    level: medianLevel(rank, sample.n),
  };
}

/** The largest rank k, from 1, whose interval [t₍ₖ₎, t₍ₙ₊₁₋ₖ₎] has the level; null if none has. */
function medianRank(n: number): number | null {
  let has = 0, lacks = Math.floor(n / 2) + 1;
  while (lacks - has > 1) {
    const middle = (has + lacks) >> 1;
    if (medianLevel(middle, n) >= LEVEL) has = middle;
    else lacks = middle;
  }
  return has === 0 ? null : has;
}

function medianLevel(rank: number, n: number): number {
  return 1 - 2 * binomialCdf(rank - 1, { n, p: 0.5 });
}
