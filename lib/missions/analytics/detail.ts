import { z } from "zod";
import type { MissionDefinition, Missions } from "../definitions.ts";
import { outcomeOf } from "../lifecycle.ts";
import type { AttemptRow } from "../schema.ts";
import {
  countedSteps,
  mergeTimeMoments,
  NO_TIME_MOMENTS,
  type TimeMoments,
  timeMoments,
  toHistogram,
} from "../statistics/mod.ts";
import type { PartialKind, PartialResult } from "./partial.ts";
import { type Samples, toSample, toSampleMs } from "./samples.ts";
import { endingOf, ENDINGS, taskTimeOf } from "./task.ts";

/** What statistics need of an hour beside the core; read only by those who ask for detail. */

const count = z.number();
const counts = z.record(z.string(), count);
const momentsSchema = z.object({ n: count, mean: z.number(), m2: z.number() });
const timeMomentsSchema = z.object({ plain: momentsSchema, log: momentsSchema, floored: count });

export const detailSumsSchema = z.object({
  endings: z.partialRecord(z.enum(ENDINGS), count),
  /** Attempts by step, with all steps before it done first (D-12, strict). */
  strictSteps: counts,
  /** Completed attempts by `required/different/total` pages (D-10). */
  pages: counts,
  /** Active time of all attempts, and of the completed ones. */
  activeMs: z.number(),
  successMs: z.number(),
  /** Of the samples of this partial, and of `total` in the core. */
  moments: z.record(z.string(), timeMomentsSchema),
});
export type DetailSums = z.infer<typeof detailSumsSchema>;

/**
 * Samples: `success`, `quit` and `censored` times on task (D-9), `active` time of the completed,
 * and `step1`, `step2` … from the step before to this one.
 */
export function createDetail(missions: Missions): PartialKind<DetailSums> {
  return {
    name: "detail",
    schema: detailSumsSchema,
    of: (rows) => detailOf(rows, missions),
    add: addDetailSums,
  };
}

function detailOf(rows: Iterable<AttemptRow>, missions: Missions): PartialResult<DetailSums> {
  const sums = noDetailSums();
  const times = createTimes();
  for (const row of rows) {
    const definition = missions.version(row.missionType, row.missionVersion);
    const outcome = outcomeOf(row.lifecycle, row.journey);
    const ending = endingOf(row, outcome);
    if (ending !== null) sums.endings[ending] = (sums.endings[ending] ?? 0) + 1;
    const task = taskTimeOf(row);
    if (task !== null) times.add(task.end, task.ms);
    for (const { step, measuredMs } of row.journey.steps) {
      times.add(`step${step}`, toSampleMs(measuredMs));
    }
    countSteps(sums, row, definition);
    sums.activeMs += row.journey.activeMs;
    if (outcome.status !== "completed") continue;
    sums.successMs += row.journey.activeMs;
    times.add("active", toSampleMs(row.journey.activeMs));
    times.addMoments("total", toSampleMs((outcome.endAt ?? row.startAt) - row.startAt));
    countPages(sums, row, definition);
  }
  return { sums: { ...sums, moments: times.moments() }, samples: times.samples() };
}

function countSteps(sums: DetailSums, row: AttemptRow, { steps }: MissionDefinition): void {
  const strict = countedSteps({
    completed: row.journey.steps.map(({ step }) => step),
    steps: steps.map(({ step }) => ({ step, required: true })),
    order: "strict",
  });
  for (const step of strict) sums.strictSteps[step] = (sums.strictSteps[step] ?? 0) + 1;
}

/** Only where the way that was taken says how many pages it needs. */
function countPages(sums: DetailSums, { journey }: AttemptRow, { paths }: MissionDefinition): void {
  const required = paths.find(({ path }) => path === journey.path)?.fewestPages;
  if (required === undefined || journey.pages.length === 0) return;
  const key = `${required}/${journey.pages.length}/${journey.pageViews}`;
  sums.pages[key] = (sums.pages[key] ?? 0) + 1;
}

function createTimes() {
  const kept = new Map<string, number[]>();
  const onlyMoments = new Map<string, number[]>();
  const into = (lists: Map<string, number[]>, name: string, ms: number) => {
    const list = lists.get(name);
    if (list === undefined) lists.set(name, [ms]);
    else list.push(ms);
  };
  return {
    add: (name: string, ms: number) => into(kept, name, ms),
    addMoments: (name: string, ms: number) => into(onlyMoments, name, ms),
    samples(): Samples {
      return Object.fromEntries([...kept].map(([name, list]) => [name, toSample(list)]));
    },
    moments(): Record<string, TimeMoments> {
      const lists = [...kept, ...onlyMoments];
      return Object.fromEntries(
        lists.map(([name, list]) => [name, timeMoments(toHistogram(list))]),
      );
    },
  };
}

export function noDetailSums(): DetailSums {
  return { endings: {}, strictSteps: {}, pages: {}, activeMs: 0, successMs: 0, moments: {} };
}

/** The sums of several parts together. */
export function addDetailSums(parts: Iterable<DetailSums>): DetailSums {
  const total = noDetailSums();
  for (const part of parts) {
    for (const ending of ENDINGS) {
      const count = part.endings[ending];
      if (count !== undefined) total.endings[ending] = (total.endings[ending] ?? 0) + count;
    }
    addCounts(total.strictSteps, part.strictSteps);
    addCounts(total.pages, part.pages);
    total.activeMs += part.activeMs;
    total.successMs += part.successMs;
    for (const name in part.moments) {
      const known = total.moments[name] ?? NO_TIME_MOMENTS;
      total.moments[name] = mergeTimeMoments(known, part.moments[name]);
    }
  }
  return total;
}

function addCounts(total: Record<string, number>, part: Record<string, number>): void {
  for (const key in part) total[key] = (total[key] ?? 0) + part[key];
}
