import { z } from "zod";
import { idSchema } from "../ids.ts";
import { attemptRowSchema } from "./row_schema.ts";

export {
  type ArrivalOrder,
  type AttemptRow,
  attemptRowSchema,
  type Connection,
  type Exclusion,
  type Journey,
  type Lifecycle,
  type QuitKind,
  type StepDone,
  type StoredReview,
  storedReviewSchema,
  type Terminal,
} from "./row_schema.ts";
import { kioskTimeSchema } from "../timestamp.ts";

/** Longest visitor's feedback, in characters (trap T-M30). */
export const MAX_FEEDBACK_CHARS = 2_000;
/** Stops a runaway client; a visitor makes some tens. */
export const MAX_EVENTS_PER_ATTEMPT = 20_000;
/** Of all its messages together: what a reader of the whole attempt has to hold. */
export const MAX_CHARS_PER_ATTEMPT = 8 * 1024 * 1024;

export const ATTEMPT_STATUSES = [
  "pending",
  "in_progress",
  "completed",
  "quitted",
  "expired",
] as const;
export type AttemptStatus = (typeof ATTEMPT_STATUSES)[number];

/** Body of `POST /api/missions/start` (M-01). Unknown keys are ignored. */
export const startSchema = z.object({
  sessionId: z.guid().transform((id) => id.toLowerCase()),
  missionType: z.string().min(1).max(20),
  timestamp: kioskTimeSchema,
  /** When this is sent, by the same clock: by that one that has lost its time is set right. */
  sentAt: kioskTimeSchema.optional(),
  /** Staff tries the mission: the attempt is left out of all numbers from its start. */
  test: z.boolean().optional(),
  /**
   * Made by the client, which can so begin without a network: the same one again is the same
   * attempt, for ever. Who knows it may write; the attempt's own id does not tell it.
   */
  attemptId: z.uuid().transform((id) => id.toLowerCase()).optional(),
});
export type StartInput = z.infer<typeof startSchema>;

/** At most, of one `POST /api/missions/batch`. */
export const MAX_ATTEMPTS_PER_BATCH = 20;
export const MAX_EVENTS_PER_BATCH = 500;

/** An attempt as a kiosk hands it in later; its events are checked one by one. */
export const batchAttemptSchema = startSchema.extend({
  attemptId: startSchema.shape.attemptId.unwrap(),
  events: z.array(z.unknown()).max(MAX_EVENTS_PER_BATCH),
});
export type BatchAttempt = z.infer<typeof batchAttemptSchema>;

/**
 * One event message (M-22, M-60, T-M08). Unknown keys beside `data` are ignored. Compiled, as all
 * that is read for every event: the same answers in a third of the time.
 */
export const eventSchema = z.compile(z.object({
  eventType: z.string().min(1).max(50),
  timestamp: kioskTimeSchema,
  sessionId: z.guid().transform((id) => id.toLowerCase()).optional(),
  attemptId: idSchema("attempt").optional(),
  data: z.record(z.string(), z.unknown()),
  clientEventId: z.uuid().transform((id) => id.toLowerCase()).optional(),
  seq: z.number().int().min(1).max(1_000_000_000).optional(),
  sentAt: kioskTimeSchema.optional(),
}));
export type EventInput = z.infer<typeof eventSchema>;

/** Body of `POST /api/missions/{attemptId}/review` (M-08). The words and the flag are derived. */
export const reviewSchema = z.object({
  rating: z.number().int().min(1).max(5),
  ratingText: z.string().max(20).nullish(),
  feedback: z.string().max(MAX_FEEDBACK_CHARS).nullish(),
  hasFeedback: z.boolean().nullish(),
});
export type ReviewInput = z.infer<typeof reviewSchema>;

/** Body of `POST /api/admin/attempts/{attemptId}/exclusion`. */
export const exclusionInputSchema = z.object({ reason: z.string().trim().min(1).max(200) });
export type ExclusionInput = z.infer<typeof exclusionInputSchema>;

const startedFact = z.object({
  type: z.literal("missions.attempt_started"),
  attemptId: z.string(),
  sessionId: z.string(),
  missionType: z.string(),
  missionVersion: z.number(),
  /** By the client's clock; set right where that has lost its time. */
  startAt: z.number(),
  /** By how much it was set back; what the client said is later by that. */
  clockShiftMs: z.number().optional(),
  receivedAt: z.number(),
  kioskId: z.string().nullable(),
  /** Told by the kiosk: not a visitor. */
  test: z.boolean().optional(),
  /** Hashes of the Idempotency-Key and of the body it came with. */
  startKey: z.string().optional(),
  startBody: z.string().optional(),
});

const connectedFact = z.object({
  type: z.literal("missions.connected"),
  attemptId: z.string(),
  connectionId: z.string(),
  tokenHash: z.string(),
  at: z.number(),
});

const disconnectedFact = z.object({
  type: z.literal("missions.disconnected"),
  attemptId: z.string(),
  connectionId: z.string(),
  at: z.number(),
});

const eventFact = z.object({
  type: z.literal("missions.event_recorded"),
  attemptId: z.string(),
  eventId: z.string(),
  eventType: z.string(),
  /** By the client's clock; set right where that has lost its time. */
  at: z.number(),
  /** What the client said, where it was set right. */
  toldAt: z.number().optional(),
  data: z.record(z.string(), z.unknown()),
  receivedAt: z.number(),
  /** How far the client's clock is ahead of ours, as known when the event came. */
  clockOffsetMs: z.number(),
  /** From the frame's arrival to the decision to store it. */
  serverProcessingMs: z.number(),
  delivery: z.enum(["live", "queued"]),
  clientEventId: z.string().optional(),
  seq: z.number().optional(),
  sentAt: z.number().optional(),
});

const reviewedFact = z.object({
  type: z.literal("missions.reviewed"),
  attemptId: z.string(),
  reviewId: z.string(),
  rating: z.number().int().min(1).max(5),
  feedback: z.string().nullable(),
  submittedAt: z.number(),
  via: z.enum(["rest", "socket"]),
  /** What the client said that did not fit (T-M12). */
  warnings: z.array(z.string()),
});

const expiredFact = z.object({
  type: z.literal("missions.attempt_expired"),
  attemptId: z.string(),
  at: z.number(),
});

const excludedFact = z.object({
  type: z.literal("missions.excluded"),
  attemptId: z.string(),
  reason: z.string(),
  /** Name of who did it. */
  by: z.string(),
  at: z.number(),
});

const includedFact = z.object({
  type: z.literal("missions.included"),
  attemptId: z.string(),
  by: z.string(),
  at: z.number(),
});

const eventsRemovedFact = z.object({
  type: z.literal("missions.events_removed"),
  attemptId: z.string(),
  at: z.number(),
  /**
   * The row that the removed facts made, which stands in their place: always in a history, in the
   * log only when it was imported.
   */
  row: attemptRowSchema.optional(),
});

/** Everything that can happen to an attempt, as the log keeps it. */
export const missionFactSchema = z.compile(z.discriminatedUnion("type", [
  startedFact,
  connectedFact,
  disconnectedFact,
  eventFact,
  reviewedFact,
  expiredFact,
  excludedFact,
  includedFact,
  eventsRemovedFact,
]));

export type MissionFact = z.infer<typeof missionFactSchema>;

/** The log checks what it reads from the store, so the type tells all. */
export function isMissionFact(fact: { readonly type: string }): fact is MissionFact {
  return fact.type.startsWith("missions.");
}

/** The same for a record of the log. */
export function isMissionRecord<R extends { readonly fact: { readonly type: string } }>(
  record: R,
): record is R & { readonly fact: MissionFact } {
  return isMissionFact(record.fact);
}

export type StartedFact = z.infer<typeof startedFact>;
export type EventFact = z.infer<typeof eventFact>;
export type EventsRemovedFact = z.infer<typeof eventsRemovedFact>;
export type ReviewedFact = z.infer<typeof reviewedFact>;

/** A fact of one attempt in its place in the log. */
export interface MissionRecord<F extends MissionFact = MissionFact> {
  readonly position: number;
  readonly fact: F;
}
