import type { Fact } from "../log/mod.ts";
import type { AttemptStore } from "./attempt_store.ts";
import { type EventFact, isMissionFact, type MissionFact } from "./schema.ts";

/** A mission event as it is told to who counts events of any kind. */
export interface MissionEvent {
  readonly eventId: string;
  readonly eventType: string;
  /** Of the visitor; null when the attempt is not known any more. */
  readonly sessionId: string | null;
  readonly kioskId: string | null;
  /** By the kiosk's clock, epoch milliseconds. */
  readonly at: number;
  /** By ours. */
  readonly happenedAt: number;
  readonly receivedAt: number;
  /** Of a page view, if it says one. */
  readonly referrer: string | null;
}

/** Tells events from the facts of the log. */
export interface EventSource {
  /**
   * What each of the facts tells, in the order of the log; null for what is no event of a visitor:
   * another fact, or one of an excluded attempt.
   */
  read(facts: readonly Fact[]): Promise<(MissionEvent | null)[]>;
}

/** What an event does not say itself. */
interface Visit {
  readonly sessionId: string | null;
  readonly kioskId: string | null;
  isExcluded: boolean;
}

/** Attempts that are remembered; of others the row is read. */
const MAX_VISITS = 10_000;

/** @param attempts for attempts that began before the first fact that is read */
export function createEventSource(attempts: Pick<AttemptStore, "find">): EventSource {
  const visits = new Map<string, Visit>();

  function remember(attemptId: string, visit: Visit): Visit {
    visits.set(attemptId, visit);
    if (visits.size > MAX_VISITS) visits.delete(visits.keys().next().value!);
    return visit;
  }

  function learn(fact: MissionFact): void {
    if (fact.type === "missions.attempt_started") {
      const { attemptId, sessionId, kioskId, test } = fact;
      remember(attemptId, { sessionId, kioskId, isExcluded: test === true });
      return;
    }
    const visit = visits.get(fact.attemptId);
    if (visit === undefined) return;
    if (fact.type === "missions.excluded") visit.isExcluded = true;
    if (fact.type === "missions.included") visit.isExcluded = false;
  }

  async function readVisit(attemptId: string): Promise<Visit> {
    const row = await attempts.find(attemptId);
    return remember(attemptId, {
      sessionId: row?.sessionId ?? null,
      kioskId: row?.kioskId ?? null,
      isExcluded: row !== null && row.exclusion !== null,
    });
  }

  return {
    async read(facts) {
      const events: (MissionEvent | null)[] = [];
      for (const fact of facts) {
        const isMission = isMissionFact(fact);
        if (isMission && fact.type === "missions.event_recorded") {
          const { attemptId } = fact;
          const visit = visits.get(attemptId) ?? await readVisit(attemptId);
          events.push(visit.isExcluded ? null : toMissionEvent(fact, visit));
        } else {
          if (isMission) learn(fact);
          events.push(null);
        }
      }
      return events;
    },
  };
}

function toMissionEvent(fact: EventFact, { sessionId, kioskId }: Visit): MissionEvent {
  const { eventId, eventType, at, receivedAt, clockOffsetMs, data } = fact;
  return {
    eventId,
    eventType,
    sessionId,
    kioskId,
    at,
    happenedAt: at - clockOffsetMs,
    receivedAt,
    referrer: typeof data.referrer === "string" ? data.referrer : null,
  };
}
