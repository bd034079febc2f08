import { z } from "zod";
import { verdictSchema } from "./port.ts";

export const ANALYSIS_STATUSES = ["queued", "processing", "completed", "failed"] as const;

export const analysisSchema = z.object({
  analysisId: z.string(),
  userId: z.string(),
  sessionId: z.string(),
  askedId: z.string(),
  questionId: z.string(),
  status: z.enum(ANALYSIS_STATUSES),
  /** SHA-256 of the answer: the same answer again is the same analysis. */
  answerHash: z.string(),
  /** Of the answer, UTF-8; of one that was spoken, those of the recording. */
  answerBytes: z.number().int(),
  /** Holds words of the list; told to the person, and not a reason to refuse (T-P20). */
  isFlagged: z.boolean(),
  createdAt: z.number(),
  endedAt: z.number().nullable(),
  /** Milliseconds that the analyser took; null before. */
  processingMs: z.number().nullable(),
  verdict: verdictSchema.nullable(),
  /** Null unless it failed; `isRetryable` when the same answer may be sent again (T-V05). */
  failure: z.object({
    message: z.string(),
    isRetryable: z.boolean(),
    /** Its person may write down what they said, which is then analysed. */
    isTranscriptMissing: z.boolean().default(false),
  }).nullable(),
  /** Of an answer that was spoken; null for one that was written. */
  recordingId: z.string().nullable().default(null),
  /** When what was said was written down; null before, and for what was written. */
  transcribedAt: z.number().nullable().default(null),
});
/** What becomes of an answer. Times are epoch milliseconds. */
export type Analysis = z.infer<typeof analysisSchema>;

/** Whether the words of an answer are there: typed, or written down from what was said. */
export function isWorded(
  { recordingId, transcribedAt }: Pick<Analysis, "recordingId" | "transcribedAt">,
): boolean {
  return recordingId === null || transcribedAt !== null;
}
