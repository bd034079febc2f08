import { z } from "zod";
import { AppError } from "../../errors.ts";
import { decodeJson } from "../../kv/json_value.ts";
import { MAX_PACKED_BYTES } from "../../kv/limits.ts";
import type { Key } from "../../kv/port.ts";
import type { PartialKind, PartialResult } from "./partial.ts";

/** A partial result to store, under its kind. */
export interface PackedPartial {
  readonly kind: string;
  /** In order, each under 60 KiB. */
  readonly chunks: readonly Uint8Array[];
}

const encoder = new TextEncoder();
/** Of a number of the samples, and of the length that stands before the head. */
const NUMBER_BYTES = 4;

/**
 * A partial result as bytes: the length of a JSON head, the head, and all samples behind each
 * other. Numbers are little-endian, as on every machine that Deno runs on.
 */
export function pack<S>(
  kind: PartialKind<S>,
  { sums, samples }: PartialResult<S>,
): PackedPartial {
  const lengths = Object.entries(samples).map(([name, sample]) => [name, sample.length]);
  const json = JSON.stringify({ sums, lengths });
  const head = encoder.encode(json);
  // Blanks behind the head, so that the numbers stand where numbers may.
  const headBytes = Math.ceil(head.length / NUMBER_BYTES) * NUMBER_BYTES;
  const arrays = Object.values(samples);
  const numbers = arrays.reduce((total, array) => total + array.length, 0);
  const bytes = new Uint8Array(NUMBER_BYTES + headBytes + numbers * NUMBER_BYTES).fill(0x20);
  new Int32Array(bytes.buffer, 0, 1)[0] = headBytes;
  bytes.set(head, NUMBER_BYTES);
  let end = NUMBER_BYTES + headBytes;
  for (const array of arrays) {
    new Int32Array(bytes.buffer, end, array.length).set(array);
    end += array.length * NUMBER_BYTES;
  }
  const chunks: Uint8Array[] = [];
  for (let from = 0; from < bytes.length; from += MAX_PACKED_BYTES) {
    chunks.push(bytes.subarray(from, from + MAX_PACKED_BYTES));
  }
  return { kind: kind.name, chunks };
}

/** @throws AppError DATABASE_ERROR naming the key when the bytes are not what `pack` makes */
export function unpack<S>(
  kind: PartialKind<S>,
  { key, chunks }: { key: Key; chunks: readonly unknown[] },
): PartialResult<S> {
  const bytes = join(key, chunks);
  const [headBytes] = new Int32Array(bytes.buffer, 0, 1);
  if (!(headBytes >= 0) || NUMBER_BYTES + headBytes > bytes.length) throw unreadable(key);
  const lengths = z.array(z.tuple([z.string(), z.number()]));
  const head = decodeJson(
    key,
    bytes.subarray(NUMBER_BYTES, NUMBER_BYTES + headBytes),
    z.object({ sums: kind.schema, lengths }),
  );
  const numbers = new Int32Array(bytes.buffer, NUMBER_BYTES + headBytes);
  const samples: Record<string, Int32Array> = {};
  let end = 0;
  for (const [name, length] of head.lengths) samples[name] = numbers.subarray(end, end += length);
  if (end !== numbers.length) throw unreadable(key);
  return { sums: head.sums, samples };
}

function join(key: Key, chunks: readonly unknown[]): Uint8Array<ArrayBuffer> {
  const parts = chunks.map((chunk) => {
    if (chunk instanceof Uint8Array && chunk.length % NUMBER_BYTES === 0) return chunk;
    throw unreadable(key);
  });
  const bytes = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  if (bytes.length === 0) throw unreadable(key);
  let end = 0;
  for (const part of parts) {
    bytes.set(part, end);
    end += part.length;
  }
  return bytes;
}

function unreadable(key: Key): AppError {
  return new AppError("DATABASE_ERROR", "Stored value cannot be read", {
    details: { key: key.join("/") },
  });
}
