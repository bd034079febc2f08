import { z } from "zod";
import { AppError } from "../errors.ts";
import { takeJson } from "../kv/json_value.ts";
import { MAX_PACKED_BYTES } from "../kv/limits.ts";
import type { Key, Kv, Write } from "../kv/port.ts";
import { concatJson, type LogRecord } from "../log/mod.ts";
import { missionKeys } from "./keys.ts";
import { missionFactSchema, type MissionRecord } from "./schema.ts";

const partSchema = z.compile(z.array(z.tuple([z.number(), missionFactSchema])));

/**
 * The facts of each attempt, in parts of what was committed together; kept for ever, unless events
 * are removed by their age. A part reads `[[position, fact], …]` and has the key of its first position.
 */
export interface HistoryStore {
  /** All facts of an attempt, in log order. */
  read(attemptId: string): Promise<MissionRecord[]>;
  /** The same a part at a time: an attempt may have sent more than should be in memory. */
  parts(attemptId: string): AsyncGenerator<HistoryPart>;
  /**
   * Parts on one side of a position, for who seldom needs more than the first of them: the one that
   * holds it and those before, the newest first, or those that begin behind it.
   */
  partsFrom(attemptId: string, position: number, way: "back" | "on"): AsyncGenerator<HistoryPart>;
  /** Deletes of all that is kept before a position, in groups that a commit takes. */
  deletesBefore(attemptId: string, position: number): Promise<Write[][]>;
  /** Every attempt that has a history, in the order of their ids. */
  attemptIds(): AsyncGenerator<string>;
  /** All histories in that order, in one walk: a read for each would take most of the time. */
  all(): AsyncGenerator<AttemptHistory>;
}

export interface AttemptHistory {
  readonly attemptId: string;
  /** In log order; not all of them where there is a fault. */
  readonly records: readonly MissionRecord[];
  /** Null, or why a part of it cannot be read. */
  readonly fault: AppError | null;
}

export interface HistoryPart {
  readonly key: Key;
  readonly records: readonly MissionRecord[];
  /** As stored; up to 60 KiB. */
  readonly bytes: number;
}

/** In a group. */
const MAX_DELETES = 100;
/** Parts read at a time, of one attempt and of all. */
const READ_AHEAD = { batchSize: 20 };
const WALK = { batchSize: 100 };

export function createHistoryStore(kv: Kv): HistoryStore {
  async function* partsIn(
    selector: Deno.KvListSelector,
    options: Deno.KvListOptions,
  ): AsyncGenerator<HistoryPart> {
    for await (const entry of kv.list<Uint8Array>(selector, options)) yield toPart(entry);
  }

  const parts = (attemptId: string) =>
    partsIn({ prefix: missionKeys.history(attemptId) }, READ_AHEAD);

  async function* partsFrom(attemptId: string, position: number, way: "back" | "on") {
    const prefix = missionKeys.history(attemptId);
    let from = position;
    for (const options of [{ limit: 1 }, READ_AHEAD]) {
      const next = missionKeys.historyPart(attemptId, from + 1);
      const side = way === "on" ? { prefix, start: next } : { prefix, end: next };
      for await (const part of partsIn(side, { ...options, reverse: way === "back" })) {
        const first = Number(part.key.at(-1));
        from = way === "on" ? first : first - 1;
        yield part;
      }
    }
  }

  return {
    parts,
    partsFrom,

    async read(attemptId) {
      const records: MissionRecord[] = [];
      for await (const part of parts(attemptId)) records.push(...part.records);
      return records;
    },

    async deletesBefore(attemptId, position) {
      const start = missionKeys.historyPart(attemptId, 0);
      const range = { start, end: missionKeys.historyPart(attemptId, position) };
      const groups: Write[][] = [];
      let group: Write[] = [];
      for await (const { key } of kv.list(range, READ_AHEAD)) {
        if (group.push({ kind: "delete", key }) === 1) groups.push(group);
        if (group.length === MAX_DELETES) group = [];
      }
      return groups;
    },

    async *attemptIds() {
      let after: string | null = null;
      while (true) {
        const selector: Deno.KvListSelector = after === null
          ? { prefix: missionKeys.allHistory }
          // Beyond every position of the attempt seen last.
          : {
            prefix: missionKeys.allHistory,
            start: missionKeys.historyPart(after, Number.MAX_VALUE),
          };
        const next = await kv.list(selector, { limit: 1 }).next();
        if (next.done) return;
        after = attemptOf(next.value.key);
        yield after;
      }
    },

    async *all() {
      let attemptId: string | null = null;
      let records: MissionRecord[] = [];
      let fault: AppError | null = null;
      for await (const entry of kv.list<Uint8Array>({ prefix: missionKeys.allHistory }, WALK)) {
        const next = attemptOf(entry.key);
        if (attemptId !== null && next !== attemptId) {
          yield { attemptId, records, fault };
          records = [];
          fault = null;
        }
        attemptId = next;
        try {
          records.push(...toPart(entry).records);
        } catch (error) {
          if (!(error instanceof AppError)) throw error;
          fault ??= error;
        }
      }
      if (attemptId !== null) yield { attemptId, records, fault };
    },
  };
}

/** @throws AppError DATABASE_ERROR for what is no part */
function toPart({ key, value }: Deno.KvEntry<Uint8Array>): HistoryPart {
  const bytes = value.length;
  const records = takeJson(key, value, partSchema)
    .map(([position, fact]) => ({ position, fact }));
  return { key, records, bytes };
}

function attemptOf(key: Key): string {
  return String(key[2]);
}

/** Writes for new facts of one attempt; `records` are in log order. */
export function historyWrites(attemptId: string, records: readonly LogRecord[]): Write[] {
  const writes: Write[] = [];
  let pieces: (Uint8Array | string)[] = [];
  let size = 0;
  let first = 0;
  const seal = () => {
    const key = missionKeys.historyPart(attemptId, first);
    writes.push({ kind: "set", key, value: concatJson([...pieces, "]]"]) });
    pieces = [];
    size = 0;
  };
  for (const { position, encoded } of records) {
    if (pieces.length > 0 && size + encoded.length > MAX_PACKED_BYTES) seal();
    if (pieces.length === 0) first = position;
    pieces.push(`${pieces.length === 0 ? "[[" : "],["}${position},`, encoded);
    size += encoded.length + 24;
  }
  if (pieces.length > 0) seal();
  return writes;
}
