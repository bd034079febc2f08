import { AppError } from "../../lib/errors.ts";
import { type TextLine, textLines } from "../../lib/text_lines.ts";
import type { AppContext } from "./context.ts";

/** A form with a file of lines, which is read as it comes and may be of any length. */
export interface Upload {
  /** The text fields that stood before the file; a missing one reads as empty. */
  field(name: string): string;
  /** Numbered from 1; null when the form has no file, or one without a name. */
  readonly file: AsyncIterable<TextLine> | null;
}

/** Before the file; a form of ours has some five. */
const MAX_LINES_BEFORE = 50;

/**
 * Reads a `multipart/form-data` body up to its file (RFC 7578). Parts are told by their lines: a
 * file that is lines itself needs no other reading.
 * @throws AppError UNSUPPORTED_MEDIA, VALIDATION_ERROR
 */
export async function openUpload(
  c: AppContext,
  { maxLineBytes }: { maxLineBytes: number },
): Promise<Upload> {
  const boundary = boundaryOf(c.req.header("content-type") ?? "");
  const lines = textLines(c.req.raw.body ?? new Blob().stream(), { maxBytes: maxLineBytes });
  const fields = new Map<string, string>();
  const field = (name: string) => fields.get(name) ?? "";
  let part: Part | null = null;
  for (let count = 0; count < MAX_LINES_BEFORE; count++) {
    const { done, value: line } = await lines.next();
    if (done) return { field, file: null };
    const text = line.text?.trimEnd() ?? "";
    if (text === `${boundary}--`) return { field, file: null };
    if (text === boundary) part = { name: "", fileName: null };
    else if (part !== null && HEADER.test(text)) part = withHeader(part, text);
    // Behind the headers stands an empty line, and behind it the content.
    else if (part?.fileName) return { field, file: fileFrom(line, lines, boundary) };
    else if (part !== null) fields.set(part.name, text);
  }
  throw new AppError("VALIDATION_ERROR", "Form cannot be read");
}

interface Part {
  readonly name: string;
  /** Null for a text field, empty when no file was chosen. */
  readonly fileName: string | null;
}

const HEADER = /^content-[a-z-]+:/i;

function withHeader(part: Part, header: string): Part {
  if (!/^content-disposition:/i.test(header)) return part;
  return {
    name: /; ?name="([^"]*)"/i.exec(header)?.[1] ?? "",
    fileName: /; ?filename="([^"]*)"/i.exec(header)?.[1] ?? null,
  };
}

/** @param first line of the file */
async function* fileFrom(
  first: TextLine,
  rest: AsyncIterable<TextLine>,
  boundary: string,
): AsyncGenerator<TextLine> {
  const before = first.number - 1;
  yield { ...first, number: 1 };
  for await (const line of rest) {
    if (line.text?.startsWith(boundary)) return;
    yield { ...line, number: line.number - before };
  }
}

function boundaryOf(contentType: string): string {
  const match = /^multipart\/form-data;.*\bboundary="?([^";]{1,70})"?/i.exec(contentType);
  if (match !== null) return `--${match[1]}`;
  throw new AppError("UNSUPPORTED_MEDIA", "Form is not declared as one with a file", {
    details: { field: "Content-Type", expected: "multipart/form-data" },
  });
}
