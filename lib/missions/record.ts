import { AppError, type ErrorCode } from "../errors.ts";
import { isCredible } from "../timestamp.ts";
import { clockOffset, deliveryOf } from "./clock_offset.ts";
import { setRight } from "./clock_shift.ts";
import { applyToGate, type AttemptGate } from "./gate.ts";
import { isTerminal } from "./lifecycle.ts";
import { decideReview, reviewOfEvent } from "./review.ts";
import {
  type EventFact,
  type EventInput,
  MAX_CHARS_PER_ATTEMPT,
  MAX_EVENTS_PER_ATTEMPT,
  type MissionFact,
} from "./schema.ts";

/** Why an event is not taken: a closed list, counted by reason in the metrics. */
export const REFUSALS = [
  "foreign_attempt",
  "foreign_session",
  "broken_clock",
  "seq_reused",
  "attempt_ended",
  "attempt_expired",
  "too_many_events",
  "events_removed",
] as const;
export type Refusal = (typeof REFUSALS)[number];

/** An event as it came, with the time of its frame. */
export interface Arrival {
  readonly input: EventInput;
  /** Epoch milliseconds. */
  readonly receivedAt: number;
  /** Milliseconds from the frame's arrival until now. */
  readonly processingMs: number;
  /** Characters of the message. */
  readonly chars: number;
}

export interface Accepted {
  readonly kind: "accepted";
  readonly eventId: string;
  readonly facts: readonly MissionFact[];
  /** The first `seq` that is missing before this one; null when none is. */
  readonly gapFrom: number | null;
}

export type Decision =
  | Accepted
  | { readonly kind: "repeat"; readonly eventId: string }
  | { readonly kind: "refused"; readonly reason: Refusal; readonly error: AppError };

export interface RecordIds {
  event(): string;
  review(): string;
}

/**
 * Decides on one event and moves the gate past it. The steps are asked in order; the first that
 * objects refuses it. A repeat is recognised before anything that changes with time.
 */
export function decideEvent(gate: AttemptGate, arrival: Arrival, ids: RecordIds): Decision {
  const stranger = refuseStranger(gate, arrival.input);
  if (stranger !== null) return stranger;
  const first = gate.firsts.find(arrival.input);
  if (first !== null) return { kind: "repeat", eventId: first };
  const timed = { ...arrival, input: withTimes(gate, arrival.input) };
  for (const step of STEPS) {
    const refused = step(gate, timed.input);
    if (refused !== null) return refused;
  }
  return accept(gate, timed, ids);
}

/** An event with its times set right, should the attempt's kiosk have lost its clock. */
interface TimedInput extends EventInput {
  /** What the client said, where it was set right. */
  readonly toldAt?: number;
}

function withTimes({ clockShiftMs }: AttemptGate, input: EventInput): TimedInput {
  const { timestamp: toldAt, sentAt } = input;
  // As nearly all come; a copy of each would be most of what deciding costs.
  if (clockShiftMs === 0 && (sentAt === undefined || isCredible(sentAt))) return input;
  const timestamp = setRight(toldAt, clockShiftMs);
  const sent = sentAt === undefined ? undefined : setRight(sentAt, clockShiftMs);
  return {
    ...input,
    timestamp,
    sentAt: sent !== undefined && isCredible(sent) ? sent : undefined,
    ...(timestamp === toldAt ? {} : { toldAt }),
  };
}

type Step = (gate: AttemptGate, input: EventInput) => Extract<Decision, { kind: "refused" }> | null;

const STEPS: readonly Step[] = [
  refuseBrokenClock,
  refuseAfterRemoval,
  refuseReusedSeq,
  refuseAfterEnd,
  refuseAfterExpiry,
  refuseTooMany,
];

/** An attempt that began with a clock that was right. */
function refuseBrokenClock(_gate: AttemptGate, { timestamp }: EventInput) {
  if (isCredible(timestamp)) return null;
  return refuse("broken_clock", "INVALID_EVENT", "Event validation failed", {
    field: "timestamp",
    expected: "a time between 2000 and 2100, as the attempt's start has",
  });
}

function refuseAfterRemoval({ eventsRemovedAt }: AttemptGate) {
  if (eventsRemovedAt === null) return null;
  return refuse("events_removed", "ATTEMPT_EXPIRED", "Events of this attempt were removed", {
    expected: "an attempt that is not that old",
  });
}

function refuseStranger(gate: AttemptGate, input: EventInput) {
  if (input.attemptId !== undefined && input.attemptId !== gate.attemptId) {
    return refuse("foreign_attempt", "INVALID_EVENT", "Event names another attempt", {
      field: "attemptId",
      expected: gate.attemptId,
    });
  }
  if (input.sessionId !== undefined && input.sessionId !== gate.sessionId) {
    return refuse("foreign_session", "INVALID_EVENT", "Event names another session", {
      field: "sessionId",
      expected: gate.sessionId,
    });
  }
  return null;
}

function refuseReusedSeq(gate: AttemptGate, { clientEventId, seq }: EventInput) {
  if (clientEventId === undefined || seq === undefined || !gate.firsts.hasSeq(seq)) return null;
  return refuse("seq_reused", "INVALID_EVENT", "Sequence number belongs to another event", {
    field: "seq",
    expected: "a number that no other event of the attempt has",
  });
}

/** After the end come only repeats, late events of before, further ends, and the rating. */
function refuseAfterEnd({ lifecycle }: AttemptGate, input: EventInput) {
  if (lifecycle.phase !== "ended" || lifecycle.terminal === null) return null;
  const late = input.timestamp <= lifecycle.terminal.at;
  if (late || isTerminal(input.eventType) || input.eventType === RATING_EVENT) return null;
  return refuse("attempt_ended", "ATTEMPT_EXPIRED", "Attempt has ended", {
    field: "timestamp",
    expected: "an event of before the end",
  });
}

/** An expired attempt takes what happened before it expired (T-M06), and the rating (T-M13). */
function refuseAfterExpiry({ lifecycle, clockOffsetMs }: AttemptGate, input: EventInput) {
  if (lifecycle.phase !== "expired" || lifecycle.expiredAt === null) return null;
  const late = input.timestamp - clockOffsetMs <= lifecycle.expiredAt;
  if (late || input.eventType === RATING_EVENT) return null;
  return refuse("attempt_expired", "ATTEMPT_EXPIRED", "Attempt has expired", {
    field: "timestamp",
    expected: "an event of before it expired",
  });
}

function refuseTooMany(gate: AttemptGate) {
  if (gate.eventCount < MAX_EVENTS_PER_ATTEMPT && gate.chars < MAX_CHARS_PER_ATTEMPT) return null;
  return refuse("too_many_events", "RATE_LIMIT", "Attempt has too many events", {
    expected: `at most ${MAX_EVENTS_PER_ATTEMPT} events and ${MAX_CHARS_PER_ATTEMPT} characters`,
  });
}

const RATING_EVENT = "mission_rating_submitted";

/** With its times set right. */
interface TimedArrival extends Arrival {
  readonly input: TimedInput;
}

function accept(gate: AttemptGate, arrival: TimedArrival, ids: RecordIds): Accepted {
  const event = toFact(gate, arrival, ids.event());
  const facts: MissionFact[] = [event];
  if (event.eventType === RATING_EVENT) facts.push(...ratingFacts(gate, event, ids));
  const before = gate.firsts.ackUpTo;
  gate.chars += arrival.chars;
  for (const fact of facts) applyToGate(gate, fact);
  const { seq } = arrival.input;
  const gapFrom = seq !== undefined && seq > before + 1 ? before + 1 : null;
  return { kind: "accepted", eventId: event.eventId, facts, gapFrom };
}

function toFact(gate: AttemptGate, arrival: TimedArrival, eventId: string): EventFact {
  const { input, receivedAt, processingMs } = arrival;
  const offset = input.sentAt === undefined
    ? gate.clockOffsetMs
    : clockOffset(gate.clockOffsetMs, input.sentAt, receivedAt);
  return {
    type: "missions.event_recorded",
    attemptId: gate.attemptId,
    eventId,
    eventType: input.eventType,
    at: input.timestamp,
    ...(input.toldAt === undefined ? {} : { toldAt: input.toldAt }),
    data: input.data,
    receivedAt,
    clockOffsetMs: offset,
    serverProcessingMs: Math.round(processingMs * 1000) / 1000,
    delivery: deliveryOf(input.timestamp, receivedAt, offset).delivery,
    clientEventId: input.clientEventId,
    seq: input.seq,
    sentAt: input.sentAt,
  };
}

/** The event is kept whatever it says; a review that cannot be taken changes nothing. */
function ratingFacts(gate: AttemptGate, event: EventFact, ids: RecordIds): MissionFact[] {
  const input = reviewOfEvent(event.data);
  if (input === null) return [];
  try {
    const decision = decideReview(input, {
      attemptId: gate.attemptId,
      known: gate.review,
      now: event.receivedAt,
      newReviewId: ids.review,
      via: "socket",
    });
    return decision.kind === "stored" ? [decision.fact] : [];
  } catch (error) {
    if (error instanceof AppError && error.code === "CONFLICT") return [];
    throw error;
  }
}

function refuse(
  reason: Refusal,
  code: ErrorCode,
  message: string,
  details: { field?: string; expected: string },
) {
  return { kind: "refused", reason, error: new AppError(code, message, { details }) } as const;
}
