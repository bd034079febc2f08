import { z } from "zod";
import { decodeJson, encodeJson } from "../kv/json_value.ts";
import { MAX_KEYS_PER_READ } from "../kv/limits.ts";
import type { Key, Kv, Write } from "../kv/port.ts";
import type { Span } from "../time_zone.ts";
import { type AttemptCounts } from "./attempt_index.ts";
import { type AttemptIndex, missionKeys } from "./keys.ts";
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

const MIN_BATCH = 20;
const OPEN_STATUSES = ["pending", "in_progress"] as const;

export interface ListQuery {
  readonly missionTypes: readonly string[];
  readonly statuses: readonly AttemptStatus[];
  readonly sort: AttemptIndex;
  readonly order: "asc" | "desc";
  readonly limit: number;
  readonly offset: number;
}

export type KeyedStart = z.infer<typeof startRowSchema>;

/** Reads of the attempts' rows and indexes. */
export interface AttemptStore {
  find(attemptId: string): Promise<AttemptRow | null>;
  findMany(attemptIds: readonly string[]): Promise<(AttemptRow | null)[]>;
  counts(): Promise<AttemptCounts>;
  /**
   * Ids in the order asked for; those without a value come last in both orders (T-M15).
   * @param total of all that the query means, if it is known: what lies behind the middle is then
   *   read from the end
   */
  listIds(query: ListQuery, total?: number): Promise<string[]>;
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
  async function findMany(attemptIds: readonly string[]): Promise<(AttemptRow | null)[]> {
    const rows: (AttemptRow | null)[] = [];
    for (let i = 0; i < attemptIds.length; i += MAX_KEYS_PER_READ) {
      const keys = attemptIds.slice(i, i + MAX_KEYS_PER_READ).map(missionKeys.attempt);
      for (const { key, value } of await kv.getMany<unknown[]>(keys)) {
        rows.push(value === null ? null : decodeJson(key, value, attemptRowSchema));
      }
    }
    return rows;
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

    async listIds(query, total = Infinity) {
      const { offset, limit, order } = query;
      const left = Math.max(0, total - offset);
      if (left === 0) return [];
      if (left > offset) return await readIds(kv, query, [true, false]);
      const ids = await readIds(kv, {
        ...query,
        order: order === "asc" ? "desc" : "asc",
        offset: Math.max(0, left - limit),
        limit: Math.min(limit, left),
      }, [false, true]);
      return ids.reverse();
    },

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

/** Those with a value and those without, in the given turn, each group in the query's order. */
async function readIds(kv: Kv, query: ListQuery, groups: readonly boolean[]): Promise<string[]> {
  const ids: string[] = [];
  let skip = query.offset;
  for (const hasValue of groups) {
    for await (const { attemptId } of merged(kv, query, hasValue)) {
      if (skip > 0) skip--;
      else if (ids.push(attemptId) === query.limit) return ids;
    }
  }
  return ids;
}

interface Place {
  readonly value: number;
  readonly attemptId: string;
}

/** Merges the sorted partitions (one per mission and status) into one sorted stream. */
async function* merged(kv: Kv, query: ListQuery, hasValue: boolean): AsyncGenerator<Place> {
  const sign = query.order === "asc" ? 1 : -1;
  const heads: { place: Place; rest: AsyncIterator<Place> }[] = [];
  for (const missionType of query.missionTypes) {
    for (const status of query.statuses) {
      const prefix = missionKeys.partition(query.sort, missionType, status, hasValue);
      const rest = places(kv, prefix, query);
      const first = await rest.next();
      if (!first.done) heads.push({ place: first.value, rest });
    }
  }
  while (heads.length > 0) {
    const next = heads.reduce((a, b) => sign * comparePlaces(a.place, b.place) <= 0 ? a : b);
    yield next.place;
    const following = await next.rest.next();
    if (following.done) heads.splice(heads.indexOf(next), 1);
    else next.place = following.value;
  }
}

async function* places(kv: Kv, prefix: Key, query: ListQuery): AsyncGenerator<Place> {
  const { missionTypes, statuses, offset, limit } = query;
  // Each partition's share of what is read, were they alike: there are ten of them.
  const share = Math.ceil((offset + limit) / (missionTypes.length * statuses.length));
  const batchSize = Math.min(500, Math.max(MIN_BATCH, share));
  const options = { reverse: query.order === "desc", batchSize };
  for await (const { key } of kv.list({ prefix }, options)) {
    yield { value: Number(key.at(-2)), attemptId: String(key.at(-1)) };
  }
}

function comparePlaces(a: Place, b: Place): number {
  return a.value - b.value || (a.attemptId < b.attemptId ? -1 : 1);
}

export function rowWrite(row: AttemptRow): Write {
  return { kind: "set", key: missionKeys.attempt(row.attemptId), value: encodeJson(row) };
}

export function countsWrite(counts: AttemptCounts): Write {
  return { kind: "set", key: missionKeys.counts, value: encodeJson(counts) };
}
