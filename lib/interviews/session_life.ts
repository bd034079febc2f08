import { AppError } from "../errors.ts";
import type { Asked, Session, SessionStatus } from "./schema.ts";

/** How a session goes on (P-22); time is an argument. */

/** The question that waits for an answer; null when there is none. */
export function openQuestion({ asked }: Session): Asked | null {
  const last = asked.at(-1);
  return last === undefined || last.answeredAt !== null ? null : last;
}

/** Whether one question more may be put; `limit` holds for sessions that do not say theirs. */
export function hasRoom({ asked, maxQuestions }: Session, limit: number): boolean {
  return asked.length < (maxQuestions ?? limit);
}

/** @throws AppError NOT_FOUND when this question was not put in the session */
export function getAsked({ asked }: Session, questionId: string): Asked {
  const found = asked.find((it) => it.questionId === questionId || it.askedId === questionId);
  if (found === undefined) {
    throw new AppError("NOT_FOUND", "Question was not put in this session", {
      details: { field: "questionId", expected: "a question of this session" },
    });
  }
  return found;
}

/** @throws AppError CONFLICT when its answer was sent in */
export function requireUnanswered({ answeredAt }: Asked, field = "questionId"): void {
  if (answeredAt !== null) throw answeredAlready(field);
}

export function answeredAlready(field = "questionId"): AppError {
  return new AppError("CONFLICT", "Question is answered already", {
    details: { field, expected: "a question without an answer" },
  });
}

/** The session with a change to one of its questions. */
export function withAsked(session: Session, askedId: string, change: Partial<Asked>): Session {
  const asked = session.asked.map((it) => it.askedId === askedId ? { ...it, ...change } : it);
  return { ...session, asked };
}

/** @throws AppError CONFLICT when the session is at its end */
export function requireActive({ status }: Session): void {
  if (status === "active") return;
  throw new AppError("CONFLICT", `Session is ${status}`, {
    details: { field: "status", expected: "an active session" },
  });
}

/** As it is at a moment: one whose time is over is at its end. */
export function asOf(session: Session, now: number): Session {
  if (session.status !== "active" || now < session.deadlineAt) return session;
  return { ...session, status: "abandoned", endedAt: session.deadlineAt };
}

/**
 * Leaves a session, comes back to it while there is time, or completes it.
 * @throws AppError CONFLICT when its state does not allow it
 */
export function withStatus(session: Session, wanted: SessionStatus, now: number): Session {
  if (session.status === wanted) return session;
  if (session.status === "completed" || (wanted === "active" && now >= session.deadlineAt)) {
    throw new AppError("CONFLICT", `Session is ${session.status} and cannot be ${wanted}`);
  }
  if (wanted === "completed") {
    requireActive(session);
    if (session.asked.every(({ answeredAt }) => answeredAt === null)) {
      throw new AppError("CONFLICT", "Session has no answer yet; it can be abandoned");
    }
  }
  return { ...session, status: wanted, endedAt: wanted === "active" ? null : now };
}

/** Seconds from its start to its end, or to now. */
export function durationSec({ startedAt, endedAt }: Session, now: number): number {
  return Math.max(0, Math.round(((endedAt ?? now) - startedAt) / 1000));
}

/** Seconds from the question to the answer; 0 before. */
export function timeSpentSec({ startedAt, answeredAt }: Asked): number {
  return answeredAt === null ? 0 : Math.max(0, Math.round((answeredAt - startedAt) / 1000));
}

/** Mean score from 0 to 100 of what is judged, rounded (T-P04); null without any. */
export function totalScoreOf({ asked }: Session): number | null {
  const scores = asked.flatMap(({ totalScore }) => totalScore ?? []);
  if (scores.length === 0) return null;
  return Math.round(scores.reduce((sum, score) => sum + score, 0) / scores.length);
}

/** A completed session of which every answer is judged, or given up. */
export function isReported({ status, asked }: Session): boolean {
  return status === "completed" &&
    asked.every(({ answeredAt, totalScore, isGivenUp }) =>
      answeredAt === null || totalScore !== null || isGivenUp
    );
}
