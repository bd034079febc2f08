import { z } from "zod";

/** What the server says, as far as the simulator reads it; anything more is let pass. */

const review = z.looseObject({
  rating: z.number(),
  ratingText: z.string(),
  feedback: z.string().nullable(),
});

export const startedSchema = z.looseObject({
  attemptId: z.string(),
  wsUrl: z.string(),
  wsToken: z.string(),
  expiresIn: z.number(),
});

export const attemptSchema = z.looseObject({
  attemptId: z.string(),
  sessionId: z.string(),
  missionType: z.string(),
  startTime: z.string(),
  status: z.string(),
  eventCount: z.number(),
  review: review.nullable(),
});

export const eventsSchema = z.looseObject({
  eventCount: z.number(),
  events: z.array(z.looseObject({
    eventId: z.string(),
    eventType: z.string(),
    timestamp: z.string(),
    data: z.record(z.string(), z.unknown()),
    seq: z.number().nullish(),
    clientEventId: z.string().nullish(),
  })),
  hasMore: z.boolean().optional(),
  nextCursor: z.string().nullish(),
});

export const reviewSchema = review.extend({ hasFeedback: z.boolean() });

export const loginSchema = z.looseObject({ token: z.string() });

/** The envelope of requirement X-02, and the errors of X-03. */
export const envelopeSchema = z.looseObject({ success: z.literal(true), data: z.unknown() });
export const errorSchema = z.looseObject({
  error: z.looseObject({ code: z.string(), message: z.string() }),
});

const eventKey = {
  clientEventId: z.string().optional(),
  seq: z.number().optional(),
};

/** Frames that the simulator acts on; others are counted and ignored. */
export const frameSchema = z.discriminatedUnion("type", [
  z.looseObject({ type: z.literal("connection_ack"), attemptId: z.string() }),
  z.looseObject({
    type: z.literal("event_ack"),
    eventId: z.string(),
    ackUpTo: z.number().optional(),
    duplicate: z.boolean().optional(),
    ...eventKey,
  }),
  z.looseObject({
    type: z.literal("error"),
    code: z.string(),
    message: z.string(),
    details: z.looseObject({ retryAfterMs: z.number().optional() }).nullish(),
    ...eventKey,
  }),
  z.looseObject({ type: z.literal("ping"), t: z.number() }),
  z.looseObject({ type: z.literal("token_refresh"), wsToken: z.string() }),
  z.looseObject({ type: z.literal("resend_from"), seq: z.number() }),
  z.looseObject({ type: z.literal("pause"), ms: z.number() }),
  z.looseObject({ type: z.literal("server_shutdown"), reconnectInMs: z.number().optional() }),
  z.looseObject({ type: z.literal("time_sync") }),
  z.looseObject({ type: z.literal("command") }),
]);

export type Frame = z.infer<typeof frameSchema>;
export type Started = z.infer<typeof startedSchema>;

export const reviewedSchema = z.looseObject({ reviewId: z.string(), rating: z.number() });
