import { closedConnection, heardConnection, openedConnection } from "./connection.ts";
import type { MissionDefinition, Missions } from "./definitions.ts";
import { inOrder } from "./event_order.ts";
import { foldEvent, foldJourney, newJourney } from "./journey.ts";
import { begin, end, expire, newLifecycle, terminalOf } from "./lifecycle.ts";
import { reduceReview } from "./review.ts";
import type {
  ArrivalOrder,
  AttemptRow,
  EventFact,
  Exclusion,
  MissionRecord,
  StartedFact,
} from "./schema.ts";

/** A row after a fact, and whether its journey has to be folded again from all events. */
export interface Reduced {
  readonly row: AttemptRow;
  readonly refold: boolean;
}

export function startRow(fact: StartedFact, position: number): AttemptRow {
  return {
    position,
    attemptId: fact.attemptId,
    sessionId: fact.sessionId,
    missionType: fact.missionType,
    missionVersion: fact.missionVersion,
    kioskId: fact.kioskId,
    startAt: fact.startAt,
    createdAt: fact.receivedAt,
    updatedAt: fact.receivedAt,
    lastReceivedAt: fact.receivedAt,
    clockOffsetMs: fact.startAt - fact.receivedAt,
    clockShiftMs: fact.clockShiftMs ?? 0,
    eventCount: 0,
    arrival: { newestAt: fact.startAt, maxBehindMs: 0 },
    lifecycle: newLifecycle(),
    journey: newJourney(fact.startAt),
    review: null,
    connection: null,
    exclusion: fact.test === true ? testExclusion(fact) : null,
    eventsRemovedAt: null,
  };
}

/** The row of an attempt that begins with a fact; null for a fact that nothing begins with. */
export function beginRow({ fact, position }: MissionRecord): AttemptRow | null {
  if (fact.type === "missions.attempt_started") return startRow(fact, position);
  // Imported from where its events were removed.
  if (fact.type !== "missions.events_removed" || fact.row === undefined) return null;
  return { ...fact.row, position };
}

/** A test is left out by the kiosk that said so. */
function testExclusion({ kioskId, receivedAt }: StartedFact): Exclusion {
  return { reason: "test", by: kioskId ?? "kiosk", at: receivedAt };
}

/** The row after one more fact about its attempt. Pure: the rows are this fold over the log. */
export function reduceRow(
  before: AttemptRow,
  { fact, position }: MissionRecord,
  definition: MissionDefinition,
): Reduced {
  if (fact.type === "missions.event_recorded") {
    return reduceEvent(before, { fact, position }, definition);
  }
  const row = { ...before, position };
  switch (fact.type) {
    case "missions.connected":
      return kept({
        ...row,
        updatedAt: fact.at,
        lifecycle: begin(row.lifecycle),
        connection: openedConnection(fact),
      });
    case "missions.disconnected":
      return kept({ ...row, connection: closedConnection(row.connection, fact) });
    case "missions.reviewed":
      return kept({ ...row, updatedAt: fact.submittedAt, review: reduceReview(row.review, fact) });
    case "missions.attempt_expired":
      return kept({ ...row, updatedAt: fact.at, lifecycle: expire(row.lifecycle, fact.at) });
    case "missions.excluded": {
      const { reason, by, at } = fact;
      return kept({ ...row, updatedAt: at, exclusion: { reason, by, at } });
    }
    case "missions.included":
      return kept({ ...row, updatedAt: fact.at, exclusion: null });
    case "missions.events_removed":
      return kept({ ...row, updatedAt: fact.at, eventsRemovedAt: fact.at });
    case "missions.attempt_started":
      return kept(row);
  }
}

function reduceEvent(
  row: AttemptRow,
  { fact: event, position }: MissionRecord<EventFact>,
  definition: MissionDefinition,
): Reduced {
  const next = {
    ...row,
    position,
    updatedAt: event.receivedAt,
    lastReceivedAt: event.receivedAt,
    clockOffsetMs: event.clockOffsetMs,
    eventCount: row.eventCount + 1,
    arrival: orderAfter(row.arrival, event),
    lifecycle: begin(row.lifecycle),
    connection: heardConnection(row.connection, event.receivedAt),
  };
  const terminal = terminalOf(event, definition);
  if (terminal !== null) next.lifecycle = end(next.lifecycle, terminal, event.receivedAt);
  // An end that is put earlier comes here too: the end before it was folded in.
  if (isLate(event, next)) return { row: next, refold: true };
  if (countsInJourney(event, next)) {
    next.journey = foldEvent(row.journey, event, definition);
  }
  return kept(next);
}

function orderAfter({ newestAt, maxBehindMs }: ArrivalOrder, { at }: EventFact): ArrivalOrder {
  return {
    newestAt: Math.max(newestAt, at),
    maxBehindMs: Math.max(maxBehindMs, newestAt - at),
  };
}

/** Events that follow it were folded in before it. */
function isLate({ at, seq }: EventFact, { journey: { lastAt }, eventCount }: AttemptRow): boolean {
  // Of the same moment, the number tells: it is smaller than that of others which came before.
  return at < lastAt || (at === lastAt && seq !== undefined && seq < eventCount);
}

/** An event from further ahead than this has a broken clock. */
const MAX_AHEAD_MS = 24 * 3_600_000;

/**
 * What happens after the end is stored, and does not change the journey. Neither does an event of
 * the future: all that follow it would come late, and be folded again and again.
 */
export function countsInJourney(event: EventFact, { lifecycle: { terminal } }: AttemptRow) {
  if (event.at - event.clockOffsetMs > event.receivedAt + MAX_AHEAD_MS) return false;
  return terminal === null || event.at <= terminal.at;
}

function kept(row: AttemptRow): Reduced {
  return { row, refold: false };
}

/** The row with its journey folded anew from all records of the attempt. */
export function refoldRow(
  row: AttemptRow,
  records: readonly MissionRecord[],
  missions: Missions,
): AttemptRow {
  const events = inOrder(
    records.filter((it): it is MissionRecord<EventFact> =>
      it.fact.type === "missions.event_recorded"
    ),
  )
    .map((record) => record.fact)
    .filter((event) => countsInJourney(event, row));
  const definition = missions.version(row.missionType, row.missionVersion);
  return { ...row, journey: foldJourney(row.startAt, events, definition) };
}
