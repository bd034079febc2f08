import type { MissionDefinition, Missions } from "./definitions.ts";
import { FirstEvents } from "./first_events.ts";
import { begin, end, expire, newLifecycle, terminalOf } from "./lifecycle.ts";
import { reduceReview } from "./review.ts";
import type { Lifecycle, MissionFact, MissionRecord, StartedFact, StoredReview } from "./schema.ts";

/**
 * What has to be known at once to decide on the next message of an attempt. It lives in memory,
 * one per attempt, and runs ahead of the log: when a commit fails it is thrown away and made
 * again from what was stored.
 */
export interface AttemptGate {
  readonly attemptId: string;
  readonly sessionId: string;
  readonly definition: MissionDefinition;
  readonly startAt: number;
  lifecycle: Lifecycle;
  review: StoredReview | null;
  clockOffsetMs: number;
  lastReceivedAt: number;
  eventCount: number;
  /** Of the attempt's messages together. */
  chars: number;
  /** By which a repeat is recognised. */
  readonly firsts: FirstEvents;
  /**
   * The newest append; null before there is one. A repeat of something that is not committed yet
   * waits for it, and is refused with it.
   */
  pending: Promise<unknown> | null;
}

export function openGate(fact: StartedFact, missions: Missions): AttemptGate {
  return {
    attemptId: fact.attemptId,
    sessionId: fact.sessionId,
    definition: missions.version(fact.missionType, fact.missionVersion),
    startAt: fact.startAt,
    lifecycle: newLifecycle(),
    review: null,
    clockOffsetMs: fact.startAt - fact.receivedAt,
    lastReceivedAt: fact.receivedAt,
    eventCount: 0,
    chars: 0,
    firsts: new FirstEvents(),
    pending: null,
  };
}

/** The gate as the stored facts make it; null when there is no such attempt. */
export function restoreGate(
  records: readonly MissionRecord[],
  missions: Missions,
): AttemptGate | null {
  let gate: AttemptGate | null = null;
  for (const { fact } of records) {
    if (fact.type === "missions.attempt_started") gate ??= openGate(fact, missions);
    else if (gate !== null) {
      applyToGate(gate, fact);
      if (fact.type === "missions.event_recorded") gate.chars += JSON.stringify(fact.data).length;
    }
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
    case "missions.attempt_started":
    case "missions.disconnected":
    case "missions.excluded":
    case "missions.included":
      break;
  }
}
