import type { Clock } from "../clock.ts";
import { AppError } from "../errors.ts";
import { checkStorable } from "../json.ts";
import { validate } from "../validation.ts";
import type { createRecording, Receipt } from "./recording.ts";
import { type BatchAttempt, type EventInput, eventSchema } from "./schema.ts";
import type { createStarts } from "./start.ts";

export interface BatchDeps {
  readonly clock: Clock;
  readonly start: ReturnType<typeof createStarts>["start"];
  readonly record: ReturnType<typeof createRecording>["record"];
}

export interface BatchOptions {
  readonly kioskId: string | null;
  /** Milliseconds to wait before one more event of an attempt; 0 when it may come now. */
  readonly waitMs: (attemptId: string) => number;
}

/** What became of one event: with what it can be told by, as far as it said so. */
export interface BatchResult {
  readonly clientEventId?: string;
  readonly seq?: number;
  readonly outcome: Pick<Receipt, "eventId" | "duplicate"> | AppError;
}

export interface TakenAttempt {
  readonly attemptId: string;
  /** One for each event, in their order. */
  readonly results: readonly BatchResult[];
}

/** Attempts that a kiosk hands in later, by the way that the socket's events go. */
export function createBatches({ clock, start, record }: BatchDeps) {
  /**
   * Starts the attempt, unless it is here, and records its events; resolves when all that was
   * taken is durable. The same again changes nothing.
   * @throws AppError as `start` does; UNAVAILABLE when the store does not take it
   */
  async function recordAttempt(
    { events, ...input }: BatchAttempt,
    { kioskId, waitMs }: BatchOptions,
  ): Promise<TakenAttempt> {
    const receivedAt = clock.now();
    const { attemptId } = await start(input, { kioskId, idempotencyKey: null });

    async function recordEvent(raw: unknown): Promise<BatchResult> {
      const began = clock.monotonic();
      let event: EventInput;
      try {
        event = checkEvent(raw);
      } catch (error) {
        return { outcome: refusalOf(error) };
      }
      const { clientEventId, seq } = event;
      const retryAfterMs = waitMs(attemptId);
      if (retryAfterMs > 0) return { clientEventId, seq, outcome: tooMany(retryAfterMs) };
      const chars = JSON.stringify(raw).length;
      const processingMs = clock.monotonic() - began;
      const arrival = { input: event, receivedAt, processingMs, chars };
      const outcome = await record(attemptId, arrival).catch(refusalOf);
      return { clientEventId, seq, outcome };
    }

    // Not one after the other: what comes together is one commit.
    return { attemptId, results: await Promise.all(events.map(recordEvent)) };
  }

  return { recordAttempt };
}

const EVENT = { code: "INVALID_EVENT", what: "Event validation failed" } as const;

/** One that cannot be stored must not keep back the others of its batch. */
function checkEvent(raw: unknown): EventInput {
  checkStorable(raw);
  return validate(eventSchema, raw, EVENT);
}

/** @throws what is no answer to one event: the store's faults, and our own */
function refusalOf(error: unknown): AppError {
  if (error instanceof AppError && error.code !== "UNAVAILABLE") return error;
  throw error;
}

function tooMany(retryAfterMs: number): AppError {
  return new AppError("RATE_LIMIT", "Too many events, wait before the next", {
    details: { retryAfterMs },
  });
}
