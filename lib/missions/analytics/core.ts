import { z } from "zod";
import { totalDuration } from "../attempt_index.ts";
import { outcomeOf } from "../lifecycle.ts";
import { ATTEMPT_STATUSES, type AttemptRow, type AttemptStatus } from "../schema.ts";
import type { PartialKind, PartialResult } from "./partial.ts";
import { toSample, toSampleMs } from "./samples.ts";

/** The document's own figures of an hour: small, because every query reads it. */

const count = z.number();
const pathSumsSchema = z.object({ count, durationMs: z.number() });

export const coreSumsSchema = z.object({
  byStatus: z.record(z.enum(ATTEMPT_STATUSES), count),
  /** Reviews by rating, from 1 to 5. */
  ratings: z.tuple([count, count, count, count, count]),
  /** Attempts that completed a step, by its number, whatever else they did. */
  steps: z.record(z.string(), count),
  /** Completed attempts by path, and their total durations together. */
  paths: z.record(z.string(), pathSumsSchema),
  /** Total durations of the completed attempts together. */
  durationMs: z.number(),
});
export type CoreSums = z.infer<typeof coreSumsSchema>;

/** The sample `total` has the total durations of the completed attempts. */
export const CORE: PartialKind<CoreSums> = {
  name: "core",
  schema: coreSumsSchema,
  of: coreOf,
  add: addCoreSums,
};

export function noCoreSums(): CoreSums {
  return {
    byStatus: { pending: 0, in_progress: 0, completed: 0, quitted: 0, expired: 0 },
    ratings: [0, 0, 0, 0, 0],
    steps: {},
    paths: {},
    durationMs: 0,
  };
}

function coreOf(rows: Iterable<AttemptRow>): PartialResult<CoreSums> {
  const sums = noCoreSums();
  const durations: number[] = [];
  for (const row of rows) {
    const { status } = outcomeOf(row.lifecycle, row.journey);
    sums.byStatus[status]++;
    if (row.review !== null) sums.ratings[row.review.rating - 1]++;
    for (const { step } of row.journey.steps) sums.steps[step] = (sums.steps[step] ?? 0) + 1;
    if (status !== "completed") continue;
    const durationMs = toSampleMs((totalDuration(row) ?? 0) * 1000);
    durations.push(durationMs);
    sums.durationMs += durationMs;
    if (row.journey.path !== null) addPath(sums, row.journey.path, { count: 1, durationMs });
  }
  return { sums, samples: { total: toSample(durations) } };
}

/** The sums of several parts together. */
export function addCoreSums(parts: Iterable<CoreSums>): CoreSums {
  const total = noCoreSums();
  for (const part of parts) {
    for (const status of ATTEMPT_STATUSES) total.byStatus[status] += part.byStatus[status];
    part.ratings.forEach((count, i) => total.ratings[i] += count);
    for (const step in part.steps) {
      total.steps[step] = (total.steps[step] ?? 0) + part.steps[step];
    }
    for (const path in part.paths) addPath(total, path, part.paths[path]);
    total.durationMs += part.durationMs;
  }
  return total;
}

function addPath(total: CoreSums, path: string, { count, durationMs }: CoreSums["paths"][string]) {
  const known = total.paths[path] ??= { count: 0, durationMs: 0 };
  known.count += count;
  known.durationMs += durationMs;
}

export function attemptsOf(sums: CoreSums, statuses: readonly AttemptStatus[]): number {
  return statuses.reduce((total, status) => total + sums.byStatus[status], 0);
}
