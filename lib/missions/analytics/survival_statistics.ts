import type { Turn } from "../../turns.ts";
import {
  cumulativeIncidence,
  type DoneShare,
  type IncidenceStep,
  isHalfDone,
  lastTimeOf,
  shareDoneBy,
  spreadOf,
  type SurvivalStep,
  survivalSteps,
  type SurvivalTimes,
} from "../statistics/mod.ts";
import type { DetailSums } from "./detail.ts";
import { type PartialResult, samplesOf } from "./partial.ts";
import { countDifferent, mergedTimes } from "./samples.ts";
import { isSmall, type Small } from "./small.ts";

/** Points of the curve in an answer; more than a chart has room for. */
const MAX_POINTS = 200;
const DONE_BY_SEC = [30, 60, 90] as const;
/** Steps between two looks at the clock, less than a millisecond. */
const STEPS_PER_TURN = 4_096;

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

/** Null without attempts. The curve is read to its end, which takes a while for a million. */
export async function taskSurvival(
  parts: readonly PartialResult<DetailSums>[],
  turn: Turn,
): Promise<TaskSurvival | null> {
  const times = {
    success: await mergedTimes(samplesOf(parts, "success"), turn),
    quit: await mergedTimes(samplesOf(parts, "quit"), turn),
    censored: await mergedTimes(samplesOf(parts, "censored"), turn),
  };
  const n = times.success.length + times.quit.length + times.censored.length;
  if (n === 0) return null;
  const { median, points, doneBy } = await readCurve(times, turn);
  const last = await lastOf(cumulativeIncidence(times), turn);
  const lastTime = lastTimeOf(times);
  return {
    n,
    small: isSmall(n),
    successes: times.success.length,
    median: median && median.time / 1000,
    curve: points.map(toPoint),
    doneBy: DONE_BY_SEC.map((seconds, i) => {
      const share = shareDoneBy(seconds * 1000, { step: doneBy[i], lastTime });
      return share && { seconds, ...share };
    }),
    competing: { success: last?.success ?? 0, quit: last?.quit ?? 0 },
  };
}

/** What is shown of the curve: every step is made, as each follows from the one before. */
async function readCurve(times: SurvivalTimes, turn: Turn) {
  const shown = evenlyChosen(countDifferent(times.success));
  const points: SurvivalStep[] = [];
  const doneBy: (SurvivalStep | null)[] = DONE_BY_SEC.map(() => null);
  let median: SurvivalStep | null = null;
  let index = 0;
  for (const step of survivalSteps(times)) {
    if (index === shown[points.length]) points.push(step);
    if (median === null && isHalfDone(step)) median = step;
    for (let i = 0; i < DONE_BY_SEC.length; i++) {
      if (step.time <= DONE_BY_SEC[i] * 1000) doneBy[i] = step;
    }
    if (++index % STEPS_PER_TURN === 0) await turn();
  }
  return { median, points, doneBy };
}

async function lastOf(steps: Iterable<IncidenceStep>, turn: Turn): Promise<IncidenceStep | null> {
  let last: IncidenceStep | null = null;
  let index = 0;
  for (const step of steps) {
    last = step;
    if (++index % STEPS_PER_TURN === 0) await turn();
  }
  return last;
}

/** Places of so many points that a chart has room for, with the first and the last. */
function evenlyChosen(length: number): number[] {
  const stride = Math.max(1, (length - 1) / (MAX_POINTS - 1));
  return Array.from(
    { length: Math.min(length, MAX_POINTS) },
    (_, i) => Math.round(i * stride),
  );
}

function toPoint(step: SurvivalStep): SurvivalPoint {
  const { interval } = spreadOf(step);
  return {
    seconds: step.time / 1000,
    atRisk: step.atRisk,
    survival: step.survival,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
  };
}
