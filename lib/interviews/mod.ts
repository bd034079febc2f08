import type { Clock } from "../clock.ts";
import { type InterviewSettings, limitsOf } from "../config/interviews.ts";
import type { Ids } from "../ids.ts";
import type { Key, Kv } from "../kv/port.ts";
import { createOneAtATime } from "../one_at_a_time.ts";
import type { Sealer } from "../sealing.ts";
import { createAnalyses } from "./analysis/analyses.ts";
import { progressOf, skillsOf, statsOf } from "./analytics.ts";
import type { Analyser } from "./analysis/port.ts";
import { openJobQueue } from "./jobs/queue.ts";
import { createDayCounts } from "./day_counts.ts";
import { indexSessions } from "./indexing.ts";
import { interviewKeys } from "./keys.ts";
import { createPracticeStore } from "./practice_store.ts";
import { openCatalogue } from "./questions/catalogue.ts";
import { createGenerating } from "./questions/generating.ts";
import type { QuestionWriter } from "./questions/writer.ts";
import { createRecordingStore } from "./recordings/recording_store.ts";
import type { Recording } from "./recordings/recording_schema.ts";
import { openRecordings } from "./recordings/recordings.ts";
import type { Transcriber } from "./recordings/transcriber.ts";
import { createTranscripts } from "./recordings/transcripts.ts";
import type { AnswerInput, Preferences } from "./schema.ts";
import { createSessionStore } from "./session_store.ts";
import { createSessions } from "./sessions.ts";
import { createStandings } from "./standings.ts";
import { createWatching } from "./watching.ts";

export type { ProgressDay, Skill, UserStats } from "./analytics.ts";
export { type Analysis, ANALYSIS_STATUSES, isWorded } from "./analysis/analysis_schema.ts";
export { judge, localAnalyser } from "./analysis/local.ts";
export {
  type Analyser,
  CRITERIA,
  scoresSchema,
  type Submission,
  totalOf,
  type Verdict,
} from "./analysis/port.ts";
export { createRemoteAnalyser } from "./analysis/remote.ts";
export type { AskingDeps, ServiceCall } from "./analysis/asking.ts";
export { createRemoteWriter, type QuestionWish, type QuestionWriter } from "./questions/writer.ts";
export type { Generated } from "./questions/generating.ts";
export { durationSec, hasRoom, openQuestion, timeSpentSec, totalScoreOf } from "./session_life.ts";
export {
  answerInputSchema,
  type Asked,
  DIFFICULTIES,
  type Difficulty,
  type GenerateInput,
  generateInputSchema,
  LANGUAGES,
  type Question,
  QUESTION_TYPES,
  type QuestionInput,
  questionInputSchema,
  type Session,
  SESSION_STATUSES,
  sessionChangeSchema,
  sessionInputSchema,
  USER_LEVELS,
} from "./schema.ts";
export { type Media, type Recording, recordingInputSchema } from "./recordings/recording_schema.ts";
export {
  createRemoteTranscriber,
  noTranscriber,
  type Speech,
  type Transcriber,
} from "./recordings/transcriber.ts";
export { resealInterviews } from "./resealing.ts";
export type { PracticeDay } from "./day_counts.ts";
export { MIN_OTHERS } from "./standings.ts";
export { MAX_QUESTIONS } from "./questions/catalogue.ts";
export type { QuestionUse } from "./questions/question_use.ts";
export type { Change, Watcher } from "./watching.ts";

export interface InterviewsDeps {
  readonly kv: Kv;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Answers and what is said of them are stored sealed (P-30). */
  readonly sealer: Sealer;
  readonly settings: InterviewSettings;
  /** Where recorded answers lie, sealed; null where they are not kept. */
  readonly recordingsFolder: string | null;
  /** Of the exhibition: where a day begins. */
  readonly timeZone: string;
  /** From 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number;
  readonly analyser: Analyser;
  readonly transcriber: Transcriber;
  /** Writes questions; null where no service is set. */
  readonly writer: QuestionWriter | null;
  readonly onAnalysisError: (error: unknown) => void;
  /** A stored row cannot be read; the rest goes on without it. */
  readonly onUnreadable: (error: unknown) => void;
  readonly preferencesOf: (userId: string) => Promise<Preferences>;
}

export type Interviews = Awaited<ReturnType<typeof openInterviews>>;

/** Answers that are worked at together. */
const WORKERS = 4;
/** How long one may take beside its transcript; an analyser gives up long before. */
const LEASE_MS = 60_000;
/** More than anybody can have. */
const MAX_SESSIONS = 1_000_000;
/** Deleted together. */
const MAX_DELETED = 500;

/** Interview practice (document 5). */
export async function openInterviews(deps: InterviewsDeps) {
  const { kv, sealer, settings } = deps;
  await indexSessions(kv);
  const turns = createOneAtATime();
  const catalogue = await openCatalogue(deps);
  const watching = createWatching();
  const store = createSessionStore({ kv, sealer, warningMs: settings.warningSec * 1000 });
  const practices = createPracticeStore(kv);
  const dayCounts = createDayCounts(deps);
  const standings = createStandings(kv);
  const recordings = await openRecordings({
    ...deps,
    settings: settings.recordings,
    folder: deps.recordingsFolder,
    store,
    recordings: createRecordingStore(deps),
    turns,
    tell: watching.tell,
  });
  const analyses = createAnalyses({
    ...deps,
    transcripts: createTranscripts({ recordings, transcriber: deps.transcriber }),
    dayCounts,
    standings,
    store,
    practices,
    catalogue,
    turns,
    tell: watching.tell,
  });
  const queue = await openJobQueue({
    ...deps,
    owner: deps.ids.unique(),
    handler: analyses.handler,
    turns,
    workers: WORKERS,
    leaseMs: LEASE_MS + (settings.ai?.transcription?.timeoutSec ?? 0) * 1000,
    onError: deps.onAnalysisError,
  });
  const sessions = createSessions({
    ...deps,
    recordings,
    dayCounts,
    store,
    practices,
    catalogue,
    turns,
    tell: watching.tell,
  });

  const generating = createGenerating({ ...deps, practices, catalogue, turns });

  const allSessions = (userId: string) => store.list(userId, { limit: MAX_SESSIONS, offset: 0 });

  async function removeAll(prefix: Key): Promise<void> {
    while (true) {
      const operation = kv.atomic();
      let count = 0;
      for await (const { key } of kv.list({ prefix }, { limit: MAX_DELETED })) {
        operation.delete(key);
        count++;
      }
      if (count === 0) return;
      await operation.commit();
    }
  }

  return {
    sessions,
    recordings,
    catalogue,
    generating,
    analyses: {
      get: analyses.get,
      ofSession: analyses.ofSession,
      /** @throws AppError NOT_FOUND, CONFLICT, RATE_LIMIT */
      submit: (userId: string, { sessionId, ...input }: AnswerInput) =>
        analyses.submit(queue, { userId, sessionId }, { ...input, sessionId }),
      /**
       * Sends in an answer that was recorded; it is analysed by its transcript.
       * @throws AppError NOT_FOUND, CONFLICT, RATE_LIMIT
       */
      submitRecorded: (recording: Recording) => analyses.submitRecorded(queue, recording),
    },
    stats: {
      figures: async (userId: string) => statsOf(await allSessions(userId), deps.clock.now()),
      progress: async (userId: string) => progressOf(await allSessions(userId), deps.timeZone),
      skills: async (userId: string) => skillsOf(await practices.find(userId)),
      benchmarks: standings.benchmarks,
    },
    /** Of everybody, for administrators (P-13). */
    everybody: { sessions: sessions.listAll, days: dayCounts.last },
    queue: {
      pump: queue.pump,
      waiting: queue.waiting,
      dead: queue.dead,
      listDead: queue.listDead,
    },
    /** Stops working at answers; what is not done is done after the next start. */
    close: queue.close,
    /** What a person's tier allows now (T-P17). */
    limitsOf: async (userId: string) => limitsOf(settings, await deps.preferencesOf(userId)),
    /** Whether a person has answered a question in words, and may see its sample answer (T-P07). */
    hasAnswered: async (userId: string, questionId: string): Promise<boolean> =>
      Object.hasOwn((await practices.find(userId)).answered, questionId),
    /** Tells of every change after it is stored, until the result is called. */
    watch: watching.watch,
    /** Forgets everything about a person (P-31). */
    forget: (userId: string): Promise<void> =>
      turns.run(userId, async () => {
        for (const session of await allSessions(userId)) {
          const operation = kv.atomic();
          store.stage(operation, session, null);
          await operation.commit();
        }
        await recordings.forget(userId);
        await removeAll(interviewKeys.allAnswers(userId));
        await removeAll(interviewKeys.allAnalyses(userId));
        await standings.remove(userId);
        await catalogue.removeDrafts(userId);
        await kv.delete(interviewKeys.practice(userId));
      }),
  };
}
