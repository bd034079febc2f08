import type { MissionDefinition } from "../definitions.ts";
import { funnel, type FunnelStep, slowSteps } from "../statistics/mod.ts";
import type { DetailSums } from "./detail.ts";
import { type PartialResult, samplesOf } from "./partial.ts";
import { isSmall, type Small } from "./small.ts";
import { type TimeStatistics, timeStatistics } from "./time_statistics.ts";

/** The steps of a mission, each counted only with all before it done first (D-12, strict). */
export interface MissionFunnel extends Small {
  readonly attempts: number;
  readonly order: "strict";
  readonly steps: readonly MissionFunnelStep[];
  /** With the largest drop; null without attempts. */
  readonly mostAbandoned: number | null;
}

export interface MissionFunnelStep extends FunnelStep {
  /** Seconds from the step before, or from the start. */
  readonly time: TimeStatistics | null;
  /** Its mean time is more than twice the mean of all steps. */
  readonly slow: boolean;
}

export function missionFunnel(
  { attempts, sums, detail, steps }: {
    attempts: number;
    sums: DetailSums;
    detail: readonly PartialResult<DetailSums>[];
    steps: MissionDefinition["steps"];
  },
): MissionFunnel {
  const numbers = steps.map(({ step }) => step);
  const completions = numbers.map((step) => sums.strictSteps[step] ?? 0);
  const found = funnel({ attempts, completions });
  const times = numbers.map((step) =>
    timeStatistics(samplesOf(detail, `step${step}`), sums.moments[`step${step}`])
  );
  const slow = slowSteps(times.map((time) => time?.mean ?? null));
  return {
    attempts,
    small: isSmall(attempts),
    order: "strict",
    steps: found.steps.map((each, i) => ({
      ...each,
      step: numbers[i],
      time: times[i],
      slow: slow.includes(i + 1),
    })),
    mostAbandoned: found.mostAbandoned === null ? null : numbers[found.mostAbandoned - 1],
  };
}
