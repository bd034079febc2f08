import { AppError } from "../../errors.ts";
import type { Job, JobHandler } from "../jobs/queue.ts";
import { withScores } from "../practice_store.ts";
import type { Session } from "../schema.ts";
import { durationSec, isReported, withAsked } from "../session_life.ts";
import type { AnalysesDeps } from "./analyses.ts";
import type { Analysis } from "./analysis_schema.ts";
import type { AnalysisStore } from "./analysis_store.ts";
import { type Submission, totalOf, type Verdict } from "./port.ts";

export type JudgingDeps = Omit<AnalysesDeps, "ids" | "settings"> & {
  readonly analyses: AnalysisStore;
};

interface Judged {
  readonly verdict: Verdict;
  readonly tookMs: number;
}

/** Earlier answers that an analyser is told of. */
const MAX_PREVIOUS = 3;

/** What the queue does with an answer (P-18, P-36). */
export function createJudging(deps: JudgingDeps): JobHandler<Judged> {
  return {
    work: (job, signal) => work(deps, { job, signal }),
    finish: (job, judged, operation) => finish(deps, { job, judged, operation }),
    giveUp: (job, error, operation) => giveUp(deps, { job, error, operation }),
  };
}

interface Work {
  readonly job: Job;
  readonly signal: AbortSignal;
}

async function work(deps: JudgingDeps, { job, signal }: Work): Promise<Judged> {
  const { clock, tell } = deps;
  const analysis = await begin(deps, job);
  tell(job.userId, { kind: "analysis:started", analysis });
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

interface GiveUp {
  readonly job: Job;
  readonly error: unknown;
  readonly operation: Deno.AtomicOperation;
}

/** A report does not wait for an answer that is given up: it comes with what there is (V-12). */
async function giveUp(deps: JudgingDeps, { job, error, operation }: GiveUp) {
  const { analyses, store, tell } = deps;
  const analysis: Analysis = {
    ...await analyses.get(job.userId, job.jobId),
    status: "failed",
    endedAt: deps.clock.now(),
    failure: {
      message: "Answer could not be analysed",
      isRetryable: !(error instanceof AppError && error.code === "NOT_FOUND"),
    },
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
