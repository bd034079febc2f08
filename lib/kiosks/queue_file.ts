import { createHmac } from "node:crypto";
import { z } from "zod";
import { isSameText } from "../auth/same_text.ts";
import { AppError } from "../errors.ts";
import { parseJson } from "../json.ts";
import type { TextLine } from "../text_lines.ts";
import { kioskTimeSchema } from "../timestamp.ts";
import { validate } from "../validation.ts";

/** Of one line: the client writes some 50 KiB, and one event may have 40 KiB. */
export const MAX_QUEUE_LINE_BYTES = 128 * 1024;
/** Of a file: what a kiosk keeps by default, twice. It is in memory until its signature is seen. */
const MAX_FILE_BYTES = 16 * 1024 * 1024;

const headSchema = z.object({
  format: z.literal("docent-kiosk-queue"),
  version: z.literal(1),
  kioskId: z.string().max(60),
  /** By the kiosk's clock. */
  exportedAt: kioskTimeSchema,
  /** How far the kiosk's clock is ahead of the server's; null where it was never measured. */
  clockOffsetMs: z.number().min(-1e13).max(1e13).nullable(),
});

const tailSchema = z.object({ signature: z.string().regex(/^[0-9a-f]{64}$/, "64 hex digits") });

/** What a kiosk could not send, as it was carried here. */
export interface QueueFile extends z.infer<typeof headSchema> {
  /** Parts of attempts, not checked yet: as those of a batch. */
  readonly attempts: readonly unknown[];
}

/**
 * Reads a queue's file: a head, a line for each part of an attempt, and the signature, which is the
 * HMAC-SHA-256 of all lines before it, each with its line feed.
 * @param keysOf SHA-256 of each key that a kiosk has or had, in hexadecimal: these sign
 * @throws AppError VALIDATION_ERROR for another file or signature; NOT_FOUND for another's kiosk;
 * PAYLOAD_TOO_LARGE
 */
export async function readQueueFile(
  lines: AsyncIterable<TextLine>,
  keysOf: (kioskId: string) => readonly string[],
): Promise<QueueFile> {
  const texts = await readTexts(lines);
  const tail = read(tailSchema, texts.pop());
  const head = read(headSchema, texts[0]);
  const isSigned = keysOf(head.kioskId).some((key) => isSameText(sign(texts, key), tail.signature));
  if (!isSigned) throw notSigned();
  return { ...head, attempts: texts.slice(1).map(parse) };
}

function sign(texts: readonly string[], key: string): string {
  const hmac = createHmac("sha256", key);
  for (const text of texts) hmac.update(`${text}\n`);
  return hmac.digest("hex");
}

async function readTexts(lines: AsyncIterable<TextLine>): Promise<string[]> {
  const texts: string[] = [];
  let size = 0;
  for await (const { number, text, bytes } of lines) {
    size += bytes;
    if (size > MAX_FILE_BYTES) {
      throw new AppError("PAYLOAD_TOO_LARGE", "File is too large", {
        details: { field: "file", expected: `at most ${MAX_FILE_BYTES} bytes` },
      });
    }
    if (text === null) throw notAQueue(`line ${number}`, `at most ${MAX_QUEUE_LINE_BYTES} bytes`);
    texts.push(text.trimEnd());
  }
  return texts;
}

function read<T>(schema: z.ZodType<T>, text: string | undefined): T {
  return validate(schema, text === undefined ? undefined : parse(text), {
    code: "VALIDATION_ERROR",
    what: "File is not a kiosk's queue",
  });
}

function parse(text: string): unknown {
  try {
    return parseJson(text);
  } catch (cause) {
    throw notAQueue("file", "lines of JSON", cause);
  }
}

function notAQueue(field: string, expected: string, cause?: unknown): AppError {
  const details = { field, expected };
  return new AppError("VALIDATION_ERROR", "File is not a kiosk's queue", { details, cause });
}

function notSigned(): AppError {
  return new AppError("VALIDATION_ERROR", "File is not signed by its kiosk, or was changed", {
    details: { field: "signature", expected: "made with a key of the kiosk" },
  });
}
