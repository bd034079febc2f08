import { z } from "@hono/zod-openapi";
import { toIso } from "../../lib/clock.ts";
import type { MissionAnalytics, PathAnalytics } from "../../lib/missions/mod.ts";
import { pathShareSchema, statisticsSchema } from "./statistics_schemas.ts";

/** What the analytics routes take and give (document 1, sections 4.1 and 4.2). */

const isoTime = z.iso.datetime().openapi({ example: "2025-01-19T10:40:00.000Z" });
const count = z.number().openapi({ type: "integer", minimum: 0 });
const seconds = z.number().nullable().openapi({ description: "Seconds, one decimal" });

export const analyticsQuery = z.object({
  startDate: z.string().max(40).optional().openapi({
    description: "A date, a whole day in the exhibition's time zone, or a time with a zone; " +
      "seven days before the end without it",
    example: "2025-01-12",
  }),
  endDate: z.string().max(40).optional().openapi({
    description: "A date, which is included, or a time with a zone, which is not; now without it",
    example: "2025-01-19",
  }),
  detail: z.enum(["none", "full"]).default("none").openapi({
    description: "full adds statistics beside every figure",
  }),
});

export const missionParams = z.object({
  missionType: z.string().max(20).openapi({
    param: { name: "missionType", in: "path" },
    example: "portfolio",
    description: "A mission, or all",
  }),
});

export const missionAnalyticsSchema = z.object({
  missionType: z.string(),
  totalAttempts: count,
  completedAttempts: count,
  quittedAttempts: count,
  endedAttempts: count.openapi({ description: "Completed, quitted or expired" }),
  completionRate: z.number().nullable().openapi({
    description: "Percent of the ended attempts, one decimal",
    example: 80.0,
  }),
  avgDuration: seconds,
  minDuration: seconds,
  maxDuration: seconds,
  medianDuration: seconds,
  avgRating: z.number().nullable().openapi({ description: "1 to 5, one decimal", example: 3.8 }),
  ratingDistribution: z.object({ 1: count, 2: count, 3: count, 4: count, 5: count }),
  stepStats: z.record(z.string(), z.number().nullable()).optional().openapi({
    description: "Attempts that completed each step, and the step with the largest drop",
    example: { step1_completions: 150, step2_completions: 145, mostAbandoned: 2 },
  }),
  pathStats: z.record(z.string(), count).optional().openapi({
    description: "Completions by path",
    example: { path1_vocabulary: 30, path2_search: 45, path3_etfDetail: 5 },
  }),
  periodStart: isoTime,
  periodEnd: isoTime.openapi({ description: "The last millisecond of the period" }),
  generatedAt: isoTime,
  statistics: statisticsSchema.optional(),
}).openapi("MissionAnalytics");

export function toMissionAnalytics(answer: MissionAnalytics) {
  const { period, generatedAt, statistics, ...figures } = answer;
  return {
    ...figures,
    periodStart: toIso(period.from),
    // The document shows an end that is part of the period: 23:59:59.999.
    periodEnd: toIso(period.to - 1),
    generatedAt: toIso(generatedAt),
    ...(statistics === null ? {} : { statistics }),
  };
}

export const pathAnalyticsSchema = z.object({
  totalCompletions: count,
  pathStats: z.record(z.string(), count).openapi({
    example: { path1_vocabulary: 30, path2_search: 45, path3_etfDetail: 5 },
  }),
  avgDurationByPath: z.record(z.string(), seconds).openapi({
    example: { path1_vocabulary: 18.5, path2_search: 12.3, path3_etfDetail: 19.8 },
  }),
  statistics: z.object({ paths: z.array(pathShareSchema).readonly() }).optional(),
}).openapi("PathAnalytics");

export function toPathAnalytics(answer: PathAnalytics) {
  const { totalCompletions, pathStats, avgDurationByPath, shares } = answer;
  return {
    totalCompletions,
    pathStats,
    avgDurationByPath,
    ...(shares === null ? {} : { statistics: { paths: shares } }),
  };
}
