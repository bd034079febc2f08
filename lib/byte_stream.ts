/** Sent at a time; smaller ones cost more in headers and turns of the event loop than they weigh. */
const CHUNK_CHARS = 64 * 1024;

/**
 * Texts as a stream of UTF-8 that makes the next piece only when the reader has taken the last
 * one: a slow reader costs no memory. A reader that goes away ends the source, and a source that
 * fails breaks the stream off, so that nobody takes half of it for all.
 */
export function toByteStream(texts: AsyncIterable<string>): ReadableStream<Uint8Array> {
  const source = texts[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      let chunk = "";
      let done = false;
      while (!done && chunk.length < CHUNK_CHARS) {
        const next = await source.next();
        done = next.done === true;
        if (!next.done) chunk += next.value;
      }
      if (chunk !== "") controller.enqueue(encoder.encode(chunk));
      if (done) controller.close();
    },
    async cancel() {
      await source.return?.();
    },
  }, { highWaterMark: 0 });
}
