import { type KioskAttempt, type KioskEvent, toIso } from "./shapes.ts";

/** Body of a start, and the head of an attempt in a batch. */
export function startOf(attempt: KioskAttempt, sentAt: number) {
  const { attemptId, sessionId, missionType, startedAt, test } = attempt;
  return {
    attemptId,
    sessionId,
    missionType,
    timestamp: toIso(startedAt),
    sentAt: toIso(sentAt),
    // As JSON nothing stands there for a visitor.
    test: test || undefined,
  };
}

/** An event as it is sent, over either way. */
export function messageOf(event: KioskEvent, sentAt: number) {
  const { eventType, at, data, clientEventId, seq } = event;
  return { eventType, timestamp: toIso(at), data, clientEventId, seq, sentAt: toIso(sentAt) };
}

/** Why the server did not take something. */
export interface Refusal {
  readonly code: string;
  readonly retryAfterMs: number | undefined;
}

/** Refused now, to be sent again; anything else will be refused for ever. */
export function isPassing({ code, retryAfterMs }: Refusal): boolean {
  return PASSING.has(code) || (code === "RATE_LIMIT" && retryAfterMs !== undefined);
}

const PASSING: ReadonlySet<string> = new Set([
  "UNAVAILABLE",
  "INTERNAL_ERROR",
  "DATABASE_ERROR",
  "PROCESSING_ERROR",
]);

/** Whether an attempt will never be taken; a key that is wrong today may be right tomorrow. */
// deno-lint-ignore no-explicit-any
export function isFinalForAttempt(error: any): boolean {
  return error?.code === "VALIDATION_ERROR" || error?.code === "CONFLICT";
}

// deno-lint-ignore no-explicit-any
export function refusalOf(error: any): Refusal {
  return { code: String(error?.code), retryAfterMs: error?.details?.retryAfterMs };
}
