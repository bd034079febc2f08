import { type Change, durationSec, type Interviews } from "../lib/interviews/mod.ts";
import type { Observation } from "../lib/observation.ts";
import type { Base } from "./base.ts";

/** Notes in the log and the figures what comes of interviews; never what people wrote (P-32, P-34). */
export function observeInterviews(
  { logger, observation }: Pick<Base, "logger" | "observation">,
  interviews: Pick<Interviews, "watch">,
): void {
  interviews.watch((userId, change) => {
    if (change.kind === "analysis:completed") noteAnalysis(observation, change);
    const line = lineOf(change);
    if (line === null) return;
    const { level, message, ...properties } = line;
    logger[level](message, { operation: change.kind, userId, ...properties });
  });
}

type Completed = Extract<Change, { kind: "analysis:completed" }>;

/** From the answer's arrival, so what it waited counts. */
function noteAnalysis({ took }: Observation, { analysis }: Completed): void {
  const { createdAt, endedAt } = analysis;
  took("analysis", Math.max(0, (endedAt ?? createdAt) - createdAt) / 1000);
}

/** Null for what is not worth a line. */
function lineOf(change: Change) {
  switch (change.kind) {
    case "analysis:completed": {
      const { sessionId, analysisId, processingMs: duration, verdict } = change.analysis;
      const told = { sessionId, duration, analysisId, model: verdict?.model };
      return { level: "info", message: "Answer judged", ...told } as const;
    }
    case "analysis:failed": {
      const { sessionId, analysisId } = change.analysis;
      return { level: "warn", message: "Answer given up", sessionId, analysisId } as const;
    }
    case "interview:completed": {
      const { sessionId, endedAt, startedAt } = change.session;
      const duration = durationSec(change.session, endedAt ?? startedAt) * 1000;
      return { level: "info", message: "Interview completed", sessionId, duration } as const;
    }
    default:
      return null;
  }
}
