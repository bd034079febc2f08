import { type SSEStreamingApi, streamSSE } from "hono/streaming";
import { jittered } from "../../lib/jitter.ts";
import type { AppContext } from "../middleware/context.ts";

export interface EventStreamDeps {
  /** Whether who asked is still signed in. */
  readonly isSignedIn: (c: AppContext) => Promise<boolean>;
  /** Aborted when the server goes. */
  readonly stopping: AbortSignal;
  /** Told of a stream that had to end; the page comes back by itself. */
  readonly onError: (error: unknown) => void;
}

/** What one page is sent. */
export interface OpenStream {
  readonly stream: SSEStreamingApi;
  /** Asked at each beat: the stream ends with the session that opened it. */
  readonly isWelcome: () => Promise<boolean>;
  /** Aborted when the page or the server goes. */
  readonly signal: AbortSignal;
}

/** A page whose stream ended comes back after half of this to the whole, another each time. */
const RETRY_MS = 4_000;

/**
 * Answers with server-sent events for as long as `follow` runs. Scripts ask with HEAD whether they
 * would get a stream: an `EventSource` does not tell them with which status it was refused.
 */
export function sendEventStream(
  c: AppContext,
  deps: EventStreamDeps & { readonly follow: (open: OpenStream) => Promise<void> },
): Response {
  c.header("x-accel-buffering", "no");
  if (c.req.method === "HEAD") return c.body(null, 200, { "content-type": "text/event-stream" });
  return streamSSE(c, async (stream) => {
    const gone = new AbortController();
    stream.onAbort(() => gone.abort());
    try {
      await stream.write(`retry: ${Math.round(jittered(RETRY_MS))}\n\n`);
      await deps.follow({
        stream,
        isWelcome: () => deps.isSignedIn(c),
        signal: AbortSignal.any([gone.signal, deps.stopping]),
      });
    } catch (error) {
      // Not left to the stream: it would tell the page the error's text.
      deps.onError(error);
    }
  });
}
