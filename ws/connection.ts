import type { Duplex } from "node:stream";
import type { WebSocket } from "ws";
import { CLOSE, type Close, type ServerMessage } from "./protocol.ts";

/** A peer that leaves this much unread is closed; nothing queues without a bound. */
const MAX_UNREAD_BYTES = 1024 * 1024;

export interface ConnectionParts {
  readonly connectionId: string;
  readonly attemptId: string;
  readonly ws: WebSocket;
  /** The stream below `ws`. */
  readonly stream: Duplex;
}

/**
 * One side of a socket: sends within bounds, closes for good. A class, because thousands of them
 * live at once and methods shared on the prototype cost nothing per connection.
 */
export class Connection {
  readonly connectionId: string;
  readonly attemptId: string;
  readonly #ws: WebSocket;
  readonly #stream: Duplex;
  #corked = false;

  constructor({ connectionId, attemptId, ws, stream }: ConnectionParts) {
    this.connectionId = connectionId;
    this.attemptId = attemptId;
    this.#ws = ws;
    this.#stream = stream;
  }

  send(message: ServerMessage): void {
    if (!this.#hasRoom()) return;
    this.#cork();
    this.#ws.send(JSON.stringify(message));
  }

  /** Answers a ping of the peer's. */
  pong(data: Uint8Array): void {
    if (!this.#hasRoom()) return;
    this.#cork();
    this.#ws.pong(data);
  }

  /** Whether anything may be sent; a peer that does not read is closed. */
  #hasRoom(): boolean {
    const ws = this.#ws;
    if (ws.readyState !== ws.OPEN) return false;
    if (ws.bufferedAmount <= MAX_UNREAD_BYTES) return true;
    this.close(CLOSE.timeout);
    return false;
  }

  close({ code, reason }: Close): void {
    const ws = this.#ws;
    if (ws.readyState === ws.OPEN) ws.close(code, reason);
  }

  /** Stops and resumes reading, so that a sender that is too fast waits. */
  pause(): void {
    this.#ws.pause();
  }

  resume(): void {
    this.#ws.resume();
  }

  /** Asks the peer's network stack for a sign of life. */
  ping(): void {
    this.#ws.ping();
  }

  terminate(): void {
    this.#ws.terminate();
  }

  /** Everything that is sent in one turn of the event loop leaves in one write. */
  #cork(): void {
    if (this.#corked) return;
    this.#corked = true;
    this.#stream.cork();
    setImmediate(() => {
      this.#corked = false;
      this.#stream.uncork();
    });
  }
}
