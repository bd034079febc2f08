import { AppError } from "../errors.ts";
import { MAX_PACKED_BYTES } from "../kv/limits.ts";
import type { Key } from "../kv/port.ts";
import { concatJson } from "./encode.ts";
import type { LogRecord } from "./schema.ts";

const decoder = new TextDecoder();
/** The time of an entry is within so many. */
const FRONT_BYTES = 32;

/** The bytes of one stored entry and how many facts it holds. */
export interface PackedEntry {
  readonly bytes: Uint8Array;
  readonly count: number;
}

/**
 * Packs encoded facts, in order, into as few entries under 60 KiB as it takes.
 * Each entry reads `{"at": …, "facts": [ … ]}`.
 */
export function packEntries(records: readonly LogRecord[], at: number): PackedEntry[] {
  const entries: PackedEntry[] = [];
  let pieces: (Uint8Array | string)[] = [];
  let count = 0;
  let size = 0;
  const seal = () => {
    entries.push({ bytes: concatJson([...pieces, "]}"]), count });
    pieces = [];
    count = 0;
    size = 0;
  };
  for (const { encoded } of records) {
    if (count > 0 && size + encoded.length > MAX_PACKED_BYTES) seal();
    pieces.push(count === 0 ? `{"at":${at},"facts":[` : ",", encoded);
    count++;
    size += encoded.length + 1;
  }
  if (count > 0) seal();
  return entries;
}

/**
 * When a stored entry was committed, epoch milliseconds, without reading its facts: they stand
 * behind it.
 * @throws AppError DATABASE_ERROR naming the key when the value is no entry
 */
export function entryTime(key: Key, value: unknown): number {
  const front = value instanceof Uint8Array ? decoder.decode(value.subarray(0, FRONT_BYTES)) : "";
  const at = /^\{"at":(\d+),/.exec(front)?.[1];
  if (at !== undefined) return Number(at);
  throw new AppError("DATABASE_ERROR", "Stored value cannot be read", {
    details: { key: key.join("/") },
  });
}
