import {
  cumulativeIncidence,
  type DoneShare,
  type Lostness,
  lostness,
  shareDoneBy,
  type SurvivalCurve,
  survivalCurve,
} from "../statistics/mod.ts";
import type { DetailSums } from "./detail.ts";
import { type PartialResult, samplesOf } from "./partial.ts";
import { mergedHistogram } from "./samples.ts";
import { isSmall, type Small } from "./small.ts";

/** Points of the curve in an answer; more than a chart has room for. */
const MAX_POINTS = 200;
const DONE_BY_SEC = [30, 60, 90] as const;

/** How time on task ran out, for all attempts and not only the successful (D-9). Seconds, 0–1. */
export interface TaskSurvival extends Small {
  readonly n: number;
  readonly successes: number;
  /** When half had done the task; null when the curve stays above one half. */
  readonly median: number | null;
  /** Share not yet done just after a time; thinned evenly when there are more points. */
  readonly curve: readonly SurvivalPoint[];
  /** Null beyond the longest time that was watched. */
  readonly doneBy: readonly (({ readonly seconds: number } & DoneShare) | null)[];
  /** Shares that ended in either way, as competing ends; the rest was censored. */
  readonly competing: { readonly success: number; readonly quit: number };
}

export interface SurvivalPoint {
  readonly seconds: number;
  readonly atRisk: number;
  readonly survival: number;
  /** Null where the interval has no value. */
  readonly low: number | null;
  readonly high: number | null;
}

export function taskSurvival(parts: readonly PartialResult<DetailSums>[]): TaskSurvival | null {
  const times = {
    success: mergedHistogram(samplesOf(parts, "success")),
    quit: mergedHistogram(samplesOf(parts, "quit")),
    censored: mergedHistogram(samplesOf(parts, "censored")),
  };
  const curve = survivalCurve(times);
  if (curve === null) return null;
  const last = cumulativeIncidence(times).at(-1);
  return {
    n: curve.n,
    small: isSmall(curve.n),
    successes: curve.events,
    median: curve.median === null ? null : curve.median / 1000,
    curve: thinned(curve.steps).map(toPoint),
    doneBy: DONE_BY_SEC.map((seconds) => {
      const share = shareDoneBy(curve, seconds * 1000);
      return share && { seconds, ...share };
    }),
    competing: { success: last?.success ?? 0, quit: last?.quit ?? 0 },
  };
}

function toPoint({ time, atRisk, survival, interval }: SurvivalCurve["steps"][number]) {
  return {
    seconds: time / 1000,
    atRisk,
    survival,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
  };
}

/** Evenly chosen, with the first and the last. */
function thinned<T>(points: readonly T[]): readonly T[] {
  if (points.length <= MAX_POINTS) return points;
  const stride = (points.length - 1) / (MAX_POINTS - 1);
  return Array.from({ length: MAX_POINTS }, (_, i) => points[Math.round(i * stride)]);
}

/** Lostness of completed attempts whose path is known (D-10). */
export interface MissionLostness extends Small {
  readonly n: number;
  /** 0 is the perfect way. */
  readonly mean: number;
  readonly notLost: number;
  readonly unclear: number;
  readonly lost: number;
  /** Succeeded on fewer pages than the definition asks for: correct the definition. */
  readonly shorterThanRequired: number;
}

/** From counts by `required/different/total` pages; null without any. */
export function missionLostness(pages: DetailSums["pages"]): MissionLostness | null {
  const counts: Record<Lostness["label"], number> = { notLost: 0, unclear: 0, lost: 0 };
  let n = 0, sum = 0, shorterThanRequired = 0;
  for (const [key, count] of Object.entries(pages)) {
    const [required, different, total] = key.split("/").map(Number);
    const found = lostness({ required, different, total });
    if (found === null) continue;
    n += count;
    sum += found.value * count;
    counts[found.label] += count;
    if (found.shorterThanRequired) shorterThanRequired += count;
  }
  return n === 0 ? null : { n, small: isSmall(n), mean: sum / n, ...counts, shorterThanRequired };
}
