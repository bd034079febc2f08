import { normalQuantile } from "./normal.ts";
import { studentQuantile } from "./student_t.ts";

/** Confidence level of every interval whose level is not computed. */
export const LEVEL = 0.95;

/** Standard normal quantile of the two-sided level, 1.959964. */
export const Z = normalQuantile((1 + LEVEL) / 2);

/** Student's quantile of the two-sided level; never replaced by Z, however large `df` is. */
export function studentFactor(df: number): number {
  return studentQuantile((1 + LEVEL) / 2, df);
}

/** A confidence interval in the unit of its estimate. */
export interface Interval {
  readonly low: number;
  readonly high: number;
  /** Share of repeated samples whose interval holds the true value, 0–1. */
  readonly level: number;
}

/** An interval cut at the ends of its scale; a cut bound reads "at least" or "at most". */
export interface ClippedInterval extends Interval {
  readonly lowClipped: boolean;
  readonly highClipped: boolean;
}

/** A number from `n` values. The interval is null when the values do not tell how sure it is. */
export interface Estimate {
  readonly estimate: number;
  readonly interval: Interval | null;
  readonly n: number;
}

/** The least and the greatest value that there can be. */
export interface Scale {
  readonly min: number;
  readonly max: number;
}

/** Cuts estimate ± halfWidth at the ends of the scale. */
export function clipInterval(
  { center, halfWidth, scale }: { center: number; halfWidth: number; scale: Scale },
): ClippedInterval {
  const low = center - halfWidth;
  const high = center + halfWidth;
  return {
    low: Math.max(low, scale.min),
    high: Math.min(high, scale.max),
    level: LEVEL,
    lowClipped: low < scale.min,
    highClipped: high > scale.max,
  };
}
