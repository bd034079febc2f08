import { z } from "zod";
import { idSchema } from "../../ids.ts";
import { MAX_EVENTS_PER_ATTEMPT, MAX_FEEDBACK_CHARS } from "../schema.ts";

/**
 * Bounds of what a fact says. What is stored has passed the routes' checks, a file has not: these
 * are the same bounds.
 */

const time = z.number().int().min(Date.UTC(2000, 0)).max(Date.UTC(2100, 0) - 1);
const hash = z.string().regex(/^[0-9a-f]{64}$/, "64 hexadecimal digits");
const text = (maxChars: number) => z.string().max(maxChars);
const count = (max: number) => z.number().int().min(0).max(max);

/** By names that all facts share. */
export const factBounds = z.looseObject({
  attemptId: idSchema("attempt"),
  sessionId: z.guid().optional(),
  kioskId: text(60).nullish(),
  missionVersion: z.number().int().min(1).optional(),
  eventId: idSchema("event").optional(),
  eventType: text(50).min(1).optional(),
  clientEventId: z.uuid().optional(),
  seq: z.number().int().min(1).max(1_000_000_000).optional(),
  reviewId: idSchema("review").optional(),
  feedback: text(MAX_FEEDBACK_CHARS).nullish(),
  warnings: z.array(text(100)).max(10).optional(),
  connectionId: text(60).optional(),
  reason: text(200).min(1).optional(),
  by: text(100).min(1).optional(),
  tokenHash: hash.optional(),
  startKey: hash.optional(),
  startBody: hash.optional(),
  startAt: time.optional(),
  receivedAt: time.optional(),
  sentAt: time.optional(),
  submittedAt: time.optional(),
  at: time.optional(),
});

/** Of the row that stands in the place of removed events. */
export const rowBounds = factBounds.extend({
  createdAt: time,
  updatedAt: time,
  lastReceivedAt: time,
  eventCount: count(MAX_EVENTS_PER_ATTEMPT),
  lifecycle: z.looseObject({
    terminal: z.looseObject({ at: time, quitReason: text(500).nullable() }).nullable(),
    expiredAt: time.nullable(),
    revisions: z.array(z.unknown()).max(20),
  }),
  journey: z.looseObject({
    succeededAt: time.nullable(),
    steps: z.array(z.looseObject({ step: count(100), at: time, measuredMs: z.number().min(0) }))
      .max(100),
    activeMs: z.number().min(0),
    page: text(100).nullable(),
    pages: z.array(text(100)).max(60),
    pageViews: count(MAX_EVENTS_PER_ATTEMPT),
  }),
  review: factBounds.pick({ reviewId: true, feedback: true, warnings: true }).extend({
    rating: z.number().int().min(1).max(5),
    submittedAt: time,
    correctedAt: time.nullable(),
  }).nullable(),
  exclusion: factBounds.pick({ reason: true, by: true }).extend({ at: time }).nullable(),
});
