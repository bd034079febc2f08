import { toIso } from "../clock.ts";
import { createDoorbell } from "../log/doorbell.ts";
import type { FactLog, LogRecord } from "../log/mod.ts";
import type { AttemptStore } from "./attempt_store.ts";
import type { MissionDefinition, Missions } from "./definitions.ts";
import { eventFacts } from "./event_facts.ts";
import { isMissionRelevant } from "./event_page.ts";
import { pathNumber } from "./journey.ts";
import { pageOf } from "./match.ts";
import { type EventFact, isMissionFact, type MissionFact } from "./schema.ts";
import type { LiveEvent } from "./view.ts";

/** The newest events of all attempts, for pages that watch (M-48). */
export interface LiveFeed {
  /** Of the newest fact that was looked at. */
  position(): number;
  /**
   * Events after a position in log order; null when there were too many, or they are no longer
   * kept: the page then takes a snapshot instead of a queue.
   */
  since(position: number): readonly LiveEvent[] | null;
  /** All that are kept, in log order; none is missing after `since`. */
  kept(): { readonly events: readonly LiveEvent[]; readonly since: number };
  /** Resolves when there is more than up to `position`, at the signal, or after a while. */
  wait(position: number, signal: AbortSignal, atMostMs: number): Promise<void>;
  /** Keeps the feed going while somebody watches; the result lets go. */
  watch(): Promise<() => void>;
  close(): Promise<void>;
}

export interface LiveFeedDeps {
  readonly log: FactLog;
  readonly attempts: AttemptStore;
  readonly missions: Missions;
  /** Told of a read that failed; it is tried again. */
  readonly onError: (error: unknown) => void;
}

/** Events kept, and facts read at once: a page shows 200. */
const KEPT = 400;
const MAX_READ = 4_000;
/** How soon the feed notices that nobody watches any more. */
const LOOK_AROUND_MS = 1_000;
/** Attempts whose mission and page are remembered. */
const MAX_ATTEMPTS = 5_000;

/** What an event's sentence needs and the event itself does not say. */
interface Visit {
  readonly definition: MissionDefinition;
  page: string | null;
}

export function createLiveFeed({ log, attempts, missions, onError }: LiveFeedDeps): LiveFeed {
  const visits = new Map<string, Visit>();
  let events: LiveEvent[] = [];
  let position = 0;
  /** Events after this position are all in `events`. */
  let completeSince = 0;
  let watchers = 0;
  /** Under way while somebody watches; `begun` when it has caught up. */
  let begun: Promise<void> | null = null;
  let loop: Promise<void> = Promise.resolve();
  const closing = new AbortController();
  const moved = createDoorbell();

  /** Starts near the head: what is older is in the lists. */
  async function begin(): Promise<void> {
    events = [];
    position = completeSince = Math.max(0, log.head() - KEPT);
    while (await readOn());
  }

  /** Until nobody watches. What cannot be read now is read a second later. */
  async function follow(): Promise<void> {
    while (watchers > 0 && !closing.signal.aborted) {
      try {
        if (await readOn()) moved.ring();
        else await log.wait(position, closing.signal, LOOK_AROUND_MS);
      } catch (error) {
        onError(error);
        await moved.wait(closing.signal, LOOK_AROUND_MS);
      }
    }
    begun = null;
  }

  async function readOn(): Promise<boolean> {
    const records = await log.read(position, MAX_READ);
    if (records.length === 0) return false;
    const shown = records.slice(-KEPT);
    for (const { fact } of records) if (isMissionFact(fact)) learn(fact);
    for (const record of shown) {
      const event = await toLiveEvent(record);
      if (event !== null) events.push(event);
    }
    position = records[records.length - 1].position;
    if (shown.length < records.length) completeSince = shown[0].position - 1;
    if (events.length > KEPT) {
      completeSince = Math.max(completeSince, events[events.length - KEPT - 1].position);
      events = events.slice(-KEPT);
    }
    return true;
  }

  function learn(fact: MissionFact): void {
    if (fact.type !== "missions.attempt_started") return;
    const definition = missions.version(fact.missionType, fact.missionVersion);
    visits.set(fact.attemptId, { definition, page: null });
    if (visits.size <= MAX_ATTEMPTS) return;
    for (const oldest of visits.keys()) {
      visits.delete(oldest);
      return;
    }
  }

  async function visitOf(attemptId: string): Promise<Visit | null> {
    const known = visits.get(attemptId);
    if (known !== undefined) return known;
    const row = await attempts.find(attemptId);
    if (row === null) return null;
    const definition = missions.version(row.missionType, row.missionVersion);
    const visit = { definition, page: row.journey.page };
    visits.set(attemptId, visit);
    return visit;
  }

  async function toLiveEvent({ fact, position }: LogRecord): Promise<LiveEvent | null> {
    if (!isMissionFact(fact) || fact.type !== "missions.event_recorded") return null;
    const visit = await visitOf(fact.attemptId);
    if (visit === null) return null;
    if (fact.eventType === "page_view") visit.page = pageOf(fact) ?? visit.page;
    return describe(fact, position, visit);
  }

  return {
    position: () => position,
    since(after) {
      if (after < completeSince || after > position) return null;
      return events.filter((event) => event.position > after);
    },
    kept: () => ({ events, since: completeSince }),
    async wait(after, signal, atMostMs) {
      if (position <= after) await moved.wait(signal, atMostMs);
    },
    async watch() {
      watchers++;
      if (begun === null) {
        begun = begin();
        // Whoever waits for the beginning hears of its failure.
        loop = begun.then(follow, () => {});
      }
      try {
        await begun;
      } catch (error) {
        begun = null;
        watchers--;
        throw error;
      }
      return () => void watchers--;
    },
    async close() {
      closing.abort();
      await loop;
    },
  };
}

function describe(fact: EventFact, position: number, { definition, page }: Visit): LiveEvent {
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
