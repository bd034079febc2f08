import { readRows } from "../kv/rows.ts";
import type { Key, Kv } from "../kv/port.ts";
import { interviewKeys, type SessionPlace } from "./keys.ts";
import { type Session, sessionSchema } from "./schema.ts";

/** Keys that are listed together. */
const MAX_BATCH = 500;

/** Sessions by whose they are, and by time. */
export interface SessionLists {
  /** The newest first. */
  list(userId: string, page: { limit: number; offset: number }): Promise<Session[]>;
  count(userId: string): Promise<number>;
  /** Where something was due by then, the longest due first. */
  due(now: number, limit: number): Promise<SessionPlace[]>;
  /** Of everybody, the newest first. */
  listAll(page: { limit: number; offset: number }): Promise<Session[]>;
  /** Of everybody, those that began before. */
  startedBefore(time: number, limit: number): Promise<SessionPlace[]>;
}

export function createSessionLists(kv: Kv): SessionLists {
  async function findMany(keys: readonly Key[]): Promise<Session[]> {
    return (await readRows(kv, keys, sessionSchema)).filter((session) => session !== null);
  }

  return {
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
  };
}

/** Of an index key, whose last parts are whose it is and which. */
function placeOf(key: readonly Deno.KvKeyPart[]): SessionPlace {
  return { userId: String(key.at(-2)), sessionId: String(key.at(-1)) };
}
