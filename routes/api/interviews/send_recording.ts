import { AppError } from "../../../lib/errors.ts";
import type { Recording } from "../../../lib/interviews/mod.ts";
import type { SealedFile } from "../../../lib/sealed_file.ts";
import { parseByteRange } from "../../middleware/byte_range.ts";
import type { AppContext } from "../../middleware/context.ts";

/** Of what a person recorded: it is media and nothing else, whatever its bytes say. */
const HEADERS = {
  "accept-ranges": "bytes",
  "cache-control": "private, no-store",
  "content-security-policy": "default-src 'none'; sandbox",
  "x-content-type-options": "nosniff",
};

/**
 * A recording, or the part of it that was asked for, read as the client takes it.
 * @throws AppError OUT_OF_RANGE
 */
export function sendRecording(
  c: AppContext,
  { recording, file }: { readonly recording: Recording; readonly file: SealedFile },
): Response {
  const { size, media } = recording;
  const range = parseByteRange(c.req.header("range"), size);
  if (range === "outside") {
    c.header("content-range", `bytes */${size}`);
    throw new AppError("OUT_OF_RANGE", "Recording has no such part", {
      details: { field: "Range", expected: `bytes before ${size}` },
    });
  }
  const { from, to } = range ?? { from: 0, to: size };
  const headers = {
    ...HEADERS,
    "content-type": media?.mediaType ?? "application/octet-stream",
    "content-length": String(to - from),
  };
  const body = ReadableStream.from(file.read({ from, to }));
  if (range === null) return c.body(body, 200, headers);
  return c.body(body, 206, { ...headers, "content-range": `bytes ${from}-${to - 1}/${size}` });
}
