import type { Reader } from "./readers.ts";

/** What is set about interview practice (P-23); each limit counts for one person. */
export interface InterviewSettings {
  /** A session ends by itself after so long. */
  readonly maxDurationSec: number;
  /** So long before, its person is warned. */
  readonly warningSec: number;
  readonly maxQuestions: number;
  readonly sessionsPerDay: number;
  /** Questions asked for, of the bank and of sessions (P-28). */
  readonly questionsPerMin: number;
}

export function parseInterviews(read: Reader): InterviewSettings {
  const rate = { min: 1, max: 1_000_000 };
  const maxDurationSec = read.seconds("INTERVIEW_MAX_DURATION", 7_200);
  const warningSec = read.seconds("INTERVIEW_WARNING", Math.min(300, maxDurationSec / 2));
  if (warningSec >= maxDurationSec) {
    read.fault("INTERVIEW_WARNING", "shorter than INTERVIEW_MAX_DURATION");
  }
  return {
    maxDurationSec,
    warningSec,
    maxQuestions: read.integer("INTERVIEW_MAX_QUESTIONS", 20, { min: 1, max: 100 }),
    sessionsPerDay: read.integer("INTERVIEW_SESSIONS_PER_DAY", 5, rate),
    questionsPerMin: read.integer("RATE_QUESTIONS_PER_MIN", 30, rate),
  };
}
