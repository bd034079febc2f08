import type { Clock } from "../../clock.ts";
import type { InterviewSettings } from "../../config/interviews.ts";
import type { Ids } from "../../ids.ts";
import type { Kv } from "../../kv/port.ts";
import type { OneAtATime } from "../../one_at_a_time.ts";
import type { Sealer } from "../../sealing.ts";
import type { DayCounts } from "../day_counts.ts";
import type { JobQueue } from "../jobs/queue.ts";
import type { SessionPlace } from "../keys.ts";
import type { PracticeStore } from "../practice_store.ts";
import type { Catalogue } from "../questions/catalogue.ts";
import type { Recording } from "../recordings/recording_schema.ts";
import type { Transcripts } from "../recordings/transcripts.ts";
import type { AnswerInput, Preferences, Session } from "../schema.ts";
import type { SessionStore } from "../session_store.ts";
import type { Standings } from "../standings.ts";
import type { Watcher } from "../watching.ts";
import { type Arrival, createAccepting } from "./accepting.ts";
import type { Analysis } from "./analysis_schema.ts";
import { createAnalysisStore } from "./analysis_store.ts";
import { createJudging } from "./judging.ts";
import type { Analyser } from "./port.ts";

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
  readonly preferencesOf: (userId: string) => Promise<Preferences>;
}

export type Analyses = ReturnType<typeof createAnalyses>;

/** Answers from their arrival to the verdict (P-11, P-18, P-36). */
export function createAnalyses(deps: AnalysesDeps) {
  const analyses = createAnalysisStore(deps);
  const accept = createAccepting({ ...deps, analyses });

  async function send(queue: JobQueue, { place, sent }: Omit<Arrival, "queue">): Promise<Analysis> {
    const analysis = await deps.turns.run(place.userId, () => accept({ queue, place, sent }));
    if (analysis.status === "queued") await queue.wake(analysis.analysisId);
    return analysis;
  }

  return {
    get: analyses.get,
    handler: createJudging({ ...deps, analyses }),
    /**
     * Stores an answer and queues it; the same one again gives the analysis that there is (T-P03).
     * @throws AppError NOT_FOUND, CONFLICT for an ended session or another answer, RATE_LIMIT
     */
    submit(queue: JobQueue, place: SessionPlace, { questionId, answer: text }: AnswerInput) {
      const bytes = new TextEncoder().encode(text).length;
      return send(queue, { place, sent: { questionId, text, bytes, recordingId: null } });
    },
    /** The same for a recording that is whole. */
    submitRecorded(queue: JobQueue, recording: Recording): Promise<Analysis> {
      const { userId, sessionId, askedId: questionId, recordingId, size: bytes } = recording;
      const sent = { questionId, text: null, bytes, recordingId };
      return send(queue, { place: { userId, sessionId }, sent });
    },
    /** Those of a session, in the order of its questions; answers that wait for one are left out. */
    async ofSession({ userId, asked }: Session): Promise<Analysis[]> {
      const ids = asked.flatMap(({ analysisId }) => analysisId ?? []);
      const found = await Promise.all(ids.map((analysisId) => analyses.find(userId, analysisId)));
      return found.filter((analysis) => analysis !== null);
    },
  };
}
