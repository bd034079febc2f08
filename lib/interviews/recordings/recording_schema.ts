import { z } from "zod";

const mediaSchema = z.object({
  /** By content, such as `video/webm`. */
  mediaType: z.string(),
  durationSec: z.number(),
  tracks: z.array(z.object({
    kind: z.enum(["audio", "video", "other"]),
    /** Such as `opus`; null for one that the library does not know. */
    codec: z.string().nullable(),
  })),
});
/** What a recording has. */
export type Media = z.infer<typeof mediaSchema>;

export const recordingSchema = z.object({
  recordingId: z.string(),
  userId: z.string(),
  sessionId: z.string(),
  askedId: z.string(),
  /** Bytes that it has when it is whole. */
  size: z.number().int(),
  /** Null before it is whole. */
  media: mediaSchema.nullable().default(null),
  createdAt: z.number(),
  /** When the last piece was there and the whole was found good; null before. */
  storedAt: z.number().nullable(),
});
/** A recorded answer, on its way or whole. Times are epoch milliseconds. */
export type Recording = z.infer<typeof recordingSchema>;

/** Where a recording lies. */
export type RecordingPlace = Pick<Recording, "userId" | "sessionId" | "recordingId">;

export const fileKeySchema = z.object({ secret: z.base64() });

/** What is asked for at the start of an upload. */
export const recordingInputSchema = z.object({
  questionId: z.string().min(1).max(64),
  /** Bytes of the whole file. */
  size: z.number().int().min(1),
});
export type RecordingInput = z.infer<typeof recordingInputSchema>;
