import { z } from "zod";
import { totalDuration } from "../attempt_index.ts";
import { outcomeOf } from "../lifecycle.ts";
import { ATTEMPT_STATUSES, type AttemptRow, type AttemptStatus } from "../schema.ts";
import type { OrderedSample } from "../statistics/mod.ts";

/** An hour of UTC; every time zone's days are made of whole ones, or of ragged ends of them. */
export const HOUR_MS = 3_600_000;

/** Start of the hour that holds a moment. */
export function hourOf(atMs: number): number {
  return Math.floor(atMs / HOUR_MS) * HOUR_MS;
}

const pathSumsSchema = z.object({ count: z.number(), durationMs: z.number() });

/** What adds up over hours: sums of the attempts that started in one. */
export const hourSumsSchema = z.object({
  byStatus: z.record(z.enum(ATTEMPT_STATUSES), z.number()),
  /** Reviews by rating, from 1 to 5. */
  ratings: z.tuple([z.number(), z.number(), z.number(), z.number(), z.number()]),
  /** Attempts that completed a step, by its number. */
  steps: z.record(z.string(), z.number()),
  /** Completed attempts by path, and their total durations together. */
  paths: z.record(z.string(), pathSumsSchema),
  /** Total durations of the completed attempts together. */
  durationMs: z.number(),
});
export type HourSums = z.infer<typeof hourSumsSchema>;

/** The attempts of one mission that started in one hour; merging hours loses nothing. */
export interface HourPartial {
  readonly sums: HourSums;
  /** Total durations of the completed attempts in rising order, milliseconds. */
  readonly durationsMs: Int32Array;
}

export function emptySums(): HourSums {
  return {
    byStatus: { pending: 0, in_progress: 0, completed: 0, quitted: 0, expired: 0 },
    ratings: [0, 0, 0, 0, 0],
    steps: {},
    paths: {},
    durationMs: 0,
  };
}

/** The partial of attempts that belong together. */
export function partialOf(rows: Iterable<AttemptRow>): HourPartial {
  const sums = emptySums();
  const durations: number[] = [];
  for (const row of rows) {
    const { status } = outcomeOf(row.lifecycle, row.journey);
    sums.byStatus[status]++;
    if (row.review !== null) sums.ratings[row.review.rating - 1]++;
    for (const { step } of row.journey.steps) sums.steps[step] = (sums.steps[step] ?? 0) + 1;
    if (status !== "completed") continue;
    const durationMs = Math.round((totalDuration(row) ?? 0) * 1000);
    durations.push(durationMs);
    sums.durationMs += durationMs;
    if (row.journey.path !== null) addPath(sums, row.journey.path, { count: 1, durationMs });
  }
  return { sums, durationsMs: Int32Array.from(durations).sort() };
}

/** Adds sums to others, in place. */
export function addSums(total: HourSums, part: HourSums): void {
  for (const status of ATTEMPT_STATUSES) total.byStatus[status] += part.byStatus[status];
  part.ratings.forEach((count, i) => total.ratings[i] += count);
  for (const [step, count] of Object.entries(part.steps)) {
    total.steps[step] = (total.steps[step] ?? 0) + count;
  }
  for (const [path, sums] of Object.entries(part.paths)) addPath(total, path, sums);
  total.durationMs += part.durationMs;
}

function addPath(total: HourSums, path: string, { count, durationMs }: HourSums["paths"][string]) {
  const known = total.paths[path] ??= { count: 0, durationMs: 0 };
  known.count += count;
  known.durationMs += durationMs;
}

export function attemptsOf(sums: HourSums, statuses: readonly AttemptStatus[]): number {
  return statuses.reduce((total, status) => total + sums.byStatus[status], 0);
}

/**
 * Values of several sorted arrays as one sorted sample, without merging them: the value at a place
 * is found by halving the range of values and counting below. A thousand hours of a thousand values
 * take about a millisecond a place.
 */
export function mergedSample(parts: readonly Int32Array[]): OrderedSample {
  const filled = parts.filter((part) => part.length > 0);
  const n = filled.reduce((total, part) => total + part.length, 0);
  return {
    n,
    at(index) {
      let low = Math.min(...filled.map((part) => part[0]));
      let high = Math.max(...filled.map((part) => part[part.length - 1]));
      while (low < high) {
        const middle = Math.floor((low + high) / 2);
        let atMost = 0;
        for (const part of filled) atMost += countAtMost(part, middle);
        if (atMost > index) high = middle;
        else low = middle + 1;
      }
      return low;
    },
  };
}

/** How many values of a sorted array are at most `limit`. */
function countAtMost(sorted: Int32Array, limit: number): number {
  let from = 0, to = sorted.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (sorted[middle] <= limit) from = middle + 1;
    else to = middle;
  }
  return from;
}
