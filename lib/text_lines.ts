/** One line of a text, without its line feed. */
export interface TextLine {
  /** From 1. */
  readonly number: number;
  /** Null for a line that is longer than is kept, or is not UTF-8. */
  readonly text: string | null;
  /** Of its bytes; those of a line that was not kept are counted too. */
  readonly bytes: number;
}

const LINE_FEED = 0x0a;

/**
 * The lines of a stream of UTF-8, one at a time and none longer than `maxBytes` in memory. A byte
 * order mark, carriage returns and the missing line feed of the last line make no difference;
 * lines with nothing in them are counted and left out.
 */
export async function* textLines(
  stream: ReadableStream<Uint8Array>,
  { maxBytes }: { maxBytes: number },
): AsyncGenerator<TextLine> {
  let parts: Uint8Array[] = [];
  let bytes = 0;
  let number = 1;
  const take = (part: Uint8Array) => {
    bytes += part.length;
    if (bytes <= maxBytes) parts.push(part);
    else parts = [];
  };
  const finish = (): TextLine | null => {
    const line = { number: number++, bytes, text: bytes > maxBytes ? null : decode(parts, bytes) };
    parts = [];
    bytes = 0;
    return line.text?.trim() === "" ? null : line;
  };
  for await (const chunk of stream) {
    let from = 0;
    while (true) {
      const end = chunk.indexOf(LINE_FEED, from);
      if (end < 0) break;
      take(chunk.subarray(from, end));
      from = end + 1;
      const line = finish();
      if (line !== null) yield line;
    }
    // A copy: the stream may use its buffer again.
    if (from < chunk.length) take(chunk.slice(from));
  }
  const last = bytes > 0 ? finish() : null;
  if (last !== null) yield last;
}

/** Drops a byte order mark, as decoders do. */
const decoder = new TextDecoder("utf-8", { fatal: true });

function decode(parts: readonly Uint8Array[], bytes: number): string | null {
  const whole = new Uint8Array(bytes);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  try {
    return decoder.decode(whole);
  } catch {
    return null;
  }
}
