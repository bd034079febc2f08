import { createAuth } from "../lib/auth/mod.ts";
import { openMetrics } from "../lib/metrics/mod.ts";
import { openMissions, SHIPPED_MISSIONS } from "../lib/missions/mod.ts";
import type { Base } from "./base.ts";
import { missionEvents } from "./mission_events.ts";
import type { Parts } from "./parts.ts";

export type Domains = Awaited<ReturnType<typeof composeDomains>>;

/** Opens the domains, and hands one what it needs of another. */
export async function composeDomains(base: Base, parts: Parts) {
  const { config } = base;
  const missions = await openMissions({
    ...base,
    definitions: parts.definitions ?? SHIPPED_MISSIONS,
    timeZone: config.exhibition.timeZone,
    onRefusal: base.observation.refusal,
    onFeedError: base.fault("Live feed could not read on, it tries again"),
  });
  const metrics = await openMetrics({
    ...base,
    timeZone: config.exhibition.timeZone,
    conversionEvents: config.metrics.conversionEvents,
    readForeign: missionEvents(missions.eventSource, config.exhibition.country),
    async attemptsEnded(span) {
      const { ended, completed } = await missions.endedIn(span);
      return { converted: completed, total: ended };
    },
    measured: base.recentWork.measured,
    onOutcomes: base.observation.events,
    onListenerError: base.fault("Listener of the metrics failed"),
  });
  const auth = createAuth({ ...base, environment: config.auth });
  return { missions, metrics, auth };
}
