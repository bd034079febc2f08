// @ts-types="@types/ws"
import { WebSocket } from "ws";
import type { Clock } from "../../lib/clock.ts";
import { type ConnectionEnd, parseRetryAfter } from "./reconnect.ts";
import { type Frame, frameSchema } from "./wire.ts";

/** One socket from its opening to its end. */
export interface Connection {
  /** `then` runs when the bytes have left this process. */
  send(message: object, then?: () => void): void;
  /** Sends a text as it is, whatever it is. */
  sendText(text: string, then?: () => void): void;
  /** Reads nothing any more, as a client that hangs. */
  stopReading(): void;
  /** Closes as a client does. */
  close(): void;
  /** Breaks it as a cut cable does: no close frame. */
  destroy(): void;
  readonly ended: Promise<ConnectionEnd>;
}

export interface ConnectionDeps {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly clock: Clock;
  onFrame(frame: Frame): void;
  /** A message that is no frame of the protocol. */
  onStrange(text: string): void;
}

const HANDSHAKE_TIMEOUT_MS = 10_000;

/** npm `ws` and not the built-in client: only it can break a connection, and shows refused upgrades. */
export function connect(deps: ConnectionDeps): Connection {
  const socket = new WebSocket(deps.url, {
    headers: deps.headers,
    handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
    perMessageDeflate: false,
  });
  let httpStatus: number | null = null;
  let retryAfterMs: number | null = null;
  socket.on("unexpected-response", (_request, response) => {
    httpStatus = response.statusCode ?? null;
    retryAfterMs = parseRetryAfter(response.headers["retry-after"] ?? null, deps.clock.now());
    response.resume();
    socket.terminate();
  });
  // Every error is followed by `close`, which tells enough.
  socket.on("error", () => {});
  socket.on("message", (data) => {
    const text = String(data);
    const frame = frameSchema.safeParse(readJson(text));
    if (frame.success) deps.onFrame(frame.data);
    else deps.onStrange(text);
  });
  const ended = new Promise<ConnectionEnd>((resolve) => {
    socket.on("close", (closeCode) => resolve({ closeCode, httpStatus, retryAfterMs }));
  });
  const sendText = (text: string, then?: () => void) => {
    if (socket.readyState !== WebSocket.OPEN) return;
    socket.send(text, () => then?.());
  };
  return {
    ended,
    sendText,
    send: (message, then) => sendText(JSON.stringify(message), then),
    stopReading: () => socket.pause(),
    close: () => socket.close(1000),
    destroy: () => socket.terminate(),
  };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
