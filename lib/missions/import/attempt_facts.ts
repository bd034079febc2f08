import { AppError } from "../../errors.ts";
import { beginRow } from "../attempt_row.ts";
import { noAttempt } from "../context.ts";
import type { Missions } from "../definitions.ts";
import { applyToGate, type AttemptGate, gateOfRow, isStartOf } from "../gate.ts";
import {
  type EventFact,
  MAX_CHARS_PER_ATTEMPT,
  MAX_EVENTS_PER_ATTEMPT,
  type MissionFact,
} from "../schema.ts";
import { factKey } from "./fact_key.ts";

/** An attempt while facts are imported into it. */
export interface ImportedInto {
  readonly gate: AttemptGate;
  /** Of the facts that it has. */
  readonly keys: Set<string>;
}

/**
 * An attempt that is not known here begins with its start, or with the removal of its events.
 * @throws AppError NOT_FOUND for any other fact
 */
export function beginImport(fact: MissionFact, missions: Missions): ImportedInto {
  const row = beginRow({ fact, position: 0 });
  if (row === null) throw noAttempt();
  const gate = gateOfRow(row, missions);
  applyToGate(gate, fact);
  return { gate, keys: new Set([factKey(fact)]) };
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
  refuseRemoved(gate, fact);
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

/** What was removed does not come back, and what is here is not removed from elsewhere. */
function refuseRemoved({ eventsRemovedAt }: AttemptGate, fact: MissionFact): void {
  if (fact.type === "missions.events_removed") {
    throw conflict("Attempt has its events here", "attemptId");
  }
  if (eventsRemovedAt !== null && !isLaterThan(eventsRemovedAt, fact)) {
    throw conflict("Events of this attempt were removed here", "attemptId");
  }
}

/** True for what can still happen to an attempt without its events. */
function isLaterThan(removedAt: number, fact: MissionFact): boolean {
  switch (fact.type) {
    case "missions.excluded":
    case "missions.included":
      return fact.at >= removedAt;
    case "missions.reviewed":
      return fact.submittedAt >= removedAt;
    default:
      return false;
  }
}

function refuseForeign(gate: AttemptGate, fact: MissionFact, foreign: Set<string>): void {
  const begins = fact.type === "missions.events_removed" ? fact.row : fact;
  if (begins !== undefined && "startAt" in begins && !isStartOf(gate, begins)) {
    foreign.add(fact.attemptId);
  }
  // Its other facts would come to an attempt that has nothing to do with them.
  if (foreign.has(fact.attemptId)) throw conflict("Another attempt has this id here", "attemptId");
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
