import { funnel, type FunnelStep, slowSteps } from "../statistics/mod.ts";
import type { DetailSums } from "./detail.ts";
import { isSmall, type Small } from "./small.ts";
import type { TimeStatistics } from "./time_statistics.ts";

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

export interface FunnelParts {
  readonly attempts: number;
  /** Attempts by step, with all steps before it done first. */
  readonly strictSteps: DetailSums["strictSteps"];
  /** Their numbers, in order. */
  readonly steps: readonly number[];
  /** Of each step. */
  readonly times: readonly (TimeStatistics | null)[];
}

export function missionFunnel({ attempts, strictSteps, steps, times }: FunnelParts): MissionFunnel {
  const completions = steps.map((step) => strictSteps[step] ?? 0);
  const found = funnel({ attempts, completions });
  const slow = slowSteps(times.map((time) => time?.mean ?? null));
  return {
    attempts,
    small: isSmall(attempts),
    order: "strict",
    steps: found.steps.map((each, i) => ({
      ...each,
      step: steps[i],
      time: times[i],
      slow: slow.includes(i + 1),
    })),
    mostAbandoned: found.mostAbandoned === null ? null : steps[found.mostAbandoned - 1],
  };
}
