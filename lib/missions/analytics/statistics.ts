import type { Turn } from "../../turns.ts";
import type { MissionDefinition } from "../definitions.ts";
import {
  type CompletionRate,
  completionRate,
  type Ease,
  ease,
  type Efficiency,
  efficiency,
  netEase,
  type NetShare,
  type PathShare,
  pathShares,
  type Rate,
  rate,
} from "../statistics/mod.ts";
import { addCoreSums, attemptsOf, type CoreSums } from "./core.ts";
import { addDetailSums, type DetailSums } from "./detail.ts";
import { toDistribution, totalAttempts } from "./figures.ts";
import { type MissionFunnel, missionFunnel } from "./funnel_statistics.ts";
import { type PartialResult, samplesOf } from "./partial.ts";
import { isSmall, marked, type Small } from "./small.ts";
import { type Ending, ENDINGS } from "./task.ts";
import { type MissionLostness, missionLostness } from "./lostness_statistics.ts";
import { type TaskSurvival, taskSurvival } from "./survival_statistics.ts";
import { type TimeStatistics, timeStatistics } from "./time_statistics.ts";

/**
 * Statistics beside the document's figures (spec/statistics.md). Shares from 0 to 1, times in
 * seconds, intervals at 95 % unless they say another level, nothing rounded; null where there is
 * no data.
 */
export interface MissionStatistics {
  readonly attempts: number;
  /** Completed among the ended (D-1). */
  readonly completion: (CompletionRate & Small) | null;
  /** Each way of ending among the ended (D-11). */
  readonly endings: Readonly<Record<Ending, (Rate & Small) | null>>;
  /** Of the completed attempts; `timeOnTask` is the one to quote (T-M10, D-2, D-3). */
  readonly times: {
    readonly timeOnTask: TimeStatistics | null;
    readonly totalDuration: TimeStatistics | null;
    readonly activeTime: TimeStatistics | null;
  };
  /** D-4, with the net of 4 and 5 against 1 and 2 (D-5). */
  readonly ease: (Ease & Small & { readonly net: NetShare | null }) | null;
  /** For a mission with steps (D-12). */
  readonly funnel: MissionFunnel | null;
  /** For a mission with paths (D-13). */
  readonly paths: readonly (PathShare & Small)[] | null;
  readonly survival: TaskSurvival | null;
  readonly lostness: MissionLostness | null;
  readonly efficiency: Efficiency | null;
}

export interface StatisticsParts {
  readonly core: readonly PartialResult<CoreSums>[];
  readonly detail: readonly PartialResult<DetailSums>[];
}

/** `definition` is null for all missions together. The event loop turns between the figures. */
export async function missionStatistics(
  { core, detail }: StatisticsParts,
  { definition, turn }: { definition: MissionDefinition | null; turn: Turn },
): Promise<MissionStatistics> {
  const sums = addCoreSums(core.map((part) => part.sums));
  const more = addDetailSums(detail.map((part) => part.sums));
  const attempts = totalAttempts(sums);
  const ended = attemptsOf(sums, ["completed", "quitted", "expired"]);
  const completions = sums.byStatus.completed;
  const { steps = [], paths = [] } = definition ?? {};
  const time = async (sorted: readonly Int32Array[], name: string) => {
    await turn();
    return timeStatistics(sorted, more.moments[name]);
  };
  return {
    attempts,
    completion: marked(completionRate({ successes: completions, n: ended })),
    endings: endingRates(more, ended),
    times: {
      timeOnTask: await time(samplesOf(detail, "success"), "success"),
      totalDuration: await time(samplesOf(core, "total"), "total"),
      activeTime: await time(samplesOf(detail, "active"), "active"),
    },
    ease: easeOf(sums),
    funnel: steps.length === 0 ? null : missionFunnel({
      attempts,
      strictSteps: more.strictSteps,
      steps: steps.map(({ step }) => step),
      times: await Array.fromAsync(
        steps,
        ({ step }) => time(samplesOf(detail, `step${step}`), `step${step}`),
      ),
    }),
    paths: paths.length === 0 ? null : pathSharesOf(sums, paths),
    survival: await taskSurvival(detail, turn),
    lostness: missionLostness(more.pages),
    efficiency: efficiency({ completions, activeMs: more.activeMs, successMs: more.successMs }),
  };
}

function endingRates({ endings }: DetailSums, n: number): MissionStatistics["endings"] {
  const rateOf = (ending: Ending) => marked(rate({ successes: endings[ending] ?? 0, n }));
  const [direct, indirect, user, idle, reset, expired] = ENDINGS.map(rateOf);
  return { direct, indirect, user, idle, reset, expired };
}

function easeOf({ ratings }: CoreSums): MissionStatistics["ease"] {
  const counts = toDistribution(ratings);
  const found = marked(ease(counts));
  return found && { ...found, net: netEase(counts, 4) };
}

/** Shares of each path among the completions that took one. */
export function pathSharesOf(
  sums: CoreSums,
  paths: MissionDefinition["paths"],
): readonly (PathShare & Small)[] {
  const counts = paths.map(({ path }) => ({ path, count: sums.paths[path]?.count ?? 0 }));
  return pathShares(counts).map((each) => ({ ...each, small: isSmall(each.share.n) }));
}
