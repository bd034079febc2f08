import { sha256 } from "../../digest.ts";
import { limitsOf, type TierLimits } from "../../config/interviews.ts";
import { AppError } from "../../errors.ts";
import { createBuckets } from "../../token_bucket.ts";
import type { JobQueue } from "../jobs/queue.ts";
import type { SessionPlace } from "../keys.ts";
import { withAnswered } from "../practice_store.ts";
import type { Asked, Session } from "../schema.ts";
import { answeredAlready, asOf, getAsked, requireActive, withAsked } from "../session_life.ts";
import type { AnalysesDeps } from "./analyses.ts";
import { type Analysis, isWorded } from "./analysis_schema.ts";
import type { AnalysisStore } from "./analysis_store.ts";
import { isProfane } from "./profanity.ts";

export type AcceptingDeps =
  & Pick<
    AnalysesDeps,
    | "kv"
    | "clock"
    | "ids"
    | "settings"
    | "store"
    | "practices"
    | "dayCounts"
    | "tell"
    | "preferencesOf"
  >
  & { readonly analyses: AnalysisStore };

/** An answer as it comes in: as text, or as a recording whose text is still to come. */
export interface SentIn {
  readonly questionId: string;
  readonly text: string | null;
  readonly recordingId: string | null;
  /** Of the text, or of the recording. */
  readonly bytes: number;
}

/** An answer, and the queue that is to have it. */
export interface Arrival {
  readonly queue: JobQueue;
  readonly place: SessionPlace;
  readonly sent: SentIn;
}

/**
 * Stores an answer and queues it, in a turn of its person; the same one again gives the analysis
 * that there is (T-P03).
 */
export function createAccepting(deps: AcceptingDeps) {
  const { clock, settings, store } = deps;
  const countAnswer = createAnswerLimit(deps);

  /** @throws AppError NOT_FOUND, CONFLICT, RATE_LIMIT */
  return async function accept({ queue, place, sent }: Arrival): Promise<Analysis> {
    const before = await store.find(place);
    if (before === null) throw new AppError("NOT_FOUND", "Session is not known");
    const asked = getAsked(before, sent.questionId);
    if (settings.strictAscii) requireAscii(sent.text ?? "");
    const answerHash = await sha256(sent.text ?? sent.recordingId ?? "");
    const earlier = await findEarlier(deps.analyses, { asked, place, answerHash });
    if (earlier !== null) return earlier;
    // What was recorded in time may be written down later, and its upload may take its time.
    if (asked.recordingId === null) requireActive(asOf(before, clock.now()));
    await countAnswer(place.userId);
    const analysis = toAnalysis(deps, { place, asked, sent, answerHash });
    await keep(deps, { queue, before, analysis, sent });
    return analysis;
  };
}

function createAnswerLimit({ clock, settings, preferencesOf }: AcceptingDeps) {
  const allowancesOf = ({ answersPerMin }: TierLimits) =>
    createBuckets({ perSec: answersPerMin / 60, burst: answersPerMin });
  const allowances = new Map(
    [settings.free, settings.premium].map((tier) => [tier, allowancesOf(tier)]),
  );
  /** @throws AppError RATE_LIMIT */
  return async function countAnswer(userId: string): Promise<void> {
    const tier = limitsOf(settings, await preferencesOf(userId));
    const { answersPerMin } = tier;
    const retryAfterMs = allowances.get(tier)?.(userId).take(clock.monotonic()) ?? 0;
    if (retryAfterMs === 0) return;
    throw new AppError("RATE_LIMIT", "Too many answers, think before the next", {
      details: { retryAfterMs, expected: `at most ${answersPerMin} answers a minute` },
    });
  };
}

interface Known {
  readonly asked: Asked;
  readonly place: SessionPlace;
  readonly answerHash: string;
}

/** The analysis of this very answer, where it is under way or done; null to begin one. */
async function findEarlier(analyses: AnalysisStore, { asked, place, answerHash }: Known) {
  if (asked.analysisId === null) return null;
  const earlier = await analyses.get(place.userId, asked.analysisId);
  if (earlier.status === "failed") return null;
  if (earlier.answerHash !== answerHash) throw answeredAlready();
  return earlier;
}

function toAnalysis(
  { ids, clock, settings }: AcceptingDeps,
  { place, asked, sent, answerHash }: Known & { readonly sent: SentIn },
): Analysis {
  return {
    ...place,
    analysisId: ids.analysis(),
    askedId: asked.askedId,
    questionId: asked.questionId,
    status: "queued",
    answerHash,
    answerBytes: sent.bytes,
    isFlagged: isProfane(sent.text ?? "", settings.flaggedWords),
    createdAt: clock.now(),
    endedAt: null,
    processingMs: null,
    verdict: null,
    failure: null,
    recordingId: sent.recordingId,
    transcribedAt: null,
  };
}

interface Kept {
  readonly queue: JobQueue;
  readonly before: Session;
  readonly analysis: Analysis;
  readonly sent: SentIn;
}

/** Answer, analysis and job in one commit: none is there without the others. */
async function keep(deps: AcceptingDeps, { queue, before, analysis, sent }: Kept): Promise<void> {
  const { store, practices } = deps;
  const { userId, sessionId, analysisId, askedId, questionId, createdAt } = analysis;
  const { answeredAt } = getAsked(before, askedId);
  const session = withAsked(before, askedId, {
    // Who sends it once more, or writes down what they said, has answered before.
    answeredAt: answeredAt ?? createdAt,
    analysisId,
    isGivenUp: false,
  });
  const operation = deps.kv.atomic();
  store.stage(operation, before, session);
  const { text } = sent;
  if (text !== null) await store.stageAnswer(operation, analysis, { text, savedAt: createdAt });
  if (isWorded(analysis)) {
    const practice = await practices.find(userId);
    practices.stage(operation, userId, withAnswered(practice, { questionId, now: createdAt }));
  }
  await deps.analyses.stage(operation, analysis);
  if (answeredAt === null) deps.dayCounts.stage(operation, "answered");
  queue.stage(operation, { userId, sessionId, jobId: analysisId });
  await operation.commit();
  deps.tell(userId, { kind: "interview:updated", session });
}

/** What document 5 allows; no Korean, no quotes, so it holds only where it is asked for (T-P01). */
const STRICT_ASCII = /^[a-zA-Z0-9\s.,!?-]+$/;

/** @throws AppError VALIDATION_ERROR */
function requireAscii(answer: string): void {
  if (STRICT_ASCII.test(answer)) return;
  throw new AppError("VALIDATION_ERROR", "Answer has other characters than are allowed", {
    details: { field: "answer", expected: "English letters, digits, spaces and . , ! ? -" },
  });
}
