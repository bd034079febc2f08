import { z } from "@hono/zod-openapi";
import { toIso } from "../../../lib/clock.ts";
import type { Recording } from "../../../lib/interviews/mod.ts";

export const recordingSchema = z.object({
  id: z.string(),
  sessionId: z.string(),
  questionId: z.string().openapi({ description: "As it was put: the id within the session" }),
  status: z.enum(["uploading", "stored"]),
  size: z.number().openapi({ description: "Bytes" }),
  offset: z.number().openapi({ description: "Bytes that are stored; the next piece goes there" }),
  mediaType: z.string().optional().openapi({ description: "By its content" }),
  createdAt: z.iso.datetime(),
  storedAt: z.iso.datetime().optional(),
  contentUrl: z.string().optional().openapi({ description: "Where it is played from" }),
}).openapi("Recording");

/** The recorded answer to a question, whole. */
export const storedRecordingSchema = z.object({
  id: z.string(),
  mediaType: z.string().openapi({ description: "By its content" }),
  size: z.number().openapi({ description: "Bytes" }),
  contentUrl: z.string().openapi({ description: "Where it is played from; takes Range" }),
}).openapi("StoredRecording");

export function toStoredRecording(recording: Recording): z.infer<typeof storedRecordingSchema> {
  const { recordingId, mediaType, size } = recording;
  return {
    id: recordingId,
    mediaType: mediaType ?? UNKNOWN_TYPE,
    size,
    contentUrl: contentUrlOf(recording),
  };
}

/** Of bytes that may be anything. */
const UNKNOWN_TYPE = "application/octet-stream";

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
  const { recordingId, sessionId, askedId, size, mediaType, createdAt, storedAt } = recording;
  return {
    id: recordingId,
    sessionId,
    questionId: askedId,
    status: storedAt === null ? "uploading" : "stored",
    size,
    offset,
    ...(mediaType !== null && { mediaType }),
    createdAt: toIso(createdAt),
    ...(storedAt !== null && {
      storedAt: toIso(storedAt),
      contentUrl: contentUrlOf(recording),
    }),
  };
}
