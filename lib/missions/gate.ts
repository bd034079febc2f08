import { beginRow, startRow } from "./attempt_row.ts";
import type { MissionDefinition, Missions } from "./definitions.ts";
import { remainsOf } from "./events_removed.ts";
import { FirstEvents } from "./first_events.ts";
import { begin, end, expire, terminalOf } from "./lifecycle.ts";
import { reduceReview } from "./review.ts";
import type {
  AttemptRow,
  Lifecycle,
  MissionFact,
  MissionRecord,
  StartedFact,
  StoredReview,
} from "./schema.ts";

/**
 * What has to be known at once to decide on the next message of an attempt. It lives in memory,
 * one per attempt, and runs ahead of the log: when a commit fails it is thrown away and made
 * again from what was stored.
 */
export interface AttemptGate {
  readonly attemptId: string;
  readonly sessionId: string;
  readonly kioskId: string | null;
  readonly definition: MissionDefinition;
  readonly startAt: number;
  /** By how much the attempt's times are set back. */
  readonly clockShiftMs: number;
  lifecycle: Lifecycle;
  review: StoredReview | null;
  clockOffsetMs: number;
  lastReceivedAt: number;
  eventCount: number;
  /** Of the attempt's messages together. */
  chars: number;
  /** By which a repeat is recognised. */
  readonly firsts: FirstEvents;
  /** From then on no event is taken: repeats of removed ones could not be told from new ones. */
  eventsRemovedAt: number | null;
  /**
   * The newest append; null before there is one. A repeat of something that is not committed yet
   * waits for it, and is refused with it.
   */
  pending: Promise<unknown> | null;
}

/** The gate of an attempt that starts. */
export function openGate(fact: StartedFact, missions: Missions): AttemptGate {
  return gateOfRow(startRow(fact, 0), missions);
}

/** The gate of an attempt of which nothing is known but its row. */
export function gateOfRow(row: AttemptRow, missions: Missions): AttemptGate {
  const { attemptId, sessionId, kioskId, missionType, missionVersion } = row;
  const { startAt, clockShiftMs } = row;
  const { lifecycle, review, clockOffsetMs, lastReceivedAt, eventCount, eventsRemovedAt } = row;
  return {
    attemptId,
    sessionId,
    kioskId,
    definition: missions.version(missionType, missionVersion),
    startAt,
    clockShiftMs,
    lifecycle,
    review,
    clockOffsetMs,
    lastReceivedAt,
    eventCount,
    chars: 0,
    firsts: new FirstEvents(),
    eventsRemovedAt,
    pending: null,
  };
}

/** Whether the attempt is the one that a start, or a row made of it, speaks of. */
export function isStartOf(gate: AttemptGate, begins: StartedFact | AttemptRow): boolean {
  // What the client said: set right, each repeat may be another moment.
  const toldAt = begins.startAt + (begins.clockShiftMs ?? 0);
  return gate.sessionId === begins.sessionId && gate.startAt + gate.clockShiftMs === toldAt &&
    gate.definition.missionType === begins.missionType;
}

/** The gate as the stored facts make it; null when there is no such attempt. */
export function restoreGate(
  records: readonly MissionRecord[],
  missions: Missions,
): AttemptGate | null {
  const { row, later } = remainsOf(records);
  let gate = row === null ? null : gateOfRow(row, missions);
  for (const record of later) {
    if (gate === null) {
      const begun = beginRow(record);
      gate = begun === null ? null : gateOfRow(begun, missions);
      continue;
    }
    const { fact } = record;
    applyToGate(gate, fact);
    if (fact.type === "missions.event_recorded") gate.chars += JSON.stringify(fact.data).length;
  }
  return gate;
}

/** Moves the gate past a fact that was decided on, or read back. */
export function applyToGate(gate: AttemptGate, fact: MissionFact): void {
  switch (fact.type) {
    case "missions.connected":
      gate.lifecycle = begin(gate.lifecycle);
      gate.lastReceivedAt = Math.max(gate.lastReceivedAt, fact.at);
      break;
    case "missions.event_recorded": {
      gate.eventCount++;
      gate.lastReceivedAt = fact.receivedAt;
      gate.clockOffsetMs = fact.clockOffsetMs;
      gate.lifecycle = begin(gate.lifecycle);
      const terminal = terminalOf(fact, gate.definition);
      if (terminal !== null) gate.lifecycle = end(gate.lifecycle, terminal, fact.receivedAt);
      gate.firsts.take(fact);
      break;
    }
    case "missions.reviewed":
      gate.review = reduceReview(gate.review, fact);
      break;
    case "missions.attempt_expired":
      gate.lifecycle = expire(gate.lifecycle, fact.at);
      break;
    case "missions.events_removed":
      gate.eventsRemovedAt = fact.at;
      gate.firsts.forget();
      break;
    case "missions.attempt_started":
    case "missions.disconnected":
    case "missions.excluded":
    case "missions.included":
      break;
  }
}
