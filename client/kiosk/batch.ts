import { isFinalForAttempt, isPassing, messageOf, refusalOf, startOf } from "./messages.ts";
import type { Entry } from "./queue.ts";
import type { KioskAttempt, KioskEvent } from "./shapes.ts";

/** The server takes 64 KiB, and so much is what a page may leave behind for the browser to send. */
const MAX_BYTES = 48 * 1024;
const MAX_ATTEMPTS = 20;
const MAX_EVENTS = 100;
/** Of the start of an attempt. */
const HEAD_BYTES = 250;

export interface BatchPart {
  readonly attempt: KioskAttempt;
  readonly events: readonly KioskEvent[];
}

export interface BatchChoice {
  readonly entries: Iterable<Entry>;
  /** What may be sent. */
  readonly isReady: (event: KioskEvent) => boolean;
}

/** The next parts of the queue that fit a batch; none when there is nothing to send. */
export function nextBatch({ entries, isReady }: BatchChoice): BatchPart[] {
  const parts: BatchPart[] = [];
  const left = { bytes: MAX_BYTES, events: MAX_EVENTS };
  for (const { attempt, events } of entries) {
    if (parts.length === MAX_ATTEMPTS || left.bytes < HEAD_BYTES) break;
    const some: KioskEvent[] = [];
    const room = left.bytes - HEAD_BYTES;
    let bytes = 0;
    for (const event of events.values()) {
      if (!isReady(event) || bytes + event.bytes > room || some.length === left.events) break;
      bytes += event.bytes;
      some.push(event);
    }
    if (some.length === 0 && attempt.known) continue;
    parts.push({ attempt, events: some });
    left.bytes -= HEAD_BYTES + bytes;
    left.events -= some.length;
  }
  return parts;
}

export function batchBody(parts: readonly BatchPart[], sentAt: (attemptId: string) => number) {
  return {
    attempts: parts.map(({ attempt, events }) => {
      const now = sentAt(attempt.attemptId);
      return { ...startOf(attempt, now), events: events.map((event) => messageOf(event, now)) };
    }),
  };
}

/** What became of a batch. */
export interface BatchSinks {
  /** The server knows the attempt. */
  known(attemptId: string): void;
  settled(event: KioskEvent, taken: boolean): void;
  /** Nothing of the attempt will ever be taken. */
  refused(attemptId: string): void;
}

/**
 * Reads the answer to a batch, whose parts and events are answered in their order.
 * @returns milliseconds to wait before what was not taken is sent again; null when all was settled
 */
// deno-lint-ignore no-explicit-any
export function readAnswer(parts: readonly BatchPart[], data: any, sinks: BatchSinks) {
  let waitMs: number | null = null;
  // deno-lint-ignore no-explicit-any
  const wait = (error: any) => {
    waitMs = Math.max(waitMs ?? 0, refusalOf(error).retryAfterMs ?? 1_000);
  };
  parts.forEach(({ attempt: { attemptId }, events }, i) => {
    const { error, results } = data.attempts[i];
    if (error !== undefined) {
      return isFinalForAttempt(error) ? sinks.refused(attemptId) : wait(error);
    }
    sinks.known(attemptId);
    events.forEach((event, j) => {
      const { error } = results[j];
      if (error !== undefined && isPassing(refusalOf(error))) wait(error);
      else sinks.settled(event, error === undefined);
    });
  });
  return waitMs;
}
