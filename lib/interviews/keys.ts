import type { JobCategory } from "../job_categories.ts";
import type { Key } from "../kv/port.ts";

/** Where something of a session lies. */
export interface SessionPlace {
  readonly userId: string;
  readonly sessionId: string;
}

/**
 * Every key of interview practice. What is a person's lies under their id, so that forgetting them
 * is forgetting what lies there.
 */
export const interviewKeys = {
  session: ({ userId, sessionId }: SessionPlace): Key => [
    ...interviewKeys.sessions(userId),
    sessionId,
  ],
  sessions: (userId: string): Key => ["interviews", "sessions", userId],
  sessionByStart: ({ userId, startedAt, sessionId }: SessionPlace & { startedAt: number }): Key => [
    ...interviewKeys.sessionsByStart(userId),
    startedAt,
    sessionId,
  ],
  sessionsByStart: (userId: string): Key => [...interviewKeys.sessionsByStarts, userId],
  sessionsByStarts: ["interviews", "sessions_by_start"] satisfies Key,
  /** Of everybody. */
  sessionByTime: ({ userId, startedAt, sessionId }: SessionPlace & { startedAt: number }): Key => [
    ...interviewKeys.sessionsByTime,
    startedAt,
    userId,
    sessionId,
  ],
  sessionsByTime: ["interviews", "sessions_by_time"] satisfies Key,
  /** There once each session stands in it. */
  sessionsIndexed: ["interviews", "sessions_indexed"] satisfies Key,
  /** When something is to be done about a session by itself. */
  sessionByDue: ({ dueAt, userId, sessionId }: SessionPlace & { dueAt: number }): Key => [
    ...interviewKeys.sessionsByDue,
    dueAt,
    userId,
    sessionId,
  ],
  sessionsByDue: ["interviews", "sessions_by_due"] satisfies Key,
  answer: ({ userId, sessionId }: SessionPlace, askedId: string): Key => [
    ...interviewKeys.answers({ userId, sessionId }),
    askedId,
  ],
  answers: ({ userId, sessionId }: SessionPlace): Key => [
    ...interviewKeys.allAnswers(userId),
    sessionId,
  ],
  allAnswers: (userId: string): Key => ["interviews", "answers", userId],
  question: (questionId: string): Key => [...interviewKeys.questions, questionId],
  questions: ["interviews", "questions"] satisfies Key,
  stagedQuestion: (questionId: string): Key => [...interviewKeys.stagedQuestions, questionId],
  stagedQuestions: ["interviews", "staged_questions"] satisfies Key,
  /** There while what is staged counts. */
  questionsStaged: ["interviews", "questions_staged"] satisfies Key,
  /** Of nobody in particular, so it stays when people go (T-P16). */
  questionCount: (questionId: string, of: "asked" | "scored" | "points"): Key => [
    "interviews",
    "question_counts",
    questionId,
    of,
  ],
  /** Under the id of its job. */
  analysis: (userId: string, analysisId: string): Key => [
    ...interviewKeys.allAnalyses(userId),
    analysisId,
  ],
  allAnalyses: (userId: string): Key => ["interviews", "analyses", userId],
  recording: ({ userId, sessionId }: SessionPlace, recordingId: string): Key => [
    ...interviewKeys.recordings({ userId, sessionId }),
    recordingId,
  ],
  recordings: ({ userId, sessionId }: SessionPlace): Key => [
    ...interviewKeys.allRecordings(userId),
    sessionId,
  ],
  allRecordings: (userId: string): Key => [...interviewKeys.everyRecording, userId],
  everyRecording: ["interviews", "recordings"] satisfies Key,
  /** What opens its file. */
  recordingKey: ({ userId, sessionId }: SessionPlace, recordingId: string): Key => [
    "interviews",
    "recording_keys",
    userId,
    sessionId,
    recordingId,
  ],
  /** Not whole yet. */
  uploadByStart: (place: SessionPlace & { createdAt: number; recordingId: string }): Key => [
    ...interviewKeys.uploadsByStart,
    place.createdAt,
    place.userId,
    place.sessionId,
    place.recordingId,
  ],
  uploadsByStart: ["interviews", "uploads_by_start"] satisfies Key,
  /** Its row is gone, and its file has to go. */
  discarded: (recordingId: string): Key => [...interviewKeys.allDiscarded, recordingId],
  allDiscarded: ["interviews", "discarded_recordings"] satisfies Key,
  /** Everything that is stored sealed. */
  sealed: [
    ["interviews", "answers"],
    ["interviews", "analyses"],
    ["interviews", "recording_keys"],
  ] satisfies Key[],
  job: (jobId: string): Key => [...interviewKeys.jobs, jobId],
  jobs: ["interviews", "jobs"] satisfies Key,
  /** Of nobody in particular, so it stays when people go (T-P16). */
  dayCount: (date: string, of: string): Key => ["interviews", "day_counts", date, of],
  standing: (category: JobCategory, userId: string): Key => [
    ...interviewKeys.standings(category),
    userId,
  ],
  standings: (category: JobCategory): Key => ["interviews", "standings", category],
  practice: (userId: string): Key => ["interviews", "practice", userId],
};
