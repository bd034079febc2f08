import { z } from "@hono/zod-openapi";

/** `statistics` of an answer (docs/analytics.md): shares 0–1, times in seconds, nothing rounded. */

const number = z.number();
const unsure = z.number().nullable();
const n = number.openapi({ description: "Attempts, or ratings, behind the figure" });
const small = z.boolean().openapi({ description: "Fewer than five stand behind the figure" });

const interval = z.object({ low: number, high: number, level: number }).openapi("Interval", {
  description: "At a level of .95 unless it says another one",
});

const clippedInterval = z.object({
  low: number,
  high: number,
  level: number,
  lowClipped: z.boolean(),
  highClipped: z.boolean(),
}).openapi("ClippedInterval", { description: "Cut at an end of the scale: at least, at most" });

const plainRate = z.object({
  successes: number,
  n,
  estimate: number,
  interval: clippedInterval,
});
const rate = plainRate.extend({ small }).openapi("Rate", {
  description: "A share with its adjusted-Wald interval (D-1)",
});

const estimate = z.object({ estimate: number, interval: interval.nullable(), n }).openapi(
  "Estimate",
);

const times = z.object({
  n,
  small,
  headline: z.enum(["geometricMean", "median"]),
  mean: number,
  min: number,
  max: number,
  geometricMean: estimate,
  median: estimate,
  p25: number,
  p75: number,
  p90: number,
  p95: number,
  floored: number.openapi({ description: "Times under 0.1 s, lifted to it in logarithms" }),
}).openapi("Times", { description: "Seconds (D-2, D-3)" });

const netShare = z.object({
  n,
  estimate: number,
  standardError: number,
  adjusted: number,
  interval: clippedInterval,
});

const ease = z.object({
  n,
  small,
  mean: number,
  sd: unsure,
  interval: clippedInterval.nullable(),
  score: number.openapi({ description: "The mean on 0 to 100" }),
  sevenPoint: number.openapi({ description: "The mean on seven points, for a rough comparison" }),
  topTwo: plainRate,
  net: netShare.nullable(),
}).openapi("Ease", { description: "Ratings 1 to 5 (D-4, D-5)" });

const funnelStep = z.object({
  step: number,
  completions: number,
  drop: number,
  conversion: plainRate.nullable(),
  overall: plainRate.nullable(),
  time: times.nullable(),
  slow: z.boolean(),
});

const funnel = z.object({
  attempts: number,
  small,
  order: z.literal("strict"),
  steps: z.array(funnelStep).readonly(),
  mostAbandoned: unsure,
}).openapi("Funnel", { description: "Each step with all before it done first (D-12)" });

export const pathShareSchema = z.object({
  path: z.string(),
  share: plainRate,
  percent: number.openapi({ description: "Rounded so that all paths make 100.0" }),
  small,
});

const survival = z.object({
  n,
  small,
  successes: number,
  median: unsure,
  curve: z.array(z.object({
    seconds: number,
    atRisk: number,
    survival: number,
    low: unsure,
    high: unsure,
  })).readonly(),
  doneBy: z.array(
    z.object({ seconds: number, estimate: number, interval: interval.nullable() }).nullable(),
  ).readonly(),
  competing: z.object({ success: number, quit: number }),
}).openapi("Survival", { description: "Time on task of all attempts, quits censored (D-9)" });

const lostness = z.object({
  n,
  small,
  mean: number,
  notLost: number,
  unclear: number,
  lost: number,
  shorterThanRequired: number,
}).openapi("Lostness", { description: "Pages of the completed attempts (D-10)" });

export const statisticsSchema = z.object({
  attempts: number,
  completion: rate.extend({ best: number }).nullable(),
  endings: z.object({
    direct: rate.nullable(),
    indirect: rate.nullable(),
    user: rate.nullable(),
    idle: rate.nullable(),
    reset: rate.nullable(),
    expired: rate.nullable(),
  }),
  times: z.object({
    timeOnTask: times.nullable(),
    totalDuration: times.nullable(),
    activeTime: times.nullable(),
  }),
  ease: ease.nullable(),
  funnel: funnel.nullable(),
  paths: z.array(pathShareSchema).readonly().nullable(),
  survival: survival.nullable(),
  lostness: lostness.nullable(),
  efficiency: z.object({ completionsPerMinute: number, relative: number }).nullable(),
}).openapi("Statistics");
