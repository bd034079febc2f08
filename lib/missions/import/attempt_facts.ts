import { AppError } from "../../errors.ts";
import { noAttempt } from "../context.ts";
import type { Missions } from "../definitions.ts";
import { applyToGate, type AttemptGate, openGate } from "../gate.ts";
import {
  type EventFact,
  MAX_CHARS_PER_ATTEMPT,
  MAX_EVENTS_PER_ATTEMPT,
  type MissionFact,
  type StartedFact,
} from "../schema.ts";
import { factKey } from "./fact_key.ts";

/** An attempt while facts are imported into it. */
export interface ImportedInto {
  readonly gate: AttemptGate;
  /** Of the facts that it has. */
  readonly keys: Set<string>;
}

/**
 * An attempt that is not known here begins with its start.
 * @throws AppError NOT_FOUND for any other fact
 */
export function beginImport(fact: MissionFact, missions: Missions): ImportedInto {
  if (fact.type !== "missions.attempt_started") throw noAttempt();
  return { gate: openGate(fact, missions), keys: new Set([factKey(fact)]) };
}

/**
 * Decides on a fact of a file, and moves the gate past it when it is new.
 * @param foreign ids of attempts that are others here; the ones found are put in
 * @throws AppError CONFLICT when the attempt says otherwise here
 */
export function importFact(
  { gate, keys }: ImportedInto,
  fact: MissionFact,
  foreign: Set<string>,
): "new" | "known" {
  refuseForeign(gate, fact, foreign);
  const key = factKey(fact);
  if (keys.has(key)) return "known";
  if (fact.type === "missions.event_recorded") {
    // Sent to both servers, it got an id from each; the client's own tells that it is the same.
    if (fact.clientEventId !== undefined && gate.firsts.find(fact) !== null) return "known";
    refuseEvent(gate, fact);
  }
  if (fact.type === "missions.reviewed" && gate.review !== null) {
    const { reviewId } = gate.review;
    if (reviewId !== fact.reviewId) throw conflict("Attempt has another review here", "reviewId");
  }
  applyToGate(gate, fact);
  if (fact.type === "missions.event_recorded") gate.chars += JSON.stringify(fact.data).length;
  keys.add(key);
  return "new";
}

function refuseForeign(gate: AttemptGate, fact: MissionFact, foreign: Set<string>): void {
  if (fact.type === "missions.attempt_started" && !isStartOf(gate, fact)) {
    foreign.add(fact.attemptId);
  }
  // Its other facts would come to an attempt that has nothing to do with them.
  if (foreign.has(fact.attemptId)) throw conflict("Another attempt has this id here", "attemptId");
}

function isStartOf(gate: AttemptGate, fact: StartedFact): boolean {
  return gate.sessionId === fact.sessionId && gate.startAt === fact.startAt &&
    gate.definition.missionType === fact.missionType;
}

function refuseEvent(gate: AttemptGate, { seq }: EventFact): void {
  if (gate.eventCount >= MAX_EVENTS_PER_ATTEMPT || gate.chars >= MAX_CHARS_PER_ATTEMPT) {
    throw conflict("Attempt has too many events", "attemptId");
  }
  if (seq !== undefined && gate.firsts.hasSeq(seq)) {
    throw conflict("Sequence number belongs to another event here", "seq");
  }
}

function conflict(message: string, field: string): AppError {
  return new AppError("CONFLICT", message, { details: { field } });
}
