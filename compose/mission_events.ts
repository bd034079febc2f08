import {
  type CountedEvent,
  DIRECT,
  hostOf,
  type ReadForeign,
  UNKNOWN,
} from "../lib/metrics/mod.ts";
import type { MissionEvent, MissionsService } from "../lib/missions/mod.ts";

/** Of the hall, as it is set; null where it is not. */
export type Country = string | null;

/**
 * Mission events as the metrics count them: a visitor session is a user, what streams is a kiosk,
 * and a kiosk stands where the exhibition is (T-E04, T-E09, T-E10).
 */
export function missionEvents(
  source: MissionsService["eventSource"],
  country: Country,
): ReadForeign {
  const toCounted = (event: MissionEvent): CountedEvent => {
    const { eventId, eventType, sessionId, kioskId, at, happenedAt, receivedAt, referrer } = event;
    return {
      eventId,
      eventName: eventType,
      userId: sessionId ?? UNKNOWN,
      person: sessionId === null ? null : `session ${sessionId}`,
      timestamp: at,
      at: Math.min(happenedAt, receivedAt),
      receivedAt,
      country: country ?? UNKNOWN,
      device: "kiosk",
      // Addresses within the application name no site.
      referrer: hostOf(referrer ?? "") ?? DIRECT,
      kioskId,
    };
  };
  return async (facts) =>
    (await source.read(facts)).map((event) => event === null ? null : toCounted(event));
}
