import { decodeJson } from "../kv/json_value.ts";
import type { Key, Kv } from "../kv/port.ts";
import { logKeys } from "./keys.ts";
import { entryTime } from "./pack.ts";
import { entrySchema, type FactSchemas, type LogRecord, toRecord } from "./schema.ts";
import type { Tail } from "./tail.ts";

export interface LogReader {
  /**
   * Records after `position`, in order, at most `limit`; empty at the head.
   * Reads memory where it can, the store where it must.
   */
  read(position: number, limit: number): Promise<LogRecord[]>;
  /** Position of the oldest fact that is still in the log; null when it has none. */
  oldest(): Promise<number | null>;
  /** Deletes entries that are older than `before` and lie wholly at or below `upTo`. */
  trim(options: { before: number; upTo: number }): Promise<number>;
}

/** Entries deleted in one commit; a long backlog is trimmed over several calls. */
const MAX_TRIMMED_ENTRIES = 100;

export interface ReaderDeps {
  readonly kv: Kv;
  readonly tail: Tail;
  readonly schemas: FactSchemas;
}

export function createLogReader({ kv, tail, schemas }: ReaderDeps): LogReader {
  async function readStored(position: number, limit: number): Promise<LogRecord[]> {
    const records: LogRecord[] = [];
    const start = await entryHolding(kv, position + 1);
    for await (const { key, value } of kv.list(logKeys.from(start), listOptions)) {
      let at = positionOf(key);
      for (const fact of decodeJson(key, value, entrySchema).facts) {
        if (at > position) records.push(toRecord(at, fact, schemas));
        at++;
      }
      if (records.length >= limit) break;
    }
    return records;
  }

  return {
    async read(position, limit) {
      const near = tail.after(position, limit);
      if (near !== null) return near;
      return (await readStored(position, limit)).slice(0, limit);
    },

    async oldest() {
      for await (const entry of kv.list({ prefix: logKeys.entries }, { limit: 1 })) {
        return positionOf(entry.key);
      }
      return null;
    },

    async trim({ before, upTo }) {
      const operation = kv.atomic();
      let trimmed = 0;
      let old: Key | null = null;
      for await (const { key, value } of kv.list({ prefix: logKeys.entries }, listOptions)) {
        // An entry ends where the next one begins; the newest one stays.
        if (old !== null) {
          if (positionOf(key) - 1 > upTo) break;
          operation.delete(old);
          if (++trimmed === MAX_TRIMMED_ENTRIES) break;
        }
        if (entryTime(key, value) >= before) break;
        old = key;
      }
      if (trimmed > 0) await operation.commit();
      return trimmed;
    },
  };
}

const listOptions = { batchSize: 20 };

/** The key of the entry in which a position lies: the last one that starts at or before it. */
async function entryHolding(kv: Kv, position: number): Promise<number> {
  const range = { start: logKeys.entry(0), end: logKeys.entry(position + 1) };
  for await (const entry of kv.list(range, { reverse: true, limit: 1 })) {
    return positionOf(entry.key);
  }
  return position;
}

function positionOf(key: Deno.KvKey): number {
  return Number(key.at(-1));
}
