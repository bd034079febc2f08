import { type Histogram, histogramSize } from "./histogram.ts";
import { clipInterval, type ClippedInterval, type Scale, Z } from "./interval.ts";
import { meanHalfWidth, momentsOf, varianceOf } from "./moments.ts";
import { type Rate, rate } from "./rates.ts";

/** How often each rating of the five-point ease scale was given. Adds up over parts. */
export type RatingCounts = Readonly<Record<1 | 2 | 3 | 4 | 5, number>>;

/** The ratings as a histogram, to compare two groups by `mannWhitney`. */
export function ratingHistogram(counts: RatingCounts): Histogram {
  return ([1, 2, 3, 4, 5] as const)
    .map((rating) => [rating, counts[rating]] as const)
    .filter(([, count]) => count > 0);
}

const FIVE_POINTS: Scale = { min: 1, max: 5 };

/** Ease of a mission as its visitors rated it. */
export interface Ease {
  readonly n: number;
  readonly mean: number;
  /** Standard deviation with n − 1; null for n < 2. */
  readonly sd: number | null;
  /** Null for n < 2 and when all ratings are equal. */
  readonly interval: ClippedInterval | null;
  /** The mean on 0–100. */
  readonly score: number;
  /** The mean on the seven points of the Single Ease Question, for a rough comparison only. */
  readonly sevenPoint: number;
  /** Share of ratings 4 and 5. */
  readonly topTwo: Rate;
}

/**
 * Mean ease and its conversions; null without ratings.
 * Source: Sauro (measuringu.com/convert-point-scales); Colman 1997 (D-4).
 */
export function ease(counts: RatingCounts): Ease | null {
  const moments = momentsOf(ratingHistogram(counts));
  const { n, mean } = moments;
  const topTwo = rate({ successes: counts[4] + counts[5], n });
  if (topTwo === null) return null;
  const halfWidth = meanHalfWidth(moments);
  const variance = varianceOf(moments);
  return {
    n,
    mean,
    sd: variance === null ? null : Math.sqrt(variance),
    interval: halfWidth === null
      ? null
      : clipInterval({ center: mean, halfWidth, scale: FIVE_POINTS }),
    score: (mean - 1) / 4 * 100,
    sevenPoint: (mean - 1) / 4 * 6 + 1,
    topTwo,
  };
}

/** Top answers minus bottom answers. */
export interface NetShare {
  readonly n: number;
  /** Share of the top minus share of the bottom, −1 to 1. */
  readonly estimate: number;
  readonly standardError: number;
  /** Centre of the interval: the estimate of the sample with the added answers. */
  readonly adjusted: number;
  readonly interval: ClippedInterval;
}

const NET_SCALE: Scale = { min: -1, max: 1 };
/** Answers added for the interval: three in all, ¾ at the top and ¾ at the bottom (Rocks 2016). */
const ADDED = 3;
const ADDED_AT_AN_END = 0.75;

/**
 * Share of top answers minus share of bottom answers, as in the Net Promoter Score, with the
 * adjusted-Wald interval. Null without answers or with impossible counts.
 * Source: Rocks 2016; measuringu.com/nps-three-confidence-intervals (D-5).
 */
export function netShare(
  { top, bottom, n }: { top: number; bottom: number; n: number },
): NetShare | null {
  if (!(n > 0) || top < 0 || bottom < 0 || top + bottom > n) return null;
  const plain = netOf({ top, bottom, n });
  const { net, standardError } = netOf({
    top: top + ADDED_AT_AN_END,
    bottom: bottom + ADDED_AT_AN_END,
    n: n + ADDED,
  });
  return {
    n,
    estimate: plain.net,
    standardError: plain.standardError,
    adjusted: net,
    interval: clipInterval({ center: net, halfWidth: Z * standardError, scale: NET_SCALE }),
  };
}

function netOf({ top, bottom, n }: { top: number; bottom: number; n: number }) {
  const net = (top - bottom) / n;
  return { net, standardError: Math.sqrt(((top + bottom) / n - net * net) / n) };
}

/** Net ease: ratings from `topFrom` up count as top, 1 and 2 as bottom; null without ratings. */
export function netEase(counts: RatingCounts, topFrom: 4 | 5): NetShare | null {
  const n = histogramSize(ratingHistogram(counts));
  const top = counts[5] + (topFrom === 4 ? counts[4] : 0);
  return netShare({ top, bottom: counts[1] + counts[2], n });
}
