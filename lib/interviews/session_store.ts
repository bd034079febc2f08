import { decodeJson, encodeJson } from "../kv/json_value.ts";
import type { Key, Kv } from "../kv/port.ts";
import type { Sealer } from "../sealing.ts";
import { createSessionLists, type SessionLists } from "./session_lists.ts";
import { interviewKeys, type SessionPlace } from "./keys.ts";
import { type Answer, answerSchema, type Session, sessionSchema } from "./schema.ts";

/** Sessions, the answers given in them, and when something is to be done about them. */
export interface SessionStore extends SessionLists {
  find(place: SessionPlace): Promise<Session | null>;
  /** From one state to the next; null is none. */
  stage(operation: Deno.AtomicOperation, before: Session | null, after: Session | null): void;
  findAnswer(place: SessionPlace, askedId: string): Promise<Answer | null>;
  stageAnswer(
    operation: Deno.AtomicOperation,
    place: SessionPlace & { readonly askedId: string },
    answer: Answer,
  ): Promise<void>;
}

export function createSessionStore(
  { kv, sealer, warningMs }: { kv: Kv; sealer: Sealer; warningMs: number },
): SessionStore {
  return {
    ...createSessionLists(kv),
    async find(place) {
      const { key, value } = await kv.get(interviewKeys.session(place));
      return value === null ? null : decodeJson(key, value, sessionSchema);
    },
    stage(operation, before, after) {
      const dueBefore = before && dueKeyOf(before, warningMs);
      const dueAfter = after && dueKeyOf(after, warningMs);
      if (dueBefore !== null) operation.delete(dueBefore);
      if (dueAfter !== null) operation.set(dueAfter, null);
      if (after !== null) stageRow(operation, after);
      else if (before !== null) stageRemoval(operation, before);
    },
    async findAnswer(place, askedId) {
      const { key, value } = await kv.get(interviewKeys.answer(place, askedId));
      return value === null ? null : await sealer.open(key, value, answerSchema);
    },
    async stageAnswer(operation, place, answer) {
      const key = interviewKeys.answer(place, place.askedId);
      operation.set(key, await sealer.seal(key, answer));
    },
  };
}

/** Null for a session that is at its end. */
function dueKeyOf(session: Session, warningMs: number): Key | null {
  const { status, warnedAt, deadlineAt } = session;
  if (status !== "active") return null;
  const dueAt = warnedAt === null ? deadlineAt - warningMs : deadlineAt;
  return interviewKeys.sessionByDue({ ...session, dueAt });
}

function stageRow(operation: Deno.AtomicOperation, session: Session): void {
  operation.set(interviewKeys.session(session), encodeJson(session));
  operation.set(interviewKeys.sessionByStart(session), null);
  operation.set(interviewKeys.sessionByTime(session), null);
}

function stageRemoval(operation: Deno.AtomicOperation, session: Session): void {
  operation.delete(interviewKeys.session(session));
  operation.delete(interviewKeys.sessionByStart(session));
  operation.delete(interviewKeys.sessionByTime(session));
  for (const { askedId, analysisId } of session.asked) {
    operation.delete(interviewKeys.answer(session, askedId));
    if (analysisId === null) continue;
    operation.delete(interviewKeys.analysis(session.userId, analysisId));
    operation.delete(interviewKeys.job(analysisId));
  }
}
