import { z } from "zod";
import { timestampSchema } from "../timestamp.ts";
import { distinctSchema } from "./distinct.ts";
import { DEVICES } from "./view.ts";

/** Of one request; 64 KiB hold some hundreds. */
export const MAX_EVENTS_PER_BATCH = 500;
const MAX_ID_CHARS = 64;

/** Text without control characters, and none but blanks. */
const line = (maxChars: number) =>
  z.string().trim().min(1).max(maxChars)
    .refine((text) => !/\p{Cc}/u.test(text), "text without control characters");

/** One event of `POST /api/events` (E-22). Unknown keys are ignored and not kept. */
export const eventSchema = z.object({
  eventName: line(64),
  userId: line(MAX_ID_CHARS).nullish(),
  /** Of the visitor; people are told apart by it where there is no user. */
  sessionId: line(MAX_ID_CHARS).nullish(),
  /** By the client's clock; the moment of arrival without it. */
  timestamp: timestampSchema.optional(),
  country: z.string().refine((code) => /^[A-Za-z]{2}$/.test(code), "two letters of ISO 3166")
    .transform((code) => code.toUpperCase()).nullish(),
  device: z.enum(DEVICES).nullish(),
  /** An address, or a host. */
  referrer: z.string().max(2_000).nullish(),
  /** The client's own id: the same one again is acknowledged and stored once. */
  clientEventId: z.string()
    .refine((id) => /^[A-Za-z0-9_-]{1,64}$/.test(id), "1 to 64 letters, digits, _ or -")
    .nullish(),
});
export type EventInput = z.infer<typeof eventSchema>;

export const metricsFactSchema = z.object({
  type: z.literal("metrics.event_recorded"),
  eventId: z.string(),
  eventName: z.string(),
  userId: z.string().nullable(),
  sessionId: z.string().nullable(),
  timestamp: z.number(),
  at: z.number(),
  receivedAt: z.number(),
  country: z.string(),
  device: z.enum(DEVICES),
  referrer: z.string(),
  /** Of the API key or the person that sent it; a client's ids are its own. */
  source: z.string(),
  clientEventId: z.string().nullable(),
});
export type MetricsFact = z.infer<typeof metricsFactSchema>;

/** The log checks what it reads from the store, so the type tells all. */
export function isMetricsFact(fact: { readonly type: string }): fact is MetricsFact {
  return fact.type === "metrics.event_recorded";
}

const tallySchema = z.object({
  counts: z.array(z.tuple([z.string(), z.number()])),
  other: z.number(),
});

export const bucketRowSchema = z.object({
  /** Of the newest fact that is counted in it. */
  position: z.number(),
  events: z.number(),
  names: tallySchema,
  countries: tallySchema,
  devices: tallySchema,
  referrers: tallySchema,
  kiosks: tallySchema,
  people: distinctSchema,
});
export type BucketRow = z.infer<typeof bucketRowSchema>;

export const clientIdRowSchema = z.object({ eventId: z.string() });

/** Which minutes of an hour the server was alive, the first minute in the first bit. */
export const aliveRowSchema = z.object({ low: z.number(), high: z.number() });
