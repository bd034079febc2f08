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

/**
 * The pieces of a body as they come, until its end, the signal, or a silence; one that breaks off
 * ends as well: nobody is left to hear of it. Whoever is done earlier lets go of the body.
 */
export async function* piecesOf(
  body: ReadableStream<Uint8Array>,
  { signal, silenceMs }: { readonly signal: AbortSignal; readonly silenceMs: number },
): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  const ignore = () => {};
  const stop = () => void reader.cancel().catch(ignore);
  signal.addEventListener("abort", stop);
  try {
    while (!signal.aborted) {
      const timer = setTimeout(stop, silenceMs);
      const next = await reader.read().catch(ignore).finally(() => clearTimeout(timer));
      if (next === undefined || next.done) return;
      yield next.value;
    }
  } finally {
    signal.removeEventListener("abort", stop);
    stop();
  }
}
