import { AppError } from "../errors.ts";
import type { MissionDefinition } from "./definitions.ts";
import { isRemoval } from "./events_removed.ts";
import { deliveryOf } from "./clock_offset.ts";
import { comparePlaces, type EventPlace, inOrder, placeOf } from "./event_order.ts";
import type { EventFact, EventsRemovedFact, MissionRecord } from "./schema.ts";

/** Events given at a time unless asked otherwise, and at most (T-M19). */
export const MAX_EVENTS_PER_PAGE = 1_000;

export interface EventQuery {
  readonly type?: string;
  readonly isMissionRelevant?: boolean;
  readonly limit?: number;
  /** `nextCursor` of the page before. */
  readonly cursor?: string;
}

/** An event as it is read: what came, and what the server knows of it. */
export interface StoredEvent {
  readonly eventId: string;
  readonly eventType: string;
  readonly at: number;
  /** As sent, with `isMissionRelevant` by the definition (T-M25). */
  readonly data: Readonly<Record<string, unknown>>;
  readonly receivedAt: number;
  /** Milliseconds from the event, clock difference removed, to its receipt (T-M09). */
  readonly processingTime: number;
  readonly serverProcessingMs: number;
  readonly clockOffsetMs: number;
  readonly delivery: "live" | "queued";
  readonly clientEventId?: string;
  readonly seq?: number;
  /** By the kiosk's clock, where that had lost its time: `at` is set right then. */
  readonly toldAt?: number;
}

export interface EventPage {
  /** Of all events that the filter lets through. */
  readonly eventCount: number;
  readonly events: readonly StoredEvent[];
  readonly hasMore: boolean;
  readonly nextCursor: string | null;
  /** Null unless the events were removed because of their age; there are none to read then. */
  readonly eventsRemoved: { readonly at: number; readonly count: number } | null;
}

/** One page of an attempt's events, gathered from its history a part at a time. */
export interface GatheredPage {
  /** In the log: from here on is read, and back from here. */
  readonly position: number;
  take(records: readonly MissionRecord[]): void;
  /** True when nothing that came before what was taken stands behind the cursor. */
  isBegun(): boolean;
  /** True when nothing that came after what was taken stands on the page. */
  isFull(): boolean;
  /** In the order in which they happened (M-12, M-13). */
  page(): EventPage;
}

export interface Gathering {
  readonly definition: MissionDefinition;
  /** As the row keeps it; Infinity where all have to be read, as to count what a filter lets through. */
  readonly maxBehindMs: number;
}

/**
 * Parts stand in the order of arrival, and events may have come late: how late at most tells which
 * parts can have some of the page. What is not on it is not held, however long the attempt is.
 * @throws AppError VALIDATION_ERROR for a cursor that is not ours
 */
export function gatherPage(
  query: EventQuery,
  { definition, maxBehindMs }: Gathering,
): GatheredPage {
  const { cursor, limit = MAX_EVENTS_PER_PAGE } = query;
  const after = cursor === undefined ? null : parseCursor(cursor);
  let eventCount = 0;
  let [oldestAt, newestAt] = [Infinity, -Infinity];
  let found: EventRecord[] = [];
  let removal: EventsRemovedFact | null = null;

  return {
    position: after?.position ?? 0,
    take(records) {
      for (const record of records) {
        if (isRemoval(record)) removal = record.fact;
        if (!isEvent(record)) continue;
        oldestAt = Math.min(oldestAt, record.fact.at);
        newestAt = Math.max(newestAt, record.fact.at);
        if (!passes(record.fact, query, definition)) continue;
        eventCount++;
        if (after === null || isAfter(record, after)) found.push(record);
      }
      // One more than the page tells that there are more.
      if (found.length > 2 * limit) found = orderedEvents(found).slice(0, limit + 1);
    },
    isBegun() {
      // Nothing that came before an event happened later than it by more than that.
      return after === null || oldestAt + maxBehindMs < after.at;
    },
    isFull() {
      // Nor does anything that is still to come happen before these.
      const settled = found.filter(({ fact }) => fact.at < newestAt - maxBehindMs);
      return settled.length > limit;
    },
    page() {
      const ordered = orderedEvents(found);
      const page = ordered.slice(0, limit);
      const last = page.at(-1);
      const hasMore = ordered.length > limit;
      return {
        eventCount,
        events: page.map(({ fact }) => toStoredEvent(fact, definition)),
        hasMore,
        nextCursor: hasMore && last !== undefined ? toCursor(placeOf(last)) : null,
        eventsRemoved: removedBy(removal),
      };
    },
  };
}

function passes(fact: EventFact, query: EventQuery, definition: MissionDefinition): boolean {
  const { type, isMissionRelevant: isRelevant } = query;
  return (type === undefined || fact.eventType === type) &&
    (isRelevant === undefined || isMissionRelevant(fact.eventType, definition) === isRelevant);
}

function removedBy(removal: EventsRemovedFact | null): EventPage["eventsRemoved"] {
  if (removal?.row === undefined) return null;
  return { at: removal.at, count: removal.row.eventCount };
}

type EventRecord = MissionRecord<EventFact>;

/** Events by time, those of the same moment by their numbers. */
export function orderedEvents(records: readonly MissionRecord[]): EventRecord[] {
  return inOrder(records.filter(isEvent));
}

function isEvent(record: MissionRecord): record is EventRecord {
  return record.fact.type === "missions.event_recorded";
}

/** Whether an event belongs to the mission itself; the definition says so, not the client. */
export function isMissionRelevant(eventType: string, definition: MissionDefinition): boolean {
  return definition.relevantEvents.includes(eventType);
}

export function toStoredEvent(fact: EventFact, definition: MissionDefinition): StoredEvent {
  const { eventId, eventType, at, receivedAt, serverProcessingMs, clockOffsetMs, toldAt } = fact;
  return {
    eventId,
    eventType,
    at,
    data: withRelevance(fact, definition),
    receivedAt,
    processingTime: deliveryOf(at, receivedAt, clockOffsetMs).processingTime,
    serverProcessingMs,
    clockOffsetMs,
    delivery: fact.delivery,
    clientEventId: fact.clientEventId,
    seq: fact.seq,
    ...(toldAt === undefined ? {} : { toldAt }),
  };
}

function withRelevance({ eventType, data }: EventFact, definition: MissionDefinition) {
  const relevant = isMissionRelevant(eventType, definition);
  const told = data.isMissionRelevant;
  const differs = told !== undefined && told !== relevant;
  return {
    ...data,
    isMissionRelevant: relevant,
    ...(differs ? { clientIsMissionRelevant: told } : {}),
  };
}

function isAfter(record: EventRecord, cursor: EventPlace): boolean {
  return comparePlaces(placeOf(record), cursor) > 0;
}

function toCursor({ at, seq, position }: EventPlace): string {
  return `${at}.${seq}.${position}`;
}

function parseCursor(text: string): EventPlace {
  const match = /^(\d{1,15})\.(\d{1,10})\.(\d{1,15})$/.exec(text);
  if (match !== null) {
    const [at, seq, position] = match.slice(1).map(Number);
    return { at, seq, position };
  }
  throw new AppError("VALIDATION_ERROR", "Cursor is not one of ours", {
    details: { field: "cursor", expected: "the nextCursor of the page before" },
  });
}
