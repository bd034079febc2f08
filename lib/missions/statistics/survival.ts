import type { Interval } from "./interval.ts";
import { LEVEL, Z } from "./interval.ts";
import { riskRows, type SurvivalTimes } from "./risk_table.ts";

/** Rounding of products: a share that should be exactly one half may come out just above it. */
const ROUNDING = 1e-12;

/** Share of attempts not yet successful just after `time`. */
export interface SurvivalStep {
  readonly time: number;
  /** Attempts that were still on just before, those censored at this very time included. */
  readonly atRisk: number;
  readonly events: number;
  readonly survival: number;
  /** Greenwood's sum, of which the spread is made. */
  readonly greenwood: number;
}

/** How sure a step of the curve is. */
export interface Spread {
  /** Greenwood's; null once the curve is at 0, where the formula has no value. */
  readonly standardError: number | null;
  /** Log-log interval of `survival`; null where `standardError` is. */
  readonly interval: Interval | null;
}

/**
 * Kaplan–Meier curve of the time to success, one step for each time with a success, rising; quits
 * and everything else that ends or cuts an attempt short are censored.
 * Source: Kaplan & Meier 1958; Greenwood 1926; Kalbfleisch & Prentice 1980 (D-9).
 */
export function* survivalSteps(times: SurvivalTimes): Generator<SurvivalStep> {
  let survival = 1, greenwood = 0;
  for (const { time, atRisk, success: events } of riskRows(times)) {
    if (events === 0) continue;
    const left = atRisk - events;
    survival *= left / atRisk;
    greenwood += left === 0 ? 0 : events / atRisk / left;
    yield { time, atRisk, events, survival, greenwood };
  }
}

/** The spread of a step; it takes far longer than the step, so only for those that are shown. */
export function spreadOf({ survival, greenwood }: SurvivalStep): Spread {
  if (survival === 0) return { standardError: null, interval: null };
  const exponent = Math.exp(Z * Math.sqrt(greenwood) / Math.abs(Math.log(survival)));
  return {
    standardError: survival * Math.sqrt(greenwood),
    interval: { low: survival ** exponent, high: survival ** (1 / exponent), level: LEVEL },
  };
}

/** True from the step on that is the median: survival ≤ .5. */
export function isHalfDone({ survival }: SurvivalStep): boolean {
  return survival <= 0.5 + ROUNDING;
}

/** The longest time seen; the curve says nothing beyond it unless it has reached 0. */
export function lastTimeOf({ success, quit, censored }: SurvivalTimes): number {
  const last = (times: ArrayLike<number>) => times.length === 0 ? 0 : times[times.length - 1];
  return Math.max(last(success), last(quit), last(censored));
}

/** One minus the curve at one time. */
export interface DoneShare {
  /** Share of attempts that have succeeded by the time, 0–1. */
  readonly estimate: number;
  /** Null before the first success and once all have succeeded. */
  readonly interval: Interval | null;
}

/**
 * Share done by a time, one minus the curve; null beyond what was watched (D-9).
 * @param step the last one up to the time; null before the first success
 */
export function shareDoneBy(
  time: number,
  { step, lastTime }: { step: SurvivalStep | null; lastTime: number },
): DoneShare | null {
  const survival = step?.survival ?? 1;
  if (time > lastTime && survival > 0) return null;
  const interval = step === null ? null : spreadOf(step).interval;
  return {
    estimate: 1 - survival,
    interval: interval && { low: 1 - interval.high, high: 1 - interval.low, level: LEVEL },
  };
}

/**
 * Restricted mean time: the area under the curve from 0 to `until`, in the unit of the times; null
 * beyond what was watched (D-9).
 */
export function restrictedMean(times: SurvivalTimes, until: number): number | null {
  let area = 0, from = 0, survival = 1;
  for (const step of survivalSteps(times)) {
    if (step.time >= until) return area + survival * (until - from);
    area += survival * (step.time - from);
    ({ time: from, survival } = step);
  }
  if (until > lastTimeOf(times) && survival > 0) return null;
  return area + survival * (until - from);
}
