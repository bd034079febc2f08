import { decodeJson, encodeJson } from "../kv/json_value.ts";
import type { Key, Kv } from "../kv/port.ts";
import { readRows } from "../kv/rows.ts";
import type { Sealer } from "../sealing.ts";
import { interviewKeys, type SessionPlace } from "./keys.ts";
import { type Answer, answerSchema, type Session, sessionSchema } from "./schema.ts";

/** Keys that are listed together. */
const MAX_BATCH = 500;

/** Sessions, the answers given in them, and when something is to be done about them. */
export interface SessionStore {
  find(place: SessionPlace): Promise<Session | null>;
  /** The newest first. */
  list(userId: string, page: { limit: number; offset: number }): Promise<Session[]>;
  count(userId: string): Promise<number>;
  /** From one state to the next; null is none. */
  stage(operation: Deno.AtomicOperation, before: Session | null, after: Session | null): void;
  /** Where something was due by then, the longest due first. */
  due(now: number, limit: number): Promise<SessionPlace[]>;
  /** Of everybody, the newest first. */
  listAll(page: { limit: number; offset: number }): Promise<Session[]>;
  /** Of everybody, those that began before. */
  startedBefore(time: number, limit: number): Promise<SessionPlace[]>;
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
  /** Null for a session that is at its end. */
  function dueAtOf({ status, warnedAt, deadlineAt }: Session): number | null {
    if (status !== "active") return null;
    return warnedAt === null ? deadlineAt - warningMs : deadlineAt;
  }

  function dueKeyOf(session: Session) {
    const dueAt = dueAtOf(session);
    return dueAt === null ? null : interviewKeys.sessionByDue({ ...session, dueAt });
  }

  async function find(place: SessionPlace): Promise<Session | null> {
    const { key, value } = await kv.get(interviewKeys.session(place));
    return value === null ? null : decodeJson(key, value, sessionSchema);
  }

  async function findMany(keys: readonly Key[]): Promise<Session[]> {
    return (await readRows(kv, keys, sessionSchema)).filter((session) => session !== null);
  }

  return {
    find,
    async list(userId, { limit, offset }) {
      const prefix = interviewKeys.sessionsByStart(userId);
      const keys = [];
      for await (const { key } of kv.list({ prefix }, { reverse: true, limit: limit + offset })) {
        keys.push(interviewKeys.session({ userId, sessionId: String(key.at(-1)) }));
      }
      return await findMany(keys.slice(offset));
    },
    async listAll({ limit, offset }) {
      const prefix = interviewKeys.sessionsByTime;
      const keys = [];
      const options = { reverse: true, limit: limit + offset, batchSize: MAX_BATCH };
      for await (const { key } of kv.list({ prefix }, options)) {
        keys.push(interviewKeys.session(placeOf(key)));
      }
      return await findMany(keys.slice(offset));
    },
    async count(userId) {
      let count = 0;
      const selector = { prefix: interviewKeys.sessionsByStart(userId) };
      for await (const _ of kv.list(selector, { batchSize: 500 })) count++;
      return count;
    },
    stage(operation, before, after) {
      const dueBefore = before === null ? null : dueKeyOf(before);
      const dueAfter = after === null ? null : dueKeyOf(after);
      if (dueBefore !== null) operation.delete(dueBefore);
      if (dueAfter !== null) operation.set(dueAfter, null);
      if (after !== null) {
        operation.set(interviewKeys.session(after), encodeJson(after));
        operation.set(interviewKeys.sessionByStart(after), null);
        operation.set(interviewKeys.sessionByTime(after), null);
      } else if (before !== null) {
        operation.delete(interviewKeys.session(before));
        operation.delete(interviewKeys.sessionByStart(before));
        operation.delete(interviewKeys.sessionByTime(before));
        for (const { askedId, analysisId } of before.asked) {
          operation.delete(interviewKeys.answer(before, askedId));
          if (analysisId === null) continue;
          operation.delete(interviewKeys.analysis(before.userId, analysisId));
          operation.delete(interviewKeys.job(analysisId));
        }
      }
    },
    async due(now, limit) {
      const range = {
        start: interviewKeys.sessionsByDue,
        end: [...interviewKeys.sessionsByDue, now + 1],
      };
      const places: SessionPlace[] = [];
      for await (const { key } of kv.list(range, { limit })) {
        places.push(placeOf(key));
      }
      return places;
    },
    async startedBefore(time, limit) {
      const start = interviewKeys.sessionsByTime;
      const places: SessionPlace[] = [];
      for await (const { key } of kv.list({ start, end: [...start, time] }, { limit })) {
        places.push(placeOf(key));
      }
      return places;
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

/** Of an index key, whose last parts are whose it is and which. */
function placeOf(key: readonly Deno.KvKeyPart[]): SessionPlace {
  return { userId: String(key.at(-2)), sessionId: String(key.at(-1)) };
}
