import { type Interval, LEVEL, studentFactor } from "./interval.ts";
import { type Moments, varianceOf } from "./moments.ts";
import { studentTwoSidedP } from "./student_t.ts";

/** Two means and what Welch's test says of them. */
export interface MeanComparison {
  readonly t: number;
  /** Welch–Satterthwaite degrees of freedom, a fraction. */
  readonly df: number;
  /** Two-sided, 0–1. */
  readonly pValue: number;
  /** First mean minus second, in the unit of the values. */
  readonly difference: { readonly estimate: number; readonly interval: Interval };
}

/**
 * Welch's test of two means. Null when a group has fewer than two values, or when no value differs
 * from its group's mean, so that nothing tells how much means vary. Source: Welch 1947 (D-7).
 */
export function welch(first: Moments, second: Moments): MeanComparison | null {
  const firstVariance = varianceOf(first);
  const secondVariance = varianceOf(second);
  if (firstVariance === null || secondVariance === null) return null;
  const a = firstVariance / first.n;
  const b = secondVariance / second.n;
  if (a + b === 0) return null;
  // Shares of the sum instead of squares of the parts: squares of tiny variances would vanish.
  const share = a / (a + b);
  const df = 1 / (share ** 2 / (first.n - 1) + (1 - share) ** 2 / (second.n - 1));
  const estimate = first.mean - second.mean;
  const t = estimate / Math.sqrt(a + b);
  const halfWidth = studentFactor(df) * Math.sqrt(a + b);
  const interval = { low: estimate - halfWidth, high: estimate + halfWidth, level: LEVEL };
  return { t, df, pValue: studentTwoSidedP(t, df), difference: { estimate, interval } };
}

/** Two geometric means of times and what Welch's test on logs says of them. */
export interface TimeComparison {
  readonly t: number;
  readonly df: number;
  readonly pValue: number;
  /** First geometric mean divided by the second: 1.2 is a fifth longer. */
  readonly ratio: { readonly estimate: number; readonly interval: Interval };
}

/** Welch's test on moments of ln t, told as a ratio of geometric means; null as `welch` (D-7). */
export function compareTimes(firstLog: Moments, secondLog: Moments): TimeComparison | null {
  const onLogs = welch(firstLog, secondLog);
  if (onLogs === null) return null;
  const { t, df, pValue, difference: { estimate, interval: { low, high } } } = onLogs;
  const interval = { low: Math.exp(low), high: Math.exp(high), level: LEVEL };
  return { t, df, pValue, ratio: { estimate: Math.exp(estimate), interval } };
}
