import { AppError } from "../errors.ts";
import type { MissionDefinition } from "./definitions.ts";
import { isRemoval } from "./events_removed.ts";
import { deliveryOf } from "./clock_offset.ts";
import type { EventFact, MissionRecord } from "./schema.ts";

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

/** One page of an attempt's events, in the order in which they happened (M-12, M-13). */
export function pageOfEvents(
  records: readonly MissionRecord[],
  query: EventQuery,
  definition: MissionDefinition,
): EventPage {
  const events = orderedEvents(records).filter(({ fact }) =>
    (query.type === undefined || fact.eventType === query.type) &&
    (query.isMissionRelevant === undefined ||
      isMissionRelevant(fact.eventType, definition) === query.isMissionRelevant)
  );
  const after = query.cursor === undefined ? null : parseCursor(query.cursor);
  const first = after === null ? 0 : events.findIndex((record) => isAfter(record, after));
  const limit = query.limit ?? MAX_EVENTS_PER_PAGE;
  const page = first < 0 ? [] : events.slice(first, first + limit);
  const last = page.at(-1);
  const removal = records.findLast(isRemoval)?.fact;
  const hasMore = first >= 0 && first + page.length < events.length;
  return {
    eventCount: events.length,
    events: page.map(({ fact }) => toStoredEvent(fact, definition)),
    hasMore,
    nextCursor: hasMore && last !== undefined ? `${last.fact.at}.${last.position}` : null,
    eventsRemoved: removal?.row === undefined
      ? null
      : { at: removal.at, count: removal.row.eventCount },
  };
}

type EventRecord = MissionRecord<EventFact>;

/** Events by time, those of the same moment by their place in the log. */
export function orderedEvents(records: readonly MissionRecord[]): EventRecord[] {
  return records
    .filter((record): record is EventRecord => record.fact.type === "missions.event_recorded")
    .sort((a, b) => a.fact.at - b.fact.at || a.position - b.position);
}

/** Whether an event belongs to the mission itself; the definition says so, not the client. */
export function isMissionRelevant(eventType: string, definition: MissionDefinition): boolean {
  return definition.relevantEvents.includes(eventType);
}

export function toStoredEvent(fact: EventFact, definition: MissionDefinition): StoredEvent {
  const { eventId, eventType, at, receivedAt, serverProcessingMs, clockOffsetMs } = fact;
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

interface Cursor {
  readonly at: number;
  readonly position: number;
}

function isAfter({ fact, position }: EventRecord, cursor: Cursor): boolean {
  return fact.at > cursor.at || (fact.at === cursor.at && position > cursor.position);
}

function parseCursor(text: string): Cursor {
  const match = /^(\d{1,15})\.(\d{1,15})$/.exec(text);
  if (match !== null) return { at: Number(match[1]), position: Number(match[2]) };
  throw new AppError("VALIDATION_ERROR", "Cursor is not one of ours", {
    details: { field: "cursor", expected: "the nextCursor of the page before" },
  });
}
