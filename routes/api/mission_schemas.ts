import { z } from "@hono/zod-openapi";
import {
  ATTEMPT_SORTS,
  ATTEMPT_STATUSES,
  type AttemptRow,
  type AttemptStatus,
  type EventPage,
  MAX_EVENTS_PER_PAGE,
  type MissionDefinition,
  outcomeOf,
  ratingText,
  type StoredEvent,
  type StoredReview,
  totalDuration,
} from "../../lib/missions/mod.ts";
import { toIso } from "../../lib/clock.ts";
import { idSchema } from "../../lib/ids.ts";

/** What the mission routes take and give, for checking, for types and for OpenAPI. */

const isoTime = z.iso.datetime().openapi({ example: "2025-01-19T10:30:00.000Z" });
const attemptId = z.string().openapi({ example: "attempt_1737285000000000000001" });

export const attemptParams = z.object({
  attemptId: idSchema("attempt").openapi({
    param: { name: "attemptId", in: "path" },
    example: "attempt_1737285000000000000001",
  }),
});

export const startedSchema = z.object({
  attemptId,
  wsUrl: z.string().openapi({ example: "wss://docent.example/ws" }),
  wsToken: z.string(),
  /** Seconds. */
  expiresIn: z.number(),
});

const reviewInAttempt = z.object({
  reviewId: z.string(),
  rating: z.number(),
  ratingText: z.string(),
  feedback: z.string().nullable(),
});

const connectionSchema = z.object({
  connectionId: z.string(),
  status: z.enum(["active", "disconnected"]),
  connectedAt: isoTime,
  lastHeartbeat: isoTime,
  expiresAt: isoTime,
});

export const attemptSchema = z.object({
  attemptId,
  sessionId: z.string(),
  missionType: z.string(),
  missionName: z.string(),
  status: z.enum(ATTEMPT_STATUSES),
  startTime: isoTime,
  endTime: isoTime.nullable(),
  /** Seconds from start to the terminal event. */
  totalDuration: z.number().nullable(),
  /** Seconds from start to the success condition. */
  timeOnTask: z.number().nullable(),
  /** Seconds without idleness and without waits that the mission forces. */
  activeTime: z.number(),
  /** Seconds, as the client counted. */
  reportedDuration: z.number().nullable(),
  succeededAt: isoTime.nullable(),
  leftAtRating: z.boolean(),
  quitKind: z.enum(["user", "idle", "reset"]).nullable(),
  quitReason: z.string().nullable(),
  path: z.string().nullable(),
  steps: z.array(z.object({
    step: z.number(),
    at: isoTime,
    measuredSeconds: z.number(),
    reportedSeconds: z.number().nullable(),
    derived: z.boolean(),
  })),
  duplicateTerminals: z.number(),
  kioskId: z.string().nullable(),
  eventCount: z.number(),
  /** There when the events were removed because of their age; the figures are as they made them. */
  eventsRemovedAt: isoTime.optional(),
  review: reviewInAttempt.nullable(),
  /** There when the attempt is left out of all numbers, as a test or by hand. */
  excluded: z.literal(true).optional(),
  /** The newest; null an hour after its last sign of life. */
  connection: connectionSchema.nullable(),
  createdAt: isoTime,
  updatedAt: isoTime,
}).openapi("Attempt");

/** Row to answer; every field is named, nothing of the store leaks (T-M14). */
export function toAttempt(row: AttemptRow, { name }: MissionDefinition) {
  const { journey, lifecycle: { terminal, duplicateTerminals }, review, connection } = row;
  const { status, endAt, succeededAt, leftAtRating } = outcomeOf(row.lifecycle, journey);
  return {
    attemptId: row.attemptId,
    sessionId: row.sessionId,
    missionType: row.missionType,
    missionName: name.ko,
    status,
    startTime: toIso(row.startAt),
    endTime: endAt === null ? null : toIso(endAt),
    totalDuration: totalDuration(row),
    timeOnTask: succeededAt === null ? null : Math.max(0, succeededAt - row.startAt) / 1000,
    activeTime: journey.activeMs / 1000,
    reportedDuration: terminal?.reportedDuration ?? null,
    succeededAt: succeededAt === null ? null : toIso(succeededAt),
    leftAtRating,
    quitKind: terminal?.quitKind ?? null,
    quitReason: terminal?.quitReason ?? null,
    path: journey.path,
    steps: journey.steps.map(({ step, at, measuredMs, reportedSec, derived }) => ({
      step,
      at: toIso(at),
      measuredSeconds: measuredMs / 1000,
      reportedSeconds: reportedSec,
      derived,
    })),
    duplicateTerminals,
    kioskId: row.kioskId,
    eventCount: row.eventCount,
    ...(row.eventsRemovedAt === null ? {} : { eventsRemovedAt: toIso(row.eventsRemovedAt) }),
    review: review === null ? null : {
      reviewId: review.reviewId,
      rating: review.rating,
      ratingText: ratingText(review.rating),
      feedback: review.feedback,
    },
    ...excludedFlag(row),
    connection: connection === null ? null : toConnection(connection),
    createdAt: toIso(row.createdAt),
    updatedAt: toIso(row.updatedAt),
  };
}

/** Nothing for an attempt that counts: the document's answer stays as it is. */
function excludedFlag({ exclusion }: AttemptRow): { excluded?: true } {
  return exclusion === null ? {} : { excluded: true };
}

/** Without the token's hash, which is nobody's business. */
function toConnection(connection: NonNullable<AttemptRow["connection"]>) {
  const { connectionId, status, connectedAt, lastHeartbeatAt, expiresAt } = connection;
  return {
    connectionId,
    status,
    connectedAt: toIso(connectedAt),
    lastHeartbeat: toIso(lastHeartbeatAt),
    expiresAt: toIso(expiresAt),
  };
}

/** Digits, and nothing else that `Number` would make a number of: no text, 1e1, 0x10 (T-M15). */
const wholeNumber = z.string()
  .refine((text) => /^-?\d{1,9}$/.test(text), "a whole number")
  .transform(Number);

export const listQuery = z.object({
  missionType: z.string().max(20).default("all"),
  status: z.enum(["all", ...ATTEMPT_STATUSES]).default("all"),
  sortBy: z.enum(ATTEMPT_SORTS).default("startTime"),
  order: z.enum(["asc", "desc"]).default("desc"),
  limit: wholeNumber.transform((limit) => clamp(limit, 1, 100)).default(20)
    .openapi({ type: "integer", minimum: 1, maximum: 100, default: 20 }),
  offset: wholeNumber.pipe(z.number().min(0)).default(0)
    .openapi({ type: "integer", minimum: 0, default: 0 }),
});

export const listSchema = z.object({
  attempts: z.array(
    attemptSchema.pick({
      attemptId: true,
      sessionId: true,
      missionType: true,
      status: true,
      startTime: true,
      totalDuration: true,
      excluded: true,
    }).extend({ rating: z.number().nullable() }),
  ),
  pagination: z.object({
    total: z.number(),
    limit: z.number(),
    offset: z.number(),
    hasMore: z.boolean(),
  }),
});

export function toListRow(row: AttemptRow) {
  return {
    attemptId: row.attemptId,
    sessionId: row.sessionId,
    missionType: row.missionType,
    status: outcomeOf(row.lifecycle, row.journey).status,
    startTime: toIso(row.startAt),
    totalDuration: totalDuration(row),
    ...excludedFlag(row),
    rating: row.review?.rating ?? null,
  };
}

/** `all`, or one status. */
export function statusesOf(status: "all" | AttemptStatus): readonly AttemptStatus[] {
  return status === "all" ? ATTEMPT_STATUSES : [status];
}

export const eventsQuery = z.object({
  type: z.string().max(50).optional(),
  isMissionRelevant: z.enum(["true", "false"]).transform((text) => text === "true").optional(),
  limit: wholeNumber.transform((limit) => clamp(limit, 1, MAX_EVENTS_PER_PAGE)).optional()
    .openapi({ type: "integer", minimum: 1, maximum: MAX_EVENTS_PER_PAGE }),
  cursor: z.string().max(40).optional(),
});

export const eventsSchema = z.object({
  attemptId,
  eventType: z.string().optional(),
  eventCount: z.number(),
  events: z.array(z.object({
    eventId: z.string(),
    eventType: z.string(),
    timestamp: isoTime,
    clientTimestamp: isoTime.optional().openapi({
      description: "There when the kiosk's clock had lost its time: what it said",
    }),
    data: z.record(z.string(), z.unknown()),
    receivedAt: isoTime,
    processingTime: z.number(),
    serverProcessingMs: z.number(),
    clockOffsetMs: z.number(),
    delivery: z.enum(["live", "queued"]),
    clientEventId: z.string().optional(),
    seq: z.number().optional(),
  })),
  hasMore: z.boolean(),
  nextCursor: z.string().nullable(),
  eventsRemoved: z.object({ at: isoTime, count: z.number() }).optional().openapi({
    description: "There when the events were removed because of their age; no event is listed then",
  }),
});

/** A page of events to answer; what is not the document's own is there only when it says something. */
export function toEventPage(page: EventPage) {
  const { eventsRemoved, ...rest } = page;
  return {
    ...rest,
    events: page.events.map(toEvent),
    ...(eventsRemoved === null
      ? {}
      : { eventsRemoved: { ...eventsRemoved, at: toIso(eventsRemoved.at) } }),
  };
}

function toEvent({ at, receivedAt, toldAt, ...event }: StoredEvent) {
  const { eventId, eventType, ...rest } = event;
  return {
    eventId,
    eventType,
    timestamp: toIso(at),
    receivedAt: toIso(receivedAt),
    ...(toldAt === undefined ? {} : { clientTimestamp: toIso(toldAt) }),
    ...rest,
  };
}

export const reviewedSchema = z.object({
  reviewId: z.string(),
  attemptId,
  rating: z.number(),
  submittedAt: isoTime,
});

export const storedReviewSchema = reviewedSchema.extend({
  ratingText: z.string(),
  feedback: z.string().nullable(),
  hasFeedback: z.boolean(),
});

export function toReview(attemptId: string, review: StoredReview) {
  const { reviewId, rating, feedback, submittedAt } = review;
  return {
    reviewId,
    attemptId,
    rating,
    ratingText: ratingText(rating),
    feedback,
    hasFeedback: feedback !== null,
    submittedAt: toIso(submittedAt),
  };
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value));
}
