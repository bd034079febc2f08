import { type Clock, toIso } from "../../../lib/clock.ts";
import type { MissionsService, MissionToday } from "../../../lib/missions/mod.ts";
import type { MissionFigures, MissionLabel, Overview } from "../../../lib/missions/view.ts";
import { loadOf } from "../../api/analytics.ts";
import { missionLabels } from "./labels.ts";

export interface OverviewDeps {
  readonly clock: Clock;
  readonly missions: MissionsService;
  readonly connections: () => number;
  readonly eventLoopLagMs: () => number;
}

/** Figures are counted at most this often, however many pages watch. */
const SHARED_MS = 500;

/** The figures of this moment for all pages that watch (M-47). */
export function createOverview(deps: OverviewDeps): () => Promise<Overview> {
  let counted: { at: number; overview: Promise<Overview> } | null = null;
  return () => {
    const now = deps.clock.monotonic();
    if (counted === null || now - counted.at >= SHARED_MS) {
      const fresh = { at: now, overview: count(deps) };
      counted = fresh;
      // A count that failed is nobody else's.
      fresh.overview.catch(() => {
        if (counted === fresh) counted = null;
      });
    }
    return counted.overview;
  };
}

async function count(deps: OverviewDeps): Promise<Overview> {
  const { missions, connections, clock } = deps;
  const today = await missions.today();
  const figures = missionLabels(missions.missions).flatMap((label) => {
    const figure = today.find((it) => it.missionType === label.missionType);
    return figure === undefined ? [] : [toFigures(label, figure)];
  });
  const sum = (read: (of: (typeof figures)[number]) => number) =>
    figures.reduce((total, mission) => total + read(mission), 0);
  const activeConnections = connections();
  return {
    asOf: toIso(clock.now()),
    activeConnections,
    inProgress: sum((it) => it.inProgress),
    completedToday: sum((it) => it.completed),
    quitToday: sum((it) => it.quit),
    load: loadOf(activeConnections, deps.eventLoopLagMs()),
    missions: figures,
  };
}

function toFigures(label: MissionLabel, figure: MissionToday): MissionFigures {
  const { inProgress, completed, quitted, expired, meanSeconds, meanRating } = figure;
  return {
    ...label,
    inProgress,
    completed,
    quit: quitted,
    expired,
    avgSeconds: meanSeconds,
    avgRating: meanRating,
  };
}
