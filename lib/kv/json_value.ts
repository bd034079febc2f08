import type { z } from "zod";
import { AppError } from "../errors.ts";
import { MAX_VALUE_BYTES } from "./limits.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true });

/**
 * A value as UTF-8 JSON. The store's own encoding doubles text that has a single Hangul syllable
 * and is 40 % slower to commit (measured in decision 003).
 * @throws AppError PAYLOAD_TOO_LARGE when it would not fit the store
 */
export function encodeJson(value: unknown): Uint8Array {
  return encodeText(JSON.stringify(value));
}

/** JSON text that was made elsewhere, as bytes. */
export function encodeText(json: string): Uint8Array {
  const bytes = encoder.encode(json);
  if (bytes.length > MAX_VALUE_BYTES) {
    throw new AppError("PAYLOAD_TOO_LARGE", "Value is too large to store", {
      details: { expected: `at most ${MAX_VALUE_BYTES} bytes` },
    });
  }
  return bytes;
}

/**
 * Reads a stored value and checks it: last month's program may have written it.
 * @throws AppError DATABASE_ERROR naming the key when the bytes are not what the schema says
 */
export function decodeJson<T>(key: Deno.KvKey, value: unknown, schema: z.ZodType<T>): T {
  try {
    if (!(value instanceof Uint8Array)) throw new TypeError("Value is not bytes");
    return schema.parse(JSON.parse(decoder.decode(value)));
  } catch (cause) {
    throw new AppError("DATABASE_ERROR", "Stored value cannot be read", {
      details: { key: key.join("/") },
      cause,
    });
  }
}

/** `decodeJson` of a value that nobody else reads: its bytes are let go of (`releaseBytes`). */
export function takeJson<T>(key: Deno.KvKey, value: unknown, schema: z.ZodType<T>): T {
  const decoded = decodeJson(key, value, schema);
  if (value instanceof Uint8Array) releaseBytes(value);
  return decoded;
}

/**
 * Gives the memory of a value back at once that has been read and is not needed any more. Bytes lie
 * outside the heap, where the collector lets tens of megabytes of them gather in a long walk.
 */
function releaseBytes(value: Uint8Array): void {
  const { buffer, byteLength } = value;
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}
