import {
  type Estimate,
  percentile,
  summariseTimes,
  type TimeMoments,
  type TimeSummary,
} from "../statistics/mod.ts";
import { mergedSample } from "./samples.ts";
import { isSmall, type Small } from "./small.ts";

/** Times of one group of attempts, in seconds (D-2, D-3). */
export interface TimeStatistics extends TimeSummary, Small {
  readonly p25: number;
  readonly p75: number;
  readonly p95: number;
}

/** From times in milliseconds and their moments; null without any. */
export function timeStatistics(
  sorted: readonly Int32Array[],
  moments: TimeMoments | undefined,
): TimeStatistics | null {
  const sample = mergedSample(sorted);
  const summary = moments === undefined ? null : summariseTimes({ moments, sample });
  if (summary === null) return null;
  const quantile = (p: number) => (percentile(sample, p) ?? 0) / 1000;
  return {
    n: summary.n,
    small: isSmall(summary.n),
    headline: summary.headline,
    mean: summary.mean / 1000,
    min: summary.min / 1000,
    max: summary.max / 1000,
    geometricMean: toSeconds(summary.geometricMean),
    median: toSeconds(summary.median),
    p25: quantile(0.25),
    p75: quantile(0.75),
    p90: summary.p90 / 1000,
    p95: quantile(0.95),
    floored: summary.floored,
  };
}

function toSeconds({ estimate, interval, n }: Estimate): Estimate {
  return {
    estimate: estimate / 1000,
    interval: interval && {
      low: interval.low / 1000,
      high: interval.high / 1000,
      level: interval.level,
    },
    n,
  };
}
