/**
 * Statistics of missions as pure functions, from counts, moments and histograms that merge over
 * parts. Inputs are finite. A result is plain JSON without NaN or Infinity: null stands where there
 * is no data or where the formula has no value, as each function says.
 */
export type { ClippedInterval, Estimate, Interval } from "./interval.ts";

// Partial results: what is kept of an hour, and how hours add up.
export { type Histogram, histogramSize, mergeHistograms, toHistogram } from "./histogram.ts";
export {
  meanOf,
  mergeMoments,
  type Moments,
  momentsOf,
  NO_MOMENTS,
  varianceOf,
} from "./moments.ts";
export {
  mergeTimeMoments,
  MIN_LOG_TIME_MS,
  NO_TIME_MOMENTS,
  type TimeMoments,
  timeMoments,
} from "./times.ts";

// Rates and ratings: D-1, D-4, D-5.
export {
  type AdjustedWald,
  adjustedWald,
  type CompletionRate,
  completionRate,
  type Rate,
  rate,
  type Share,
} from "./rates.ts";
export {
  type Ease,
  ease,
  netEase,
  type NetShare,
  netShare,
  type RatingCounts,
  ratingHistogram,
} from "./ratings.ts";

// Times: D-2, D-3, D-9.
export { geometricMean, summariseTimes, type TimeSummary } from "./times.ts";
export {
  histogramValues,
  medianEstimate,
  medianInterval,
  type OrderedSample,
  percentile,
  sortedValues,
} from "./quantiles.ts";
export type { SurvivalTimes } from "./risk_table.ts";
export {
  type DoneShare,
  isHalfDone,
  lastTimeOf,
  restrictedMean,
  shareDoneBy,
  type Spread,
  spreadOf,
  type SurvivalStep,
  survivalSteps,
} from "./survival.ts";
export { cumulativeIncidence, type IncidenceStep } from "./competing_risks.ts";

// Comparisons and planning: D-6, D-7, D-8.
export { compareRates, type RateComparison, type RateDifference } from "./compare_rates.ts";
export { compareTimes, type MeanComparison, type TimeComparison, welch } from "./compare_means.ts";
export { mannWhitney, type RankComparison } from "./mann_whitney.ts";
export {
  hoursUntil,
  type Precision,
  ratePrecision,
  rateSampleSize,
  timeSampleSize,
} from "./sample_size.ts";

// Ways through a mission: D-10 to D-13.
export { type Lostness, lostness, lostnessOf, type PageCounts } from "./lostness.ts";
export { type EndCounts, type EndKind, endRates, successKind, type Way, wayOf } from "./success.ts";
export { type Efficiency, efficiency, type EfficiencySums, mazeScore } from "./efficiency.ts";
export { countedSteps, type DefinedStep, type FunnelOrder } from "./funnel_steps.ts";
export { type Funnel, funnel, type FunnelStep, slowSteps } from "./funnel.ts";
export {
  mergeLinks,
  type PathEnd,
  type PathLink,
  pathLinks,
  type SankeyLink,
} from "./path_links.ts";
export { sankey } from "./sankey.ts";
export { type ChainPage, type PageChain, pageChain } from "./page_chain.ts";
export { type PathShare, pathShares } from "./path_shares.ts";

// Exhibition measures: D-14.
export { attractionPower, holdingPower, sweepRate } from "./exhibition.ts";
