import { z } from "zod";
import { decodeJson, encodeJson } from "../kv/json_value.ts";
import type { Kv, Write } from "../kv/port.ts";
import { readRows } from "../kv/rows.ts";
import type { Span } from "../time_zone.ts";
import { type AttemptCounts } from "./attempt_index.ts";
import { listIds, type ListQuery } from "./attempt_list.ts";
import { missionKeys } from "./keys.ts";
import {
  ATTEMPT_STATUSES,
  type AttemptRow,
  attemptRowSchema,
  type AttemptStatus,
} from "./schema.ts";

const countsSchema: z.ZodType<AttemptCounts> = z.record(
  z.string(),
  z.partialRecord(z.enum(ATTEMPT_STATUSES), z.number()),
);
const startRowSchema = z.object({
  attemptId: z.string(),
  startBody: z.string(),
  receivedAt: z.number(),
});

const OPEN_STATUSES = ["pending", "in_progress"] as const;

export type KeyedStart = z.infer<typeof startRowSchema>;

/** Reads of the attempts' rows and indexes. */
export interface AttemptStore {
  find(attemptId: string): Promise<AttemptRow | null>;
  findMany(attemptIds: readonly string[]): Promise<(AttemptRow | null)[]>;
  counts(): Promise<AttemptCounts>;
  /** Ids of a list, as `attempt_list.ts` orders them; `counts` where they are of its index. */
  listIds(query: ListQuery, counts: AttemptCounts | null): Promise<string[]>;
  /** Attempts that ended or expired in a span of server time. */
  endedIn(span: Span): Promise<string[]>;
  /** The first attempts that are over, have their events, and were last heard of before a moment. */
  withEventsBefore(before: number, limit: number): Promise<string[]>;
  /** Attempts of a mission that started in a span of the kiosks' time. */
  startedIn(missionType: string, span: Span): Promise<string[]>;
  /** Excluded attempts of a mission in one status. */
  countExcluded(missionType: string, status: AttemptStatus): Promise<number>;
  /** Ids of all attempts that are pending or in progress, `pageSize` at a time. */
  openIds(missionTypes: readonly string[], pageSize: number): AsyncGenerator<string[]>;
  /** The attempt that was last started with an idempotency key; the store may keep it for long. */
  findStart(keyHash: string): Promise<KeyedStart | null>;
}

export function createAttemptStore(kv: Kv): AttemptStore {
  function findMany(attemptIds: readonly string[]): Promise<(AttemptRow | null)[]> {
    return readRows(kv, attemptIds.map(missionKeys.attempt), attemptRowSchema);
  }

  return {
    findMany,
    async find(attemptId) {
      return (await findMany([attemptId]))[0];
    },

    async counts() {
      const { key, value } = await kv.get(missionKeys.counts);
      return value === null ? {} : decodeJson(key, value, countsSchema);
    },

    listIds: (query, counts) => listIds(kv, query, counts),

    async *openIds(missionTypes, pageSize) {
      let ids: string[] = [];
      for (const missionType of missionTypes) {
        for (const status of OPEN_STATUSES) {
          const prefix = missionKeys.partition("startTime", missionType, status, true);
          for await (const { key } of kv.list({ prefix }, { batchSize: pageSize })) {
            ids.push(String(key.at(-1)));
            if (ids.length < pageSize) continue;
            yield ids;
            ids = [];
          }
        }
      }
      if (ids.length > 0) yield ids;
    },

    async endedIn({ from, to }) {
      const ids: string[] = [];
      const range = { start: missionKeys.endedFrom(from), end: missionKeys.endedFrom(to) };
      for await (const { key } of kv.list(range, { batchSize: 500 })) ids.push(String(key.at(-1)));
      return ids;
    },

    async withEventsBefore(before, limit) {
      const ids: string[] = [];
      const { withEventsFrom } = missionKeys;
      const range = { start: withEventsFrom(0), end: withEventsFrom(before) };
      for await (const { key } of kv.list(range, { limit })) ids.push(String(key.at(-1)));
      return ids;
    },

    async startedIn(missionType, { from, to }) {
      const ids: string[] = [];
      const range = { start: missionKeys.startedFrom(from), end: missionKeys.startedFrom(to) };
      for await (const { key } of kv.list(range, { batchSize: 500 })) {
        if (key.at(-2) === missionType) ids.push(String(key.at(-1)));
      }
      return ids;
    },

    async countExcluded(missionType, status) {
      const prefix = missionKeys.partition("excludedAt", missionType, status, true);
      let count = 0;
      for await (const _ of kv.list({ prefix }, { batchSize: 500 })) count++;
      return count;
    },

    async findStart(keyHash) {
      const { key, value } = await kv.get(missionKeys.start(keyHash));
      return value === null ? null : decodeJson(key, value, startRowSchema);
    },
  };
}

export function rowWrite(row: AttemptRow): Write {
  return { kind: "set", key: missionKeys.attempt(row.attemptId), value: encodeJson(row) };
}

export function countsWrite(counts: AttemptCounts): Write {
  return { kind: "set", key: missionKeys.counts, value: encodeJson(counts) };
}
