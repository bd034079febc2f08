import { type Rate, rate } from "./rates.ts";

/** One step, with what was lost before it. */
export interface FunnelStep {
  /** Number from 1. */
  readonly step: number;
  /** Attempts that completed it. */
  readonly completions: number;
  /** Completions of the step before (attempts for step 1) minus its own; below 0 after a step that
   * may be skipped. */
  readonly drop: number;
  /** Share of the step before; null when that had none, or fewer than this one. */
  readonly conversion: Rate | null;
  /** Share of all attempts; null without attempts or with more completions than attempts. */
  readonly overall: Rate | null;
}

/** All steps in order. */
export interface Funnel {
  readonly attempts: number;
  readonly steps: readonly FunnelStep[];
  /** Step with the largest drop, the lowest of equal ones; null without attempts or steps. */
  readonly mostAbandoned: number | null;
}

/** Steps, drops and conversions from completions of step 1, 2 … (D-12; T-M23 for the drops). */
export function funnel(
  { attempts, completions }: { attempts: number; completions: readonly number[] },
): Funnel {
  const steps = completions.map((count, index) => {
    const before = index === 0 ? attempts : completions[index - 1];
    return {
      step: index + 1,
      completions: count,
      drop: before - count,
      conversion: rate({ successes: count, n: before }),
      overall: rate({ successes: count, n: attempts }),
    };
  });
  return { attempts, steps, mostAbandoned: attempts > 0 ? largestDrop(steps) : null };
}

function largestDrop(steps: readonly FunnelStep[]): number | null {
  let largest: FunnelStep | null = null;
  for (const step of steps) if (largest === null || step.drop > largest.drop) largest = step;
  return largest?.step ?? null;
}

/** A step is slow when its mean is above this many times the mean of all steps. */
const SLOW_FACTOR = 2;

/**
 * Numbers of the slow steps, from the mean times of step 1, 2 … (null: nobody has done it). Each
 * step weighs the same in the mean of all, so that a crowd at step 1 does not hide the rest (D-12).
 */
export function slowSteps(meanTimes: readonly (number | null)[]): readonly number[] {
  const known = meanTimes.filter((time) => time !== null);
  const limit = SLOW_FACTOR * known.reduce((sum, time) => sum + time, 0) / known.length;
  return meanTimes.flatMap((time, index) => time !== null && time > limit ? [index + 1] : []);
}
