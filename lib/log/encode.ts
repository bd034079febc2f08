import type { Fact } from "./schema.ts";

/** Encoded facts share memory of this size: one of its own for each costs more than encoding. */
const SHARED_BYTES = 64 * 1024;
/** A unit of UTF-16 makes at most so many bytes of UTF-8. */
const MAX_BYTES_PER_UNIT = 3;

const encoder = new TextEncoder();

/** A fact as it is stored: JSON in UTF-8. */
export function encodeFact(fact: Fact): Uint8Array {
  return encoder.encode(JSON.stringify(fact));
}

/**
 * Encodes facts as they come, once for the log and for every row that holds them. They wait as
 * bytes, outside the heap: as text they were half of what the collector had to copy at full load.
 * Who keeps one for long keeps 64 KiB with it.
 */
export function createFactEncoder(): (fact: Fact) => Uint8Array {
  let shared = new Uint8Array(0);
  let used = 0;
  return (fact) => {
    const json = JSON.stringify(fact);
    const most = MAX_BYTES_PER_UNIT * json.length;
    if (most > SHARED_BYTES / 4) return encoder.encode(json);
    if (used + most > shared.length) {
      shared = new Uint8Array(SHARED_BYTES);
      used = 0;
    }
    const { written } = encoder.encodeInto(json, shared.subarray(used));
    return shared.subarray(used, used += written);
  };
}

/** Pieces of JSON one behind the other: what is encoded already, and ASCII around it. */
export function concatJson(pieces: readonly (Uint8Array | string)[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    if (typeof piece === "string") setAscii(whole, piece, at);
    else whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

function setAscii(bytes: Uint8Array, text: string, at: number): void {
  for (let i = 0; i < text.length; i++) bytes[at + i] = text.charCodeAt(i);
}
