import type { Histogram } from "./histogram.ts";
import { type Estimate, LEVEL } from "./interval.ts";
import { meanHalfWidth, mergeMoments, type Moments, momentsOf, NO_MOMENTS } from "./moments.ts";
import { medianEstimate, type OrderedSample, percentile } from "./quantiles.ts";

/** Shorter times count as this long in logarithms: ln 0 has no value (D-2). */
export const MIN_LOG_TIME_MS = 100;

/** The sample size from which the median is the headline (Sauro & Lewis 2010). */
const MEDIAN_FROM_N = 25;

/** What has to be kept of a part's times, in milliseconds, to know means of the whole. */
export interface TimeMoments {
  readonly plain: Moments;
  /** Of ln t with t in milliseconds, not shorter than the floor. */
  readonly log: Moments;
  /** How many times were lifted to the floor; shown beside the geometric mean. */
  readonly floored: number;
}

/** The moments of no times; merging them changes nothing. */
export const NO_TIME_MOMENTS: TimeMoments = { plain: NO_MOMENTS, log: NO_MOMENTS, floored: 0 };

/** Moments of times in milliseconds. */
export function timeMoments(times: Histogram): TimeMoments {
  let floored = 0;
  for (const [time, count] of times) if (time < MIN_LOG_TIME_MS) floored += count;
  return {
    plain: momentsOf(times),
    log: momentsOf(times, (time) => Math.log(Math.max(time, MIN_LOG_TIME_MS))),
    floored,
  };
}

/** The moments of two parts together. */
export function mergeTimeMoments(a: TimeMoments, b: TimeMoments): TimeMoments {
  return {
    plain: mergeMoments(a.plain, b.plain),
    log: mergeMoments(a.log, b.log),
    floored: a.floored + b.floored,
  };
}

/**
 * Geometric mean from moments of ln t, in the unit of t, with Student's interval on the logs.
 * Null without times; the interval is null for fewer than two times or for equal ones.
 * Source: Sauro & Lewis 2010; measuringu.com/time_intervals (D-2).
 */
export function geometricMean(log: Moments): Estimate | null {
  if (log.n === 0) return null;
  const halfWidth = meanHalfWidth(log);
  const interval = halfWidth === null ? null : {
    low: Math.exp(log.mean - halfWidth),
    high: Math.exp(log.mean + halfWidth),
    level: LEVEL,
  };
  return { estimate: Math.exp(log.mean), interval, n: log.n };
}

/** Times of one group of attempts, all in milliseconds. */
export interface TimeSummary {
  readonly n: number;
  readonly mean: number;
  readonly min: number;
  readonly max: number;
  readonly geometricMean: Estimate;
  readonly median: Estimate;
  readonly p90: number;
  readonly headline: "geometricMean" | "median";
  readonly floored: number;
}

/**
 * Mean, extremes, geometric mean, median and 90th percentile, from the moments and the ordered
 * times of the same attempts; null without times (D-2, D-3, and D-12 for times between steps).
 */
export function summariseTimes(
  { moments, sample }: { moments: TimeMoments; sample: OrderedSample },
): TimeSummary | null {
  const geometric = geometricMean(moments.log);
  const middle = medianEstimate(sample);
  const p90 = percentile(sample, 0.9);
  if (geometric === null || middle === null || p90 === null) return null;
  const { n } = sample;
  return {
    n,
    mean: moments.plain.mean,
    min: sample.at(0),
    max: sample.at(n - 1),
    geometricMean: geometric,
    median: middle,
    p90,
    headline: n < MEDIAN_FROM_N ? "geometricMean" : "median",
    floored: moments.floored,
  };
}
