import { toIso } from "../clock.ts";
import type { LogRecord } from "../log/mod.ts";
import type { AttemptStore } from "./attempt_store.ts";
import type { MissionDefinition, Missions } from "./definitions.ts";
import { eventFacts } from "./event_facts.ts";
import { isMissionRelevant } from "./event_page.ts";
import { pathNumber } from "./journey.ts";
import { pageOf } from "./match.ts";
import { type AttemptRow, type EventFact, isMissionFact, type StartedFact } from "./schema.ts";
import type { LiveEvent } from "./view.ts";

/** One event as live pages get it. */
export interface FeedEvent {
  readonly event: LiveEvent;
  /** Written once, for all pages. */
  readonly json: string;
}

export interface Told {
  readonly told: readonly FeedEvent[];
  /** Position of the last event that is not among them; 0 when all are. */
  readonly leftOut: number;
}

/** Tells events with what they do not say themselves: their mission, and on which path they are. */
export interface LiveVisits {
  /** Takes in the next records of the log: cheap, so that it can be done for each commit. */
  take(records: readonly LogRecord[]): void;
  /** What was taken in since the last time; of very many the last ones. */
  tell(): Promise<Told>;
  /** Starts anew, when records were passed over. */
  forget(): void;
}

interface Visit {
  readonly definition: MissionDefinition;
  page: string | null;
}

/** An event that is not told yet, and where the visitor was; null where that is to be looked up. */
interface Pending {
  readonly position: number;
  readonly fact: EventFact;
  readonly visit: Readonly<Visit> | null;
}

/** Attempts whose mission and page are remembered. */
const MAX_ATTEMPTS = 5_000;

export interface LiveVisitsDeps {
  readonly attempts: AttemptStore;
  readonly missions: Missions;
}

/** @param atMost events that are told at once */
export function createLiveVisits(
  { attempts, missions }: LiveVisitsDeps,
  atMost: number,
): LiveVisits {
  const visits = new Map<string, Visit>();
  let pending: Pending[] = [];

  function remember(
    { attemptId, missionType, missionVersion }: StartedFact | AttemptRow,
    page: string | null,
  ): void {
    visits.set(attemptId, { definition: missions.version(missionType, missionVersion), page });
    if (visits.size <= MAX_ATTEMPTS) return;
    for (const oldest of visits.keys()) {
      visits.delete(oldest);
      return;
    }
  }

  function takeEvent(fact: EventFact, position: number): void {
    const visit = visits.get(fact.attemptId);
    if (visit !== undefined && fact.eventType === "page_view") {
      visit.page = pageOf(fact) ?? visit.page;
    }
    pending.push({ position, fact, visit: visit === undefined ? null : { ...visit } });
    // Cut rarely, it copies.
    if (pending.length > 4 * atMost) pending = pending.slice(-2 * atMost);
  }

  /** Those attempts that the store knows, where they are now. */
  async function lookUp(events: readonly Pending[]): Promise<void> {
    const unknown = new Set<string>();
    for (const { fact, visit } of events) if (visit === null) unknown.add(fact.attemptId);
    for (const row of await attempts.findMany([...unknown])) {
      if (row !== null && !visits.has(row.attemptId)) remember(row, row.journey.page);
    }
  }

  return {
    forget() {
      visits.clear();
      pending = [];
    },
    take(records) {
      for (const { fact, position } of records) {
        if (!isMissionFact(fact)) continue;
        if (fact.type === "missions.attempt_started") remember(fact, null);
        if (fact.type === "missions.event_recorded") takeEvent(fact, position);
      }
    },
    async tell() {
      const taken = pending;
      pending = [];
      try {
        await lookUp(taken.slice(-atMost));
      } catch (error) {
        pending = [...taken, ...pending];
        throw error;
      }
      let leftOut = taken[taken.length - atMost - 1]?.position ?? 0;
      const told: FeedEvent[] = [];
      for (const { fact, position, visit: known } of taken.slice(-atMost)) {
        const visit = known ?? visits.get(fact.attemptId);
        if (visit === undefined) leftOut = position;
        else told.push(toFeedEvent(toLiveEvent(fact, position, visit)));
      }
      return { told, leftOut };
    },
  };
}

function toFeedEvent(event: LiveEvent): FeedEvent {
  return { event, json: JSON.stringify(event) };
}

function toLiveEvent(
  fact: EventFact,
  position: number,
  { definition, page }: Readonly<Visit>,
): LiveEvent {
  return {
    position,
    attemptId: fact.attemptId,
    missionType: definition.missionType,
    eventType: fact.eventType,
    timestamp: toIso(fact.at),
    receivedAt: toIso(fact.receivedAt),
    isMissionRelevant: isMissionRelevant(fact.eventType, definition),
    facts: eventFacts({
      eventType: fact.eventType,
      data: fact.data,
      path: pathNumber(fact, definition, page),
    }),
  };
}
