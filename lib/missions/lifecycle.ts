import type { MissionDefinition } from "./definitions.ts";
import type { AttemptStatus, EventFact, Journey, Lifecycle, QuitKind, Terminal } from "./schema.ts";

/** The state machine of protocol E-1. Every function is pure and gives a new state. */

export function newLifecycle(): Lifecycle {
  return {
    phase: "pending",
    terminal: null,
    expiredAt: null,
    duplicateTerminals: 0,
    revisions: [],
  };
}

/** A connection, or any event, starts a pending attempt; nothing else changes (T-M07). */
export function begin(lifecycle: Lifecycle): Lifecycle {
  return lifecycle.phase === "pending" ? { ...lifecycle, phase: "in_progress" } : lifecycle;
}

/** Nothing happened for too long. An ended attempt stays as it is. */
export function expire(lifecycle: Lifecycle, at: number): Lifecycle {
  if (lifecycle.phase === "ended" || lifecycle.phase === "expired") return lifecycle;
  return { ...lifecycle, phase: "expired", expiredAt: at };
}

/**
 * A terminal event arrived. The first by event time counts; an expired attempt is revised by one;
 * `completed` never becomes `quitted`; what does not count is a duplicate (T-M24).
 */
export function end(lifecycle: Lifecycle, terminal: Terminal, receivedAt: number): Lifecycle {
  const known = lifecycle.terminal;
  if (known === null) {
    const ended: Lifecycle = { ...lifecycle, phase: "ended", terminal };
    return lifecycle.phase === "expired" ? revised(ended, "expired", terminal, receivedAt) : ended;
  }
  const duplicate = { ...lifecycle, duplicateTerminals: lifecycle.duplicateTerminals + 1 };
  const losesCompletion = known.kind === "completed" && terminal.kind === "quitted";
  if (terminal.at >= known.at || losesCompletion) return duplicate;
  return revised({ ...duplicate, terminal }, known.kind, terminal, receivedAt);
}

/** The newest revisions are kept; the history has them all. */
const MAX_REVISIONS = 20;

function revised(lifecycle: Lifecycle, from: string, { kind: to }: Terminal, at: number) {
  const revisions = [...lifecycle.revisions, { at, from, to }].slice(-MAX_REVISIONS);
  return { ...lifecycle, revisions };
}

/** What counts outside, from the state and from whether the task was done (E-1, T-M10). */
export interface Outcome {
  readonly status: AttemptStatus;
  /** By the client's clock; null while it runs, and for an attempt that expired. */
  readonly endAt: number | null;
  /** When the task was done; a completion without a success event counts as one. */
  readonly succeededAt: number | null;
  /** The task was done, and the visitor went away before the flow was finished. */
  readonly leftAtRating: boolean;
}

export function outcomeOf(lifecycle: Lifecycle, journey: Journey): Outcome {
  const { phase, terminal } = lifecycle;
  const { succeededAt } = journey;
  if (terminal !== null) return endedOutcome(terminal, succeededAt);
  if (phase === "expired" && succeededAt !== null) {
    return { status: "completed", endAt: journey.lastAt, succeededAt, leftAtRating: true };
  }
  const status = phase === "ended" ? "expired" : phase;
  return { status, endAt: null, succeededAt, leftAtRating: false };
}

function endedOutcome(terminal: Terminal, succeededAt: number | null): Outcome {
  const endAt = terminal.at;
  if (terminal.kind === "completed") {
    return { status: "completed", endAt, succeededAt: succeededAt ?? endAt, leftAtRating: false };
  }
  const leftAtRating = terminal.quitKind !== "user" && succeededAt !== null;
  const status = leftAtRating ? "completed" : "quitted";
  return { status, endAt, succeededAt, leftAtRating };
}

/** The terminal that an event states; null when it is another kind of event. */
export function terminalOf(event: EventFact, definition: MissionDefinition): Terminal | null {
  const kind = TERMINAL_KINDS.get(event.eventType);
  if (kind === undefined) return null;
  const reason = kind === "quitted" ? textOf(event.data.quitReason ?? event.data.feedback) : null;
  return {
    kind,
    at: event.at,
    eventId: event.eventId,
    quitKind: kind === "quitted" ? quitKindOf(event, reason, definition) : null,
    quitReason: reason,
    reportedDuration: secondsOf(event.data.totalDuration ?? event.data.timeBeforeQuit),
  };
}

export function isTerminal(eventType: string): boolean {
  return TERMINAL_KINDS.has(eventType);
}

const TERMINAL_KINDS = new Map<string, Terminal["kind"]>([
  ["mission_completed", "completed"],
  ["mission_quitted", "quitted"],
]);

function quitKindOf(
  event: EventFact,
  reason: string | null,
  definition: MissionDefinition,
): QuitKind {
  const told = event.data.quitKind;
  if (told === "user" || told === "idle" || told === "reset") return told;
  return reason !== null && definition.idleQuitReasons.includes(reason) ? "idle" : "user";
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" ? value.trim().slice(0, 500) : null;
}

function secondsOf(value: unknown): number | null {
  return typeof value === "number" && value >= 0 ? value : null;
}
