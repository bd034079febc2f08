import { toIso } from "../../lib/clock.ts";
import type { Overview } from "../../lib/missions/view.ts";
import { type AnalyticsRoutesDeps, loadOf } from "../api/analytics.ts";

/** The figures of this moment; those of each mission are not counted yet. */
export async function overviewOf(deps: AnalyticsRoutesDeps): Promise<Overview> {
  const activeConnections = deps.connections();
  const { inProgressAttempts, completedToday, quittedToday } = await deps.missions.realtime();
  return {
    asOf: toIso(deps.clock.now()),
    activeConnections,
    inProgress: inProgressAttempts,
    completedToday,
    quitToday: quittedToday,
    load: loadOf(activeConnections, deps.eventLoopLagMs()),
    missions: deps.missions.missions.all.map(({ missionType, name }) => ({
      missionType,
      name,
      inProgress: 0,
      completed: 0,
      quit: 0,
      expired: 0,
      avgSeconds: null,
      avgRating: null,
    })),
  };
}
