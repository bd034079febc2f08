import { z } from "@hono/zod-openapi";
import { toIso } from "../../../lib/clock.ts";
import type { Media, Recording } from "../../../lib/interviews/mod.ts";

/** What was found in a recording. */
const media = {
  mediaType: z.string().openapi({ description: "By its content" }),
  duration: z.number().openapi({ description: "Seconds" }),
  tracks: z.array(z.object({
    kind: z.enum(["audio", "video", "other"]),
    codec: z.string().nullable(),
  })),
};
const mediaSchema = z.object(media);

function toMedia({ mediaType, durationSec, tracks }: Media): z.infer<typeof mediaSchema> {
  return { mediaType, duration: durationSec, tracks };
}

export const recordingSchema = z.object({
  id: z.string(),
  sessionId: z.string(),
  questionId: z.string().openapi({ description: "As it was put: the id within the session" }),
  status: z.enum(["uploading", "stored"]),
  size: z.number().openapi({ description: "Bytes" }),
  offset: z.number().openapi({ description: "Bytes that are stored; the next piece goes there" }),
  media: mediaSchema.optional().openapi({ description: "Once it is whole" }),
  createdAt: z.iso.datetime(),
  storedAt: z.iso.datetime().optional(),
  contentUrl: z.string().optional().openapi({ description: "Where it is played from" }),
}).openapi("Recording");

/** The recorded answer to a question, whole. */
export const storedRecordingSchema = z.object({
  id: z.string(),
  ...media,
  size: z.number().openapi({ description: "Bytes" }),
  contentUrl: z.string().openapi({ description: "Where it is played from; takes Range" }),
}).openapi("StoredRecording");

export function toStoredRecording(
  recording: Recording,
): z.infer<typeof storedRecordingSchema> | null {
  const { recordingId, media, size } = recording;
  if (media === null) return null;
  return { id: recordingId, ...toMedia(media), size, contentUrl: contentUrlOf(recording) };
}

/** The address of a recording, and of what lies under it. */
export function recordingPath({ sessionId, recordingId }: Recording): string {
  return `/api/sessions/${sessionId}/recordings/${recordingId}`;
}

function contentUrlOf(recording: Recording): string {
  return `${recordingPath(recording)}/content`;
}

/** @param offset bytes that are stored */
export function toRecording(
  recording: Recording,
  offset: number,
): z.infer<typeof recordingSchema> {
  const { recordingId, sessionId, askedId, size, media, createdAt, storedAt } = recording;
  return {
    id: recordingId,
    sessionId,
    questionId: askedId,
    status: storedAt === null ? "uploading" : "stored",
    size,
    offset,
    ...(media !== null && { media: toMedia(media) }),
    createdAt: toIso(createdAt),
    ...(storedAt !== null && {
      storedAt: toIso(storedAt),
      contentUrl: contentUrlOf(recording),
    }),
  };
}
