import type { Duplex } from "node:stream";
import type { WebSocket } from "ws";
import type { ServerMessage } from "./protocol.ts";
import { CLOSE } from "./protocol.ts";

/** A peer that leaves this much unread is closed; nothing queues without a bound. */
const MAX_UNREAD_BYTES = 1024 * 1024;
/** A peer that does not answer a close is cut off after this. */
const CLOSE_GRACE_MS = 3_000;

/** One side of a socket: sends within bounds, closes for good. */
export interface Connection {
  readonly connectionId: string;
  readonly attemptId: string;
  send(message: ServerMessage): void;
  close(close: { readonly code: number; readonly reason: string }): void;
  /** Stops and resumes reading, so that a sender that is too fast waits. */
  pause(): void;
  resume(): void;
  /** Asks the peer's network stack for a sign of life. */
  ping(): void;
  terminate(): void;
}

export interface ConnectionParts {
  readonly connectionId: string;
  readonly attemptId: string;
  readonly ws: WebSocket;
  /** The stream below `ws`. */
  readonly stream: Duplex;
}

export function createConnection(parts: ConnectionParts): Connection {
  const { connectionId, attemptId, ws, stream } = parts;
  let corked = false;

  /** Everything that is sent in one turn of the event loop leaves in one write. */
  function cork(): void {
    if (corked) return;
    corked = true;
    stream.cork();
    setImmediate(uncork);
  }

  function uncork(): void {
    corked = false;
    stream.uncork();
  }

  const connection: Connection = {
    connectionId,
    attemptId,
    send(message) {
      if (ws.readyState !== ws.OPEN) return;
      if (ws.bufferedAmount > MAX_UNREAD_BYTES) return connection.close(CLOSE.timeout);
      cork();
      ws.send(JSON.stringify(message));
    },
    close({ code, reason }) {
      if (ws.readyState !== ws.OPEN) return;
      ws.close(code, reason);
      const timer = setTimeout(() => ws.terminate(), CLOSE_GRACE_MS);
      ws.once("close", () => clearTimeout(timer));
    },
    pause: () => ws.pause(),
    resume: () => ws.resume(),
    ping: () => ws.ping(),
    terminate: () => ws.terminate(),
  };
  return connection;
}
