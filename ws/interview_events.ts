import { type Clock, toIso } from "../lib/clock.ts";
import { type Analysis, type Change, type Interviews, totalOf } from "../lib/interviews/mod.ts";
import { userRoom } from "./io/rooms.ts";
import type { IoNamespace } from "./io/types.ts";
import type { ServerEvent } from "./protocol.ts";

/** What people are told of. */
export type InterviewSource = Pick<Interviews, "watch">;

export interface InterviewEventsDeps {
  readonly clock: Clock;
  /** As payloads name the server. */
  readonly serverName: string;
  /** The default one. */
  readonly namespace: IoNamespace;
  readonly interviews: InterviewSource;
}

/** Document 4 over Socket.IO: everybody hears of their own interviews. Gives what ends it. */
export function tellOfInterviews(
  { clock, serverName: server, namespace, interviews }: InterviewEventsDeps,
): () => void {
  return interviews.watch((userId, change) => {
    const told = toEvent(change, { timestamp: toIso(clock.now()), server });
    if (told === null) return;
    // Name and payload belong together, which the package cannot tell of a pair.
    (namespace.to(userRoom(userId)) as Emitter).emit(told.event, told.payload);
  });
}

interface Emitter {
  emit(event: string, payload: unknown): unknown;
}

interface Stamps {
  readonly timestamp: string;
  readonly server: string;
}

/** What is told of a change; null for what other ways tell. */
function toEvent(change: Change, stamps: Stamps): ServerEvent | null {
  if ("analysis" in change) return toAnalysisEvent(change, stamps);
  if (change.kind === "interview:warning" || change.kind === "interview:completed") return null;
  if (change.kind === "interview:deleted") {
    const interviewId = change.sessionId;
    const message = "Interview was deleted";
    return { event: change.kind, payload: { interviewId, message, status: "deleted", ...stamps } };
  }
  const { sessionId: interviewId, status } = change.session;
  if (change.kind === "interview:updated") {
    const payload = { interviewId, message: "Interview was updated", status, ...stamps };
    return { event: change.kind, payload };
  }
  const isWhole = change.kind === "report:generated";
  return {
    event: change.kind,
    payload: {
      interviewId,
      reportId: interviewId,
      message: isWhole ? "Report is complete" : "Report was updated",
      status: isWhole ? "completed" : "processing",
      ...stamps,
    },
  };
}

type AnalysisChange = Extract<Change, { readonly analysis: Analysis }>;

function toAnalysisEvent(change: AnalysisChange, stamps: Stamps): ServerEvent {
  const { analysis } = change;
  const interviewId = analysis.sessionId;
  const common = { interviewId, analysisId: analysis.analysisId, ...stamps };
  const endedAt = toIso(analysis.endedAt ?? analysis.createdAt);
  switch (change.kind) {
    case "analysis:started":
      return {
        event: change.kind,
        payload: { ...common, message: "Analysis has started", status: "processing" },
      };
    case "analysis:progress": {
      const { percent, stage } = change;
      const message = "Analysis goes on";
      return {
        event: change.kind,
        payload: { ...common, message, status: "processing", percent, stage },
      };
    }
    case "analysis:completed": {
      const result = {
        summary: summaryOf(analysis),
        analyzedAt: endedAt,
        fileSize: analysis.answerBytes,
      };
      const message = "Analysis is complete";
      return {
        event: change.kind,
        payload: { ...common, message, status: "completed", analysis: result },
      };
    }
    case "analysis:failed": {
      const error = analysis.failure?.message ?? "Answer could not be analysed";
      const retryable = analysis.failure?.isRetryable ?? true;
      const message = "Analysis failed";
      return {
        event: change.kind,
        payload: { ...common, message, status: "failed", error, retryable, failedAt: endedAt },
      };
    }
  }
}

/** The points, and what was said first; the answer itself goes over no socket. */
function summaryOf({ verdict }: Analysis): string {
  if (verdict === null) return "";
  const { strengths, improvements, scores } = verdict;
  const first = [strengths.at(0), improvements.at(0)].filter((it) => it !== undefined);
  return [`${totalOf(scores)}/100`, ...first].join(" · ");
}
