import type { Interval } from "./interval.ts";
import { LEVEL, Z } from "./interval.ts";
import { type RiskRow, riskTable, type SurvivalTimes } from "./risk_table.ts";

/** Rounding of products: a share that should be exactly one half may come out just above it. */
const ROUNDING = 1e-12;

/** Share of attempts not yet successful just after `time`. */
export interface SurvivalStep {
  readonly time: number;
  /** Attempts that were still on just before, those censored at this very time included. */
  readonly atRisk: number;
  readonly events: number;
  readonly survival: number;
  /** Greenwood's; null once the curve is at 0, where the formula has no value. */
  readonly standardError: number | null;
  /** Log-log interval of `survival`; null where `standardError` is. */
  readonly interval: Interval | null;
}

/** The whole curve, times in the unit of the input. */
export interface SurvivalCurve {
  readonly n: number;
  readonly events: number;
  /** The longest time seen; the curve says nothing beyond it unless it has reached 0. */
  readonly lastTime: number;
  /** Smallest time with survival ≤ .5; null when the curve stays above. */
  readonly median: number | null;
  /** One step for each time with a success, rising. */
  readonly steps: readonly SurvivalStep[];
}

/**
 * Kaplan–Meier curve of the time to success; quits and everything else that ends or cuts an attempt
 * short are censored. Null without attempts.
 * Source: Kaplan & Meier 1958; Greenwood 1926; Kalbfleisch & Prentice 1980 (D-9).
 */
export function survivalCurve(times: SurvivalTimes): SurvivalCurve | null {
  const rows = riskTable(times);
  if (rows.length === 0) return null;
  const steps: SurvivalStep[] = [];
  let survival = 1, greenwood = 0;
  for (const row of rows) {
    if (row.success === 0) continue;
    const left = row.atRisk - row.success;
    survival *= left / row.atRisk;
    greenwood += left === 0 ? 0 : row.success / row.atRisk / left;
    steps.push(toStep(row, { survival, greenwood }));
  }
  return {
    n: rows[0].atRisk,
    events: steps.reduce((sum, { events }) => sum + events, 0),
    lastTime: rows[rows.length - 1].time,
    median: steps.find((step) => step.survival <= 0.5 + ROUNDING)?.time ?? null,
    steps,
  };
}

function toStep(
  { time, atRisk, success }: RiskRow,
  { survival, greenwood }: { survival: number; greenwood: number },
): SurvivalStep {
  const step = { time, atRisk, events: success, survival };
  if (survival === 0) return { ...step, standardError: null, interval: null };
  const exponent = Math.exp(Z * Math.sqrt(greenwood) / Math.abs(Math.log(survival)));
  return {
    ...step,
    standardError: survival * Math.sqrt(greenwood),
    interval: { low: survival ** exponent, high: survival ** (1 / exponent), level: LEVEL },
  };
}

/** One minus the curve at one time. */
export interface DoneShare {
  /** Share of attempts that have succeeded by the time, 0–1. */
  readonly estimate: number;
  /** Null before the first success and once all have succeeded. */
  readonly interval: Interval | null;
}

/** Share done by a time, one minus the curve; null beyond what was watched (D-9). */
export function shareDoneBy(curve: SurvivalCurve, time: number): DoneShare | null {
  const step = curve.steps.findLast((each) => each.time <= time);
  const survival = step?.survival ?? 1;
  if (time > curve.lastTime && survival > 0) return null;
  const interval = step?.interval ?? null;
  return {
    estimate: 1 - survival,
    interval: interval && { low: 1 - interval.high, high: 1 - interval.low, level: LEVEL },
  };
}

/**
 * Restricted mean time: the area under the curve from 0 to `until`, in the unit of the times; null
 * beyond what was watched (D-9).
 */
export function restrictedMean(curve: SurvivalCurve, until: number): number | null {
  const last = curve.steps.at(-1);
  if (until > curve.lastTime && last?.survival !== 0) return null;
  let area = 0, from = 0, survival = 1;
  for (const step of curve.steps) {
    if (step.time >= until) break;
    area += survival * (step.time - from);
    ({ time: from, survival } = step);
  }
  return area + survival * (until - from);
}
