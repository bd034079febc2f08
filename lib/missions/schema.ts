import { z } from "zod";
import { timestampSchema } from "../timestamp.ts";

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

export const QUIT_KINDS = ["user", "idle", "reset"] as const;
export type QuitKind = (typeof QUIT_KINDS)[number];

const attemptIdSchema = z.string().max(50).regex(/^attempt_\d+$/);

/** Body of `POST /api/missions/start` (M-01). Unknown keys are ignored. */
export const startSchema = z.object({
  sessionId: z.guid().transform((id) => id.toLowerCase()),
  missionType: z.string().min(1).max(20),
  timestamp: timestampSchema,
  /** Staff tries the mission: the attempt is left out of all numbers from its start. */
  test: z.boolean().optional(),
});
export type StartInput = z.infer<typeof startSchema>;

/** One event message (M-22, M-60, T-M08). Unknown keys beside `data` are ignored. */
export const eventSchema = z.object({
  eventType: z.string().min(1).max(50),
  timestamp: timestampSchema,
  sessionId: z.guid().transform((id) => id.toLowerCase()).optional(),
  attemptId: attemptIdSchema.optional(),
  data: z.record(z.string(), z.unknown()),
  clientEventId: z.uuid().transform((id) => id.toLowerCase()).optional(),
  seq: z.number().int().min(1).max(1_000_000_000).optional(),
  sentAt: timestampSchema.optional(),
});
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
  /** By the client's clock. */
  startAt: z.number(),
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
  /** By the client's clock. */
  at: z.number(),
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

/** Everything that can happen to an attempt, as the log keeps it. */
export const missionFactSchema = z.discriminatedUnion("type", [
  startedFact,
  connectedFact,
  disconnectedFact,
  eventFact,
  reviewedFact,
  expiredFact,
  excludedFact,
  includedFact,
]);

export type MissionFact = z.infer<typeof missionFactSchema>;

/** The log checks what it reads from the store, so the type tells all. */
export function isMissionFact(fact: { readonly type: string }): fact is MissionFact {
  return fact.type.startsWith("missions.");
}
export type StartedFact = z.infer<typeof startedFact>;
export type EventFact = z.infer<typeof eventFact>;
export type ReviewedFact = z.infer<typeof reviewedFact>;

/** A fact of one attempt in its place in the log. */
export interface MissionRecord<F extends MissionFact = MissionFact> {
  readonly position: number;
  readonly fact: F;
}

const terminalSchema = z.object({
  kind: z.enum(["completed", "quitted"]),
  at: z.number(),
  eventId: z.string(),
  quitKind: z.enum(QUIT_KINDS).nullable(),
  quitReason: z.string().nullable(),
  /** Seconds, as the client counted. */
  reportedDuration: z.number().nullable(),
});
export type Terminal = z.infer<typeof terminalSchema>;

const revisionSchema = z.object({ at: z.number(), from: z.string(), to: z.string() });

export const lifecycleSchema = z.object({
  phase: z.enum(["pending", "in_progress", "expired", "ended"]),
  terminal: terminalSchema.nullable(),
  expiredAt: z.number().nullable(),
  /** Terminal events that came after the one that counts. */
  duplicateTerminals: z.number(),
  revisions: z.array(revisionSchema),
});
export type Lifecycle = z.infer<typeof lifecycleSchema>;

export const stepDoneSchema = z.object({
  step: z.number(),
  at: z.number(),
  /** Since the step before was done, or since the start. */
  measuredMs: z.number(),
  /** The client's `timeOnStep`, seconds. */
  reportedSec: z.number().nullable(),
  /** True when told from the pages alone. */
  derived: z.boolean(),
});

export const journeySchema = z.object({
  startAt: z.number(),
  /** Of the newest event that was folded in; the start when there is none. */
  lastAt: z.number(),
  succeededAt: z.number().nullable(),
  steps: z.array(stepDoneSchema),
  path: z.string().nullable(),
  activeMs: z.number(),
  page: z.string().nullable(),
  /** Different pages, and all page views with returns (lostness, D-10). */
  pages: z.array(z.string()),
  pageViews: z.number(),
  /** A page was seen again after another one. */
  backtracked: z.boolean(),
});
export type Journey = z.infer<typeof journeySchema>;
export type StepDone = z.infer<typeof stepDoneSchema>;

export const storedReviewSchema = z.object({
  reviewId: z.string(),
  rating: z.number(),
  feedback: z.string().nullable(),
  submittedAt: z.number(),
  /** When it was changed within the minute allowed. */
  correctedAt: z.number().nullable(),
  warnings: z.array(z.string()),
});
export type StoredReview = z.infer<typeof storedReviewSchema>;

/** The newest connection of an attempt (M-30, M-39). */
export const connectionSchema = z.object({
  connectionId: z.string(),
  /** SHA-256 of the token, never the token. */
  tokenHash: z.string(),
  connectedAt: z.number(),
  /** The last sign of life that was stored: the connection, an event, or its end. */
  lastHeartbeatAt: z.number(),
  status: z.enum(["active", "disconnected"]),
  /** From then on there is no connection to speak of. */
  expiresAt: z.number(),
});
export type Connection = z.infer<typeof connectionSchema>;

/** Why an attempt is left out of all numbers, and who said so. */
export const exclusionSchema = z.object({ reason: z.string(), by: z.string(), at: z.number() });
export type Exclusion = z.infer<typeof exclusionSchema>;

/** The summary of one attempt: all that statistics need, without its events. */
export const attemptRowSchema = z.object({
  /** Of the newest fact that the row holds; older ones are not applied again. */
  position: z.number(),
  attemptId: z.string(),
  sessionId: z.string(),
  missionType: z.string(),
  missionVersion: z.number(),
  kioskId: z.string().nullable(),
  startAt: z.number(),
  createdAt: z.number(),
  updatedAt: z.number(),
  lastReceivedAt: z.number(),
  clockOffsetMs: z.number(),
  eventCount: z.number(),
  lifecycle: lifecycleSchema,
  journey: journeySchema,
  review: storedReviewSchema.nullable(),
  connection: connectionSchema.nullable(),
  exclusion: exclusionSchema.nullable(),
});
export type AttemptRow = z.infer<typeof attemptRowSchema>;
