import { decodeJson, encodeJson } from "../kv/json_value.ts";
import type { Kv } from "../kv/port.ts";
import { logKeys } from "./keys.ts";
import { readCursor } from "./cursor.ts";
import { createLogReader } from "./reader.ts";
import { type FactSchemas, type Head, headSchema, type LogRecord } from "./schema.ts";
import { createTail } from "./tail.ts";

/** The log of a store that no server has open: what it holds, and what a restore changes in it. */
export interface StoredLog {
  /** Position of the newest fact; 0 without any, null in a store that never had a log. */
  head(): Promise<number | null>;
  /** Position of the oldest fact still here; null when there is none. */
  oldest(): Promise<number | null>;
  /** How far a projection has come: the last fact that its rows hold, and whose rows they are. */
  cursor(projection: string): Promise<StoredCursor>;
  /** Records after `position`, at most `limit`; empty at the end. */
  read(position: number, limit: number): Promise<LogRecord[]>;
  /**
   * Gives a log that went back in time another epoch: positions that readers remember may be of
   * facts that it does not have.
   */
  renewEpoch(epoch: string): Promise<void>;
}

export interface StoredCursor {
  readonly position: number;
  /** Of the program that made the rows; null where there are none. */
  readonly version: number | null;
}

export function openStoredLog(kv: Kv, schemas: FactSchemas): StoredLog {
  const reader = createLogReader({
    kv,
    schemas,
    tail: createTail({ maxRecords: 0, maxBytes: 0 }),
  });
  return {
    head: async () => (await findHead(kv))?.position ?? null,
    oldest: reader.oldest,
    async cursor(projection) {
      const { position, version } = await readCursor(kv, projection);
      return { position, version };
    },
    read: reader.read,
    async renewEpoch(epoch) {
      const head = await findHead(kv);
      if (head !== null) await kv.set(logKeys.head, encodeJson({ ...head, epoch }));
    },
  };
}

async function findHead(kv: Kv): Promise<Head | null> {
  const { key, value } = await kv.get(logKeys.head);
  return value === null ? null : decodeJson(key, value, headSchema);
}
