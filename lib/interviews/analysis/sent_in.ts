import type { SessionPlace } from "../keys.ts";
import type { Asked } from "../schema.ts";
import type { Analysis } from "./analysis_schema.ts";

/** An answer as it comes in: as text, or as a recording whose text is still to come. */
export interface SentIn {
  readonly questionId: string;
  readonly text: string | null;
  readonly recordingId: string | null;
  /** Of the text, or of the recording. */
  readonly bytes: number;
}

/** What is known when an answer comes in. */
export interface Arrival {
  readonly analysisId: string;
  readonly asked: Asked;
  readonly answerHash: string;
  readonly isFlagged: boolean;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** An analysis as it waits in the queue. */
export function beginAnalysis(
  place: SessionPlace,
  { recordingId, bytes }: SentIn,
  { analysisId, asked, answerHash, isFlagged, now }: Arrival,
): Analysis {
  return {
    userId: place.userId,
    sessionId: place.sessionId,
    analysisId,
    askedId: asked.askedId,
    questionId: asked.questionId,
    status: "queued",
    answerHash,
    answerBytes: bytes,
    isFlagged,
    createdAt: now,
    endedAt: null,
    processingMs: null,
    verdict: null,
    failure: null,
    recordingId,
    transcribedAt: null,
  };
}

/** Why an answer that was spoken is not judged. */
export const NO_TRANSCRIPT = {
  message: "There is no transcript of the recording; write down what you said",
  isRetryable: true,
  isTranscriptMissing: true,
} as const;
