import type { MissionDefinition } from "../definitions.ts";
import { type StoredEvent, toStoredEvent } from "../event_page.ts";
import type { AttemptRow, EventFact } from "../schema.ts";
import { columnMaker } from "./column.ts";

/** An event with its attempt. */
export interface EventSource {
  readonly row: AttemptRow;
  readonly event: StoredEvent;
}

export function eventSource(
  row: AttemptRow,
  fact: EventFact,
  definition: MissionDefinition,
): EventSource {
  return { row, event: toStoredEvent(fact, definition) };
}

const { text, number, flag, time, object } = columnMaker<EventSource>();

/** Columns of `entity=events`: a record per event. */
export const EVENT_COLUMNS = [
  text("eventId", "Id of the event", ({ event }) => event.eventId),
  text("attemptId", "Attempt that it belongs to", ({ row }) => row.attemptId),
  text("sessionId", "Visitor's session, an id made by the client", ({ row }) => row.sessionId),
  text("missionType", "Mission that was played", ({ row }) => row.missionType),
  text("eventType", "Kind of event, as sent", ({ event }) => event.eventType),
  time("timestamp", "When it happened, by the kiosk's clock", ({ event }) => event.at),
  number(
    "sinceStart",
    "From the attempt's start to the event",
    ({ row, event }) => (event.at - row.startAt) / 1000,
    "s",
  ),
  time("receivedAt", "When it arrived, by the server's clock", ({ event }) => event.receivedAt),
  number(
    "processingTime",
    "From the event to its arrival, the difference of the clocks removed",
    ({ event }) => event.processingTime,
    "ms",
  ),
  number(
    "serverProcessingTime",
    "From its arrival to the decision to store it",
    ({ event }) => event.serverProcessingMs,
    "ms",
  ),
  number(
    "clockOffset",
    "How far the kiosk's clock was ahead of the server's",
    ({ event }) => event.clockOffsetMs,
    "ms",
  ),
  text("delivery", "live, or queued when it was sent later", ({ event }) => event.delivery),
  text(
    "clientEventId",
    "The client's own id, by which repeats are told",
    ({ event }) => event.clientEventId ?? null,
  ),
  number(
    "seq",
    "Place in the order in which the client made its events",
    ({ event }) => event.seq ?? null,
  ),
  flag(
    "isMissionRelevant",
    "Belongs to the mission itself, by its definition",
    ({ event }) => event.data.isMissionRelevant === true,
  ),
  object("data", "What the client sent with it; JSON text in CSV", ({ event }) => event.data),
];
