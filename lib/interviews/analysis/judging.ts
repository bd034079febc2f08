import { AppError } from "../../errors.ts";
import type { Job, JobHandler } from "../jobs/queue.ts";
import { withAnswered, withScores } from "../practice_store.ts";
import type { Session } from "../schema.ts";
import { durationSec, isReported, withAsked } from "../session_life.ts";
import type { AnalysesDeps } from "./analyses.ts";
import type { Analysis } from "./analysis_schema.ts";
import type { AnalysisStore } from "./analysis_store.ts";
import { type Submission, totalOf, type Verdict } from "./port.ts";
import { isProfane } from "./profanity.ts";

export type JudgingDeps = Omit<AnalysesDeps, "ids"> & { readonly analyses: AnalysisStore };

interface Judged {
  readonly verdict: Verdict;
  readonly tookMs: number;
}

/** What comes of the work: a verdict, or that there is nothing to judge. */
type Outcome = Judged | "noTranscript";

/** Earlier answers that an analyser is told of. */
const MAX_PREVIOUS = 3;

/** What the queue does with an answer (P-18, P-36). */
export function createJudging(deps: JudgingDeps): JobHandler<Outcome> {
  return {
    work: (job, signal) => work(deps, { job, signal }),
    finish: (job, outcome, operation) =>
      outcome === "noTranscript"
        ? fail(deps, { job, failure: NO_TRANSCRIPT, operation })
        : finish(deps, { job, judged: outcome, operation }),
    giveUp: (job, error, operation) => fail(deps, { job, failure: failureOf(error), operation }),
  };
}

interface Work {
  readonly job: Job;
  readonly signal: AbortSignal;
}

async function work(deps: JudgingDeps, { job, signal }: Work): Promise<Outcome> {
  const { clock, tell } = deps;
  const analysis = await begin(deps, job);
  tell(job.userId, { kind: "analysis:started", analysis });
  if (!await writeDown(deps, { analysis, signal })) return "noTranscript";
  const submission = await submissionOf(deps, analysis);
  tell(job.userId, { kind: "analysis:progress", analysis, percent: 20, stage: "analysing" });
  const startedAt = clock.monotonic();
  const verdict = await deps.analyser.analyse(submission, signal);
  tell(job.userId, { kind: "analysis:progress", analysis, percent: 90, stage: "storing" });
  return { verdict, tookMs: Math.round(clock.monotonic() - startedAt) };
}

/** In a turn of its person: their data may be deleted meanwhile. */
function begin({ kv, analyses, turns }: JudgingDeps, { userId, jobId }: Job): Promise<Analysis> {
  return turns.run(userId, async () => {
    const analysis: Analysis = { ...await analyses.get(userId, jobId), status: "processing" };
    const operation = kv.atomic();
    await analyses.stage(operation, analysis);
    await operation.commit();
    return analysis;
  });
}

/** False for an answer that was spoken and of which no transcript can be had. */
async function writeDown(
  deps: JudgingDeps,
  { analysis, signal }: { readonly analysis: Analysis; readonly signal: AbortSignal },
): Promise<boolean> {
  const { recordingId, transcribedAt, userId } = analysis;
  const session = await deps.store.find(analysis);
  if (recordingId === null || transcribedAt !== null || session === null) return true;
  deps.tell(userId, { kind: "analysis:progress", analysis, percent: 5, stage: "transcribing" });
  const spoken = { ...analysis, recordingId, language: session.language };
  const text = await deps.transcripts.write(spoken, signal);
  if (text !== null) await deps.turns.run(userId, () => storeTranscript(deps, { analysis, text }));
  return text !== null;
}

/** With the text, so that it is not paid for again after a crash. */
async function storeTranscript(
  { kv, clock, settings, store, analyses, practices }: JudgingDeps,
  { analysis: { userId, analysisId }, text }: {
    readonly analysis: Analysis;
    readonly text: string;
  },
): Promise<void> {
  const analysis: Analysis = {
    ...await analyses.get(userId, analysisId),
    transcribedAt: clock.now(),
    isFlagged: isProfane(text, settings.flaggedWords),
  };
  const operation = kv.atomic();
  await analyses.stage(operation, analysis);
  await store.stageAnswer(operation, analysis, { text, savedAt: clock.now() });
  const practice = await practices.find(userId);
  const { questionId } = analysis;
  practices.stage(operation, userId, withAnswered(practice, { questionId, now: clock.now() }));
  await operation.commit();
}

/** @throws AppError NOT_FOUND when something of it was deleted */
async function submissionOf(deps: JudgingDeps, analysis: Analysis): Promise<Submission> {
  const { store, catalogue } = deps;
  const session = await store.find(analysis);
  const question = catalogue.find(analysis.questionId);
  const answer = await store.findAnswer(analysis, analysis.askedId);
  if (session === null || question === null || answer === null) {
    throw new AppError("NOT_FOUND", "Answer is not there any more");
  }
  const { language, category, customCategory, userLevel } = session;
  return {
    ...{ question, language, category, customCategory, userLevel },
    answer: answer.text,
    previousAnswers: await answersBefore(deps, { session, askedId: analysis.askedId }),
    sessionSec: durationSec(session, analysis.createdAt),
  };
}

/** The latest given before a question. */
async function answersBefore(
  { store }: JudgingDeps,
  { session, askedId }: { readonly session: Session; readonly askedId: string },
): Promise<string[]> {
  const at = session.asked.findIndex((it) => it.askedId === askedId);
  const before = session.asked.slice(0, at).filter(({ answeredAt }) => answeredAt !== null)
    .slice(-MAX_PREVIOUS);
  const found = await Promise.all(before.map((it) => store.findAnswer(session, it.askedId)));
  return found.flatMap((answer) => answer?.text ?? []);
}

interface Finish {
  readonly job: Job;
  readonly judged: Judged;
  readonly operation: Deno.AtomicOperation;
}

async function finish(deps: JudgingDeps, { job, judged, operation }: Finish) {
  const { analyses, catalogue, clock, practices, store, tell } = deps;
  const { verdict, tookMs } = judged;
  const before = await store.find(job);
  if (before === null) throw new AppError("NOT_FOUND", "Session is not known");
  const analysis: Analysis = {
    ...await analyses.get(job.userId, job.jobId),
    status: "completed",
    endedAt: clock.now(),
    processingMs: tookMs,
    verdict,
  };
  await analyses.stage(operation, analysis);
  const totalScore = totalOf(verdict.scores);
  catalogue.stageScore(operation, analysis.questionId, totalScore);
  deps.dayCounts.stage(operation, "judged");
  deps.dayCounts.stage(operation, "points", totalScore);
  const practice = await practices.find(job.userId);
  const tags = catalogue.find(analysis.questionId)?.tags ?? [];
  practices.stage(operation, job.userId, withScores(practice, { tags, verdict }));
  await deps.standings.stage(operation, { ...job, category: before.category }, verdict.scores);
  const session = withAsked(before, analysis.askedId, { totalScore });
  store.stage(operation, before, session);
  return () => {
    tell(job.userId, { kind: "analysis:completed", analysis });
    tell(job.userId, { kind: "interview:updated", session });
    tellReport(deps, session);
  };
}

const NO_TRANSCRIPT = {
  message: "There is no transcript of the recording; write down what you said",
  isRetryable: true,
  isTranscriptMissing: true,
} as const;

function failureOf(error: unknown): Failure {
  return {
    message: "Answer could not be analysed",
    isRetryable: !(error instanceof AppError && error.code === "NOT_FOUND"),
    isTranscriptMissing: false,
  };
}

type Failure = NonNullable<Analysis["failure"]>;

interface Fail {
  readonly job: Job;
  readonly failure: Failure;
  readonly operation: Deno.AtomicOperation;
}

/** A report does not wait for an answer that is given up: it comes with what there is (V-12). */
async function fail(deps: JudgingDeps, { job, failure, operation }: Fail) {
  const { analyses, store, tell } = deps;
  const analysis: Analysis = {
    ...await analyses.get(job.userId, job.jobId),
    status: "failed",
    endedAt: deps.clock.now(),
    failure,
  };
  await analyses.stage(operation, analysis);
  const before = await store.find(job);
  const session = before && withAsked(before, analysis.askedId, { isGivenUp: true });
  if (session !== null) store.stage(operation, before, session);
  return () => {
    tell(job.userId, { kind: "analysis:failed", analysis });
    if (session !== null) tellReport(deps, session);
  };
}

function tellReport({ tell }: JudgingDeps, session: Session): void {
  if (session.status !== "completed") return;
  const kind = isReported(session) ? "report:generated" : "report:updated";
  tell(session.userId, { kind, session });
}
