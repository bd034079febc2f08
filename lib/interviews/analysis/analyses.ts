import type { Clock } from "../../clock.ts";
import { sha256 } from "../../digest.ts";
import { AppError } from "../../errors.ts";
import type { Ids } from "../../ids.ts";
import type { Kv } from "../../kv/port.ts";
import type { OneAtATime } from "../../one_at_a_time.ts";
import type { Sealer } from "../../sealing.ts";
import { createBuckets } from "../../token_bucket.ts";
import type { InterviewSettings } from "../../config/interviews.ts";
import type { DayCounts } from "../day_counts.ts";
import type { Job, JobHandler, JobQueue } from "../jobs/queue.ts";
import type { SessionPlace } from "../keys.ts";
import { type PracticeStore, withAnswered, withScores } from "../practice_store.ts";
import type { Catalogue } from "../questions/catalogue.ts";
import type { Recording } from "../recordings/recording_schema.ts";
import type { Transcripts } from "../recordings/transcripts.ts";
import type { AnswerInput, Asked, Session } from "../schema.ts";
import {
  answeredAlready,
  asOf,
  durationSec,
  getAsked,
  isReported,
  requireActive,
  withAsked,
} from "../session_life.ts";
import type { SessionStore } from "../session_store.ts";
import type { Standings } from "../standings.ts";
import type { Watcher } from "../watching.ts";
import type { Analysis } from "./analysis_schema.ts";
import { createAnalysisStore } from "./analysis_store.ts";
import { type Analyser, totalOf, type Verdict } from "./port.ts";
import { isProfane } from "./profanity.ts";
import { beginAnalysis, NO_TRANSCRIPT, type SentIn } from "./sent_in.ts";
import { requireAscii } from "./strict_ascii.ts";

export interface AnalysesDeps {
  readonly kv: Kv;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly sealer: Sealer;
  readonly settings: InterviewSettings;
  readonly store: SessionStore;
  readonly practices: PracticeStore;
  readonly catalogue: Catalogue;
  readonly dayCounts: DayCounts;
  readonly standings: Standings;
  readonly analyser: Analyser;
  readonly transcripts: Transcripts;
  readonly turns: OneAtATime;
  readonly tell: Watcher;
}

export type Analyses = ReturnType<typeof createAnalyses>;

interface Judged {
  readonly verdict: Verdict;
  readonly tookMs: number;
}

/** What comes of the work: a verdict, or that nothing is there to judge. */
type Outcome = Judged | "noTranscript";

/** Earlier answers that an analyser is told of. */
const MAX_PREVIOUS = 3;

/** Answers from their arrival to the verdict (P-11, P-18, P-36). */
export function createAnalyses(deps: AnalysesDeps) {
  const { kv, clock, store, practices, catalogue, turns, tell } = deps;
  const { answersPerMin } = deps.settings;
  const allowances = createBuckets({ perSec: answersPerMin / 60, burst: answersPerMin });

  const { find, get, stage } = createAnalysisStore(deps);

  /** @throws AppError RATE_LIMIT */
  function countAnswer(userId: string): void {
    const retryAfterMs = allowances(userId).take(clock.monotonic());
    if (retryAfterMs === 0) return;
    throw new AppError("RATE_LIMIT", "Too many answers, think before the next", {
      details: { retryAfterMs, expected: `at most ${answersPerMin} answers a minute` },
    });
  }

  /** The analysis of this very answer, where it is under way or done; null to begin one. */
  async function findEarlier(asked: Asked, place: SessionPlace, hash: string) {
    if (asked.analysisId === null) return null;
    const earlier = await get(place.userId, asked.analysisId);
    if (earlier.answerHash !== hash && earlier.status !== "failed") {
      throw answeredAlready();
    }
    return earlier.status === "failed" ? null : earlier;
  }

  async function accept(
    queue: JobQueue,
    place: SessionPlace,
    sent: SentIn,
  ): Promise<Analysis> {
    const before = await store.find(place);
    if (before === null) throw new AppError("NOT_FOUND", "Session is not known");
    const asked = getAsked(before, sent.questionId);
    const answerHash = await sha256(sent.text ?? sent.recordingId ?? "");
    const earlier = await findEarlier(asked, place, answerHash);
    if (earlier !== null) return earlier;
    // What was recorded in time may be written down later, and its upload may take its time.
    if (asked.recordingId === null) requireActive(asOf(before, clock.now()));
    countAnswer(place.userId);
    const now = clock.now();
    const analysis = beginAnalysis(place, sent, {
      analysisId: deps.ids.analysis(),
      asked,
      answerHash,
      isFlagged: isFlagged(sent.text ?? ""),
      now,
    });
    const session = withAsked(before, asked.askedId, {
      answeredAt: asked.answeredAt ?? now,
      analysisId: analysis.analysisId,
    });
    const operation = kv.atomic();
    store.stage(operation, before, session);
    if (sent.text !== null) await stageText(operation, analysis, sent.text);
    const practice = await practices.find(place.userId);
    practices.stage(
      operation,
      place.userId,
      withAnswered(practice, { questionId: asked.questionId, now }),
    );
    await stage(operation, analysis);
    if (asked.answeredAt === null) deps.dayCounts.stage(operation, "answered");
    queue.stage(operation, { ...place, jobId: analysis.analysisId });
    await operation.commit();
    tell(place.userId, { kind: "interview:updated", session });
    return analysis;
  }

  const isFlagged = (text: string) => isProfane(text, deps.settings.flaggedWords);

  function stageText(operation: Deno.AtomicOperation, analysis: Analysis, text: string) {
    return store.stageAnswer(operation, analysis, { text, savedAt: clock.now() });
  }

  /** In a turn of its person: their data may be deleted meanwhile. */
  function begin({ userId, jobId }: Job): Promise<Analysis> {
    return turns.run(userId, async () => {
      const analysis: Analysis = { ...await get(userId, jobId), status: "processing" };
      const operation = kv.atomic();
      await stage(operation, analysis);
      await operation.commit();
      return analysis;
    });
  }

  /** The latest given before a question. */
  async function answersBefore(session: Session, askedId: string): Promise<string[]> {
    const at = session.asked.findIndex((it) => it.askedId === askedId);
    const before = session.asked.slice(0, at).filter(({ answeredAt }) => answeredAt !== null)
      .slice(-MAX_PREVIOUS);
    const found = await Promise.all(before.map((it) => store.findAnswer(session, it.askedId)));
    return found.flatMap((answer) => answer?.text ?? []);
  }

  /** True when what was said stands there as text. */
  async function transcribe(analysis: Analysis, signal: AbortSignal): Promise<boolean> {
    const { recordingId, userId } = analysis;
    const session = await store.find(analysis);
    if (recordingId === null || analysis.transcribedAt !== null || session === null) return true;
    tell(userId, { kind: "analysis:progress", analysis, percent: 5, stage: "transcribing" });
    const spoken = { ...analysis, recordingId, language: session.language };
    const text = await deps.transcripts.write(spoken, signal);
    if (text === null) return false;
    await turns.run(userId, async () => {
      const operation = kv.atomic();
      const before = await get(userId, analysis.analysisId);
      const transcribedAt = clock.now();
      await stage(operation, { ...before, transcribedAt, isFlagged: isFlagged(text) });
      await stageText(operation, analysis, text);
      await operation.commit();
    });
    return true;
  }

  async function work(job: Job, signal: AbortSignal): Promise<Outcome> {
    const analysis = await begin(job);
    tell(job.userId, { kind: "analysis:started", analysis });
    if (!await transcribe(analysis, signal)) return "noTranscript";
    const session = await store.find(job);
    const question = catalogue.find(analysis.questionId);
    const answer = await store.findAnswer(job, analysis.askedId);
    if (session === null || question === null || answer === null) {
      throw new AppError("NOT_FOUND", "Answer is not there any more");
    }
    tell(job.userId, { kind: "analysis:progress", analysis, percent: 20, stage: "analysing" });
    const { language, category, customCategory, userLevel } = session;
    const startedAt = clock.monotonic();
    const submission = {
      ...{ language, category, customCategory, userLevel },
      previousAnswers: await answersBefore(session, analysis.askedId),
      sessionSec: durationSec(session, analysis.createdAt),
    };
    const verdict = await deps.analyser.analyse(
      { ...submission, question, answer: answer.text },
      signal,
    );
    tell(job.userId, { kind: "analysis:progress", analysis, percent: 90, stage: "storing" });
    return { verdict, tookMs: Math.round(clock.monotonic() - startedAt) };
  }

  async function fail(
    job: Job,
    failure: Analysis["failure"],
    operation: Deno.AtomicOperation,
  ): Promise<() => void> {
    const analysis = await get(job.userId, job.jobId);
    const failed: Analysis = { ...analysis, status: "failed", endedAt: clock.now(), failure };
    await stage(operation, failed);
    return () => tell(job.userId, { kind: "analysis:failed", analysis: failed });
  }

  const handler: JobHandler<Outcome> = {
    work,
    async finish(job, outcome, operation) {
      if (outcome === "noTranscript") return await fail(job, NO_TRANSCRIPT, operation);
      const { verdict, tookMs } = outcome;
      const before = await store.find(job);
      const analysis = await get(job.userId, job.jobId);
      const ended: Analysis = {
        ...analysis,
        status: "completed",
        endedAt: clock.now(),
        processingMs: tookMs,
        verdict,
      };
      await stage(operation, ended);
      const totalScore = totalOf(verdict.scores);
      catalogue.stageScore(operation, analysis.questionId, totalScore);
      deps.dayCounts.stage(operation, "judged");
      deps.dayCounts.stage(operation, "points", totalScore);
      const practice = await practices.find(job.userId);
      const tags = catalogue.find(analysis.questionId)?.tags ?? [];
      practices.stage(operation, job.userId, withScores(practice, { tags, verdict }));
      if (before === null) throw new AppError("NOT_FOUND", "Session is not known");
      const { category } = before;
      await deps.standings.stage(operation, { ...job, category }, verdict.scores);
      const session = withAsked(before, analysis.askedId, { totalScore });
      store.stage(operation, before, session);
      return () => {
        tell(job.userId, { kind: "analysis:completed", analysis: ended });
        tell(job.userId, { kind: "interview:updated", session });
        if (session.status !== "completed") return;
        const kind = isReported(session) ? "report:generated" : "report:updated";
        tell(job.userId, { kind, session });
      };
    },
    giveUp: (job, error, operation) =>
      fail(job, {
        message: "Answer could not be analysed",
        isRetryable: !(error instanceof AppError && error.code === "NOT_FOUND"),
        isTranscriptMissing: false,
      }, operation),
  };

  async function send(queue: JobQueue, place: SessionPlace, sent: SentIn): Promise<Analysis> {
    const analysis = await turns.run(place.userId, () => accept(queue, place, sent));
    if (analysis.status === "queued") await queue.wake(analysis.analysisId);
    return analysis;
  }

  return {
    get,
    handler,
    /**
     * Stores an answer and queues it; the same one again gives the analysis that there is (T-P03).
     * @throws AppError NOT_FOUND, CONFLICT for an ended session or another answer, RATE_LIMIT
     */
    submit(queue: JobQueue, place: SessionPlace, { questionId, answer: text }: AnswerInput) {
      if (deps.settings.strictAscii) requireAscii(text);
      const { length: bytes } = new TextEncoder().encode(text);
      return send(queue, place, { questionId, text, bytes, recordingId: null });
    },
    /** The same for a recording that is whole. */
    submitRecorded(
      queue: JobQueue,
      { userId, sessionId, askedId, recordingId, size }: Recording,
    ): Promise<Analysis> {
      const sent = { questionId: askedId, text: null, bytes: size, recordingId };
      return send(queue, { userId, sessionId }, sent);
    },
    /** Those of a session, in the order of its questions; answers that wait for one are left out. */
    async ofSession({ userId, asked }: Session): Promise<Analysis[]> {
      const ids = asked.flatMap(({ analysisId }) => analysisId ?? []);
      const found = await Promise.all(ids.map((analysisId) => find(userId, analysisId)));
      return found.filter((analysis) => analysis !== null);
    },
  };
}
