import { z } from "zod";

const QUIT_KINDS = ["user", "idle", "reset"] as const;
export type QuitKind = (typeof QUIT_KINDS)[number];

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

const lifecycleSchema = z.object({
  phase: z.enum(["pending", "in_progress", "expired", "ended"]),
  terminal: terminalSchema.nullable(),
  expiredAt: z.number().nullable(),
  /** Terminal events that came after the one that counts. */
  duplicateTerminals: z.number(),
  revisions: z.array(revisionSchema),
});
export type Lifecycle = z.infer<typeof lifecycleSchema>;

const stepDoneSchema = z.object({
  step: z.number(),
  at: z.number(),
  /** Since the step before was done, or since the start. */
  measuredMs: z.number(),
  /** The client's `timeOnStep`, seconds. */
  reportedSec: z.number().nullable(),
  /** True when told from the pages alone. */
  derived: z.boolean(),
});

const journeySchema = z.object({
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
const connectionSchema = z.object({
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
const exclusionSchema = z.object({ reason: z.string(), by: z.string(), at: z.number() });
export type Exclusion = z.infer<typeof exclusionSchema>;

const arrivalSchema = z.object({
  /** Of the newest event; the start when there is none. */
  newestAt: z.number(),
  /** The most that an event happened before another one which had come already; 0 in good order. */
  maxBehindMs: z.number(),
});
export type ArrivalOrder = z.infer<typeof arrivalSchema>;

/** The summary of one attempt: all that statistics need, without its events. */
export const attemptRowSchema = z.compile(z.object({
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
  /** By how much its times were set back; 0 for a clock that has not lost its time. */
  clockShiftMs: z.number().default(0),
  eventCount: z.number(),
  /** Of all its events, whatever they count for: how far their arrival was out of order. */
  arrival: arrivalSchema.default({ newestAt: 0, maxBehindMs: 0 }),
  lifecycle: lifecycleSchema,
  journey: journeySchema,
  review: storedReviewSchema.nullable(),
  connection: connectionSchema.nullable(),
  exclusion: exclusionSchema.nullable(),
  /** When its events were removed because of their age; the row is as they made it. */
  eventsRemovedAt: z.number().nullable().default(null),
}));
export type AttemptRow = z.infer<typeof attemptRowSchema>;
