import { startRow } from "../../lib/missions/attempt_row.ts";
import type { AttemptRow, StepDone, Terminal } from "../../lib/missions/schema.ts";
import { START_AT, startedFact } from "./mission_facts.ts";

export interface RowShape {
  readonly attemptId?: string;
  readonly missionType?: string;
  /** Milliseconds after the start of all. */
  readonly startMs?: number;
  /** Seconds after its start; with an end the attempt has ended. */
  readonly completedSec?: number;
  readonly quitSec?: number;
  readonly quitKind?: Terminal["quitKind"];
  readonly succeededSec?: number;
  readonly expired?: boolean;
  /** Something was heard of it until then. */
  readonly lastSec?: number;
  readonly rating?: number;
  readonly path?: string;
  readonly steps?: readonly number[];
  readonly journey?: Partial<AttemptRow["journey"]>;
  readonly exclusion?: AttemptRow["exclusion"];
}

let lastId = 0;

/** A row as events would have made it; pending unless something is told of it. */
export function attemptRow(shape: RowShape = {}): AttemptRow {
  const startAt = START_AT + (shape.startMs ?? 0);
  const row = startRow(
    startedFact({
      attemptId: shape.attemptId ?? `attempt_${++lastId}`,
      missionType: shape.missionType ?? "portfolio",
      startAt,
      receivedAt: startAt,
    }),
    1,
  );
  const at = (sec: number) => startAt + Math.round(sec * 1000);
  const endSec = shape.completedSec ?? shape.quitSec;
  const heardSec = shape.lastSec ?? endSec ?? shape.succeededSec;
  return {
    ...row,
    lifecycle: {
      ...row.lifecycle,
      phase: endSec !== undefined
        ? "ended"
        : shape.expired
        ? "expired"
        : heardSec === undefined
        ? "pending"
        : "in_progress",
      expiredAt: shape.expired ? at((heardSec ?? 0) + 900) : null,
      terminal: endSec === undefined ? null : terminalOf(shape, at(endSec)),
    },
    journey: {
      ...row.journey,
      lastAt: at(heardSec ?? 0),
      succeededAt: shape.succeededSec === undefined ? null : at(shape.succeededSec),
      steps: (shape.steps ?? []).map((step, i) => stepDone(step, at(10 * (i + 1)))),
      path: shape.path ?? null,
      ...shape.journey,
    },
    review: shape.rating === undefined ? null : reviewOf(shape.rating, startAt),
    exclusion: shape.exclusion ?? null,
  };
}

function terminalOf({ completedSec, quitKind }: RowShape, at: number): Terminal {
  const completed = completedSec !== undefined;
  return {
    kind: completed ? "completed" : "quitted",
    at,
    eventId: "event_1",
    quitKind: completed ? null : quitKind ?? "user",
    quitReason: null,
    reportedDuration: null,
  };
}

function stepDone(step: number, at: number): StepDone {
  return { step, at, measuredMs: 10_000, reportedSec: null, derived: false };
}

function reviewOf(rating: number, submittedAt: number): AttemptRow["review"] {
  return {
    reviewId: "review_1",
    rating,
    feedback: null,
    submittedAt,
    correctedAt: null,
    warnings: [],
  };
}
