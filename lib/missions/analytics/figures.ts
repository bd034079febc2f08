import type { MissionDefinition } from "../definitions.ts";
import { funnel, percentile } from "../statistics/mod.ts";
import { addCoreSums, attemptsOf, type CoreSums } from "./core.ts";
import { type PartialResult, samplesOf } from "./partial.ts";
import { mergedSample } from "./samples.ts";

/**
 * The document's `MissionAnalytics` (M-40 to M-43) without its times. Percentages from 0 to 100,
 * durations in seconds from start to the terminal event, ratings from 1 to 5, all with one decimal;
 * null where there is no data.
 */
export interface MissionFigures {
  readonly totalAttempts: number;
  readonly completedAttempts: number;
  readonly quittedAttempts: number;
  /** Completed, quitted or expired: what the completion rate is a share of (T-M23). */
  readonly endedAttempts: number;
  readonly completionRate: number | null;
  readonly avgDuration: number | null;
  readonly minDuration: number | null;
  readonly maxDuration: number | null;
  readonly medianDuration: number | null;
  readonly avgRating: number | null;
  readonly ratingDistribution: RatingDistribution;
  /** `step1_completions` …, and the step with the largest drop; for a mission with steps. */
  readonly stepStats?: Readonly<Record<string, number | null>>;
  /** Completions by path; for a mission with paths. */
  readonly pathStats?: Readonly<Record<string, number>>;
}

export type RatingDistribution = Readonly<Record<1 | 2 | 3 | 4 | 5, number>>;

/** `definition` is null for all missions together, which have no steps or paths in common. */
export function missionFigures(
  parts: readonly PartialResult<CoreSums>[],
  definition: MissionDefinition | null,
): MissionFigures {
  const sums = addCoreSums(parts.map((part) => part.sums));
  const completed = sums.byStatus.completed;
  const ended = attemptsOf(sums, ["completed", "quitted", "expired"]);
  const sample = mergedSample(samplesOf(parts, "total"));
  const seconds = (ms: number | null) => ms === null ? null : oneDecimal(ms / 1000);
  const { steps = [], paths = [] } = definition ?? {};
  return {
    totalAttempts: totalAttempts(sums),
    completedAttempts: completed,
    quittedAttempts: sums.byStatus.quitted,
    endedAttempts: ended,
    completionRate: ended === 0 ? null : oneDecimal(completed / ended * 100),
    avgDuration: seconds(completed === 0 ? null : sums.durationMs / completed),
    minDuration: seconds(percentile(sample, 0)),
    maxDuration: seconds(percentile(sample, 1)),
    medianDuration: seconds(percentile(sample, 0.5)),
    avgRating: averageRating(sums.ratings),
    ratingDistribution: toDistribution(sums.ratings),
    ...(steps.length === 0 ? {} : { stepStats: stepStats(sums, steps) }),
    ...(paths.length === 0 ? {} : { pathStats: pathStats(sums, paths) }),
  };
}

/** The document's path analysis (M-16); mean durations in seconds with one decimal. */
export interface PathFigures {
  readonly totalCompletions: number;
  readonly pathStats: Readonly<Record<string, number>>;
  readonly avgDurationByPath: Readonly<Record<string, number | null>>;
}

export function pathFigures(
  parts: readonly PartialResult<CoreSums>[],
  { paths }: MissionDefinition,
): PathFigures {
  const sums = addCoreSums(parts.map((part) => part.sums));
  return {
    totalCompletions: sums.byStatus.completed,
    pathStats: pathStats(sums, paths),
    avgDurationByPath: Object.fromEntries(paths.map(({ path }) => {
      const { count, durationMs } = sums.paths[path] ?? { count: 0, durationMs: 0 };
      return [path, count === 0 ? null : oneDecimal(durationMs / count / 1000)];
    })),
  };
}

export function totalAttempts(sums: CoreSums): number {
  return attemptsOf(sums, ["pending", "in_progress", "completed", "quitted", "expired"]);
}

export function toDistribution([one, two, three, four, five]: CoreSums["ratings"]) {
  return { 1: one, 2: two, 3: three, 4: four, 5: five };
}

function averageRating(counts: CoreSums["ratings"]): number | null {
  const n = counts.reduce((total, count) => total + count, 0);
  const sum = counts.reduce((total, count, i) => total + count * (i + 1), 0);
  return n === 0 ? null : oneDecimal(sum / n);
}

function stepStats(sums: CoreSums, steps: MissionDefinition["steps"]) {
  const completions = steps.map(({ step }) => sums.steps[step] ?? 0);
  const { mostAbandoned } = funnel({ attempts: totalAttempts(sums), completions });
  return {
    ...Object.fromEntries(steps.map(({ step }, i) => [`step${step}_completions`, completions[i]])),
    mostAbandoned: mostAbandoned === null ? null : steps[mostAbandoned - 1].step,
  };
}

function pathStats(sums: CoreSums, paths: MissionDefinition["paths"]) {
  return Object.fromEntries(paths.map(({ path }) => [path, sums.paths[path]?.count ?? 0]));
}

function oneDecimal(value: number): number {
  return Math.round(value * 10) / 10;
}
