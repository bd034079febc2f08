import { toIso } from "../../../lib/clock.ts";
import { AppError } from "../../../lib/errors.ts";
import {
  completionRate,
  type MissionAnalytics,
  type MissionDefinition,
  type MissionsService,
} from "../../../lib/missions/mod.ts";
import type { MissionLabel } from "../../../lib/missions/view.ts";
import { dateOf } from "../../../lib/time_zone.ts";
import type { AnalyticsView } from "./analytics_view.ts";
import { missionLabels } from "./labels.ts";

export interface AnalyticsViewQuery {
  /** A mission in any letter case, or `all`. */
  readonly missionType: string;
  /** Calendar days, both included. */
  readonly startDate: string;
  readonly endDate: string;
}

/**
 * What `/admin/missions/[type]` shows of a period.
 * @throws AppError NOT_FOUND for a mission that is not defined, VALIDATION_ERROR for a bad period
 */
export async function analyticsView(
  service: MissionsService,
  query: AnalyticsViewQuery,
  timeZone: string,
): Promise<AnalyticsView> {
  const labels = missionLabels(service.missions);
  const definition = definitionOf(service, query.missionType);
  const hasPaths = definition !== null && definition.paths.length > 0;
  const [figures, paths, overTime, durations] = await Promise.all([
    service.missionAnalytics(query, { detail: false }),
    hasPaths ? service.pathAnalytics(query, { detail: false }) : null,
    service.completionByDay(query),
    durationsOf(service, labels, query),
  ]);
  return {
    missions: labels,
    mission: labels.find((label) => label.missionType === definition?.missionType) ?? null,
    period: {
      startDate: dateOf(figures.period.from, timeZone),
      endDate: dateOf(figures.period.to - 1, timeZone),
    },
    ...countsOf(figures),
    overTime,
    durations,
    steps: definition === null ? [] : stepsOf(figures, definition),
    mostAbandoned: figures.stepStats?.mostAbandoned ?? null,
    paths: definition === null ? [] : definition.paths.map(({ path, title }) => ({
      path,
      title,
      count: paths?.pathStats[path] ?? 0,
      avgSeconds: paths?.avgDurationByPath[path] ?? null,
    })),
    generatedAt: toIso(figures.generatedAt),
  };
}

function definitionOf({ missions }: MissionsService, missionType: string) {
  const definition = missions.find(missionType);
  if (definition !== null || missionType === "all") return definition;
  throw new AppError("NOT_FOUND", "Mission is not defined");
}

function countsOf(figures: MissionAnalytics) {
  const { completedAttempts, quittedAttempts, endedAttempts, ratingDistribution } = figures;
  const { avgDuration, medianDuration, minDuration, maxDuration } = figures;
  const completion = completionRate({ successes: completedAttempts, n: endedAttempts });
  const hasTimes = avgDuration !== null && medianDuration !== null && minDuration !== null &&
    maxDuration !== null;
  const ratings: AnalyticsView["ratings"] = [
    ratingDistribution[1],
    ratingDistribution[2],
    ratingDistribution[3],
    ratingDistribution[4],
    ratingDistribution[5],
  ];
  return {
    totalAttempts: figures.totalAttempts,
    completed: completedAttempts,
    quit: quittedAttempts,
    expired: endedAttempts - completedAttempts - quittedAttempts,
    completion: completion && {
      rate: completion.estimate,
      low: completion.interval.low,
      high: completion.interval.high,
    },
    seconds: hasTimes
      ? { avg: avgDuration, median: medianDuration, min: minDuration, max: maxDuration }
      : null,
    avgRating: figures.avgRating,
    ratings,
  };
}

function durationsOf(
  service: MissionsService,
  labels: readonly MissionLabel[],
  { startDate, endDate }: AnalyticsViewQuery,
) {
  return Promise.all(labels.map(async (label) => {
    const query = { missionType: label.missionType, startDate, endDate };
    const figures = await service.missionAnalytics(query, { detail: false });
    return { ...label, avgSeconds: figures.avgDuration, count: figures.completedAttempts };
  }));
}

/** A drop is charged to the step that was not reached complete (T-M23). */
function stepsOf(figures: MissionAnalytics, { steps }: MissionDefinition) {
  let before = figures.totalAttempts;
  return steps.map(({ step, title }) => {
    const completions = figures.stepStats?.[`step${step}_completions`] ?? 0;
    const drop = before - completions;
    before = completions;
    return { step, title, completions, drop };
  });
}
