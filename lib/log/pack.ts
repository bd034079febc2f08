import { AppError } from "../errors.ts";
import { MAX_PACKED_BYTES } from "../kv/limits.ts";
import type { Key } from "../kv/port.ts";
import type { LogRecord } from "./schema.ts";

const encoder = new TextEncoder();
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
  const prefix = `{"at":${at},"facts":[`;
  let parts: string[] = [];
  let size = 0;
  const seal = () => {
    entries.push({ bytes: encoder.encode(`${prefix}${parts.join(",")}]}`), count: parts.length });
    parts = [];
    size = 0;
  };
  for (const { json, bytes } of records) {
    if (parts.length > 0 && size + bytes > MAX_PACKED_BYTES) seal();
    parts.push(json);
    size += bytes + 1;
  }
  if (parts.length > 0) seal();
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

/** Bytes in UTF-8 of a well-formed text, such as `JSON.stringify` gives, without encoding it. */
export function utf8Length(text: string): number {
  let length = text.length;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x80) continue;
    // Each half of a pair adds one: two units make four bytes.
    length += code < 0x800 || (code >= 0xd800 && code <= 0xdfff) ? 1 : 2;
  }
  return length;
}
