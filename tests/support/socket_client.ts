// @ts-types="@types/ws"
import { WebSocket } from "ws";
import type { ServerMessage } from "../../ws/protocol.ts";
import type { Started } from "./test_app.ts";

/** A client of `/ws` that remembers what it was sent. */
export interface SocketClient {
  readonly received: ServerMessage[];
  /** Sends a message as JSON, or a text as it is. */
  send(message: unknown): void;
  /** The next message that no call has taken yet; of one type if named. Fails after five seconds. */
  next<T extends ServerMessage["type"]>(type?: T): Promise<Extract<ServerMessage, { type: T }>>;
  /** Resolves with code and reason when the connection has ended. */
  readonly closed: Promise<{ code: number; reason: string }>;
  close(): Promise<void>;
  /** Resolves when the server has read all that was sent, and answers to its pings. */
  read(): Promise<void>;
  /** Cuts the line without a word. */
  terminate(): void;
}

export interface ConnectOptions {
  readonly query?: Record<string, string>;
  readonly headers?: Record<string, string>;
}

const DEADLINE_MS = 5_000;

/** Connects to an attempt; fails with the HTTP status when the upgrade is refused. */
export async function connect(
  base: string,
  { attemptId, wsToken }: Pick<Started, "attemptId" | "wsToken">,
  { query = { attemptId, token: wsToken }, headers = {} }: ConnectOptions = {},
): Promise<SocketClient> {
  const url = `${base.replace("http", "ws")}/ws?${new URLSearchParams(query)}`;
  const ws = new WebSocket(url, { headers, perMessageDeflate: false });
  const received: ServerMessage[] = [];
  const untaken: ServerMessage[] = [];
  const arrival = { wake: () => {} };
  ws.on("message", (data: unknown) => {
    const message = JSON.parse(String(data));
    received.push(message);
    untaken.push(message);
    arrival.wake();
  });
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    ws.on("close", (code: number, reason: unknown) => {
      resolve({ code, reason: String(reason) });
      arrival.wake();
    });
  });
  await new Promise<void>((resolve, reject) => {
    ws.once("open", resolve);
    ws.once("unexpected-response", (_request: unknown, response: { statusCode?: number }) => {
      reject(new Error(`Upgrade refused with ${response.statusCode}`));
      ws.terminate();
    });
    ws.once("error", reject);
  });
  ws.on("error", () => {});

  return {
    received,
    closed,
    send: (message) => ws.send(typeof message === "string" ? message : JSON.stringify(message)),
    async next(type) {
      const timeout = AbortSignal.timeout(DEADLINE_MS);
      while (true) {
        const index = untaken.findIndex((it) => type === undefined || it.type === type);
        // deno-lint-ignore no-explicit-any
        if (index >= 0) return untaken.splice(index, 1)[0] as any;
        if (timeout.aborted || ws.readyState === WebSocket.CLOSED) {
          throw new Error(`No message ${type ?? ""} came; received ${JSON.stringify(received)}`);
        }
        await new Promise<void>((resolve) => {
          arrival.wake = resolve;
          timeout.addEventListener("abort", () => resolve(), { once: true });
        });
      }
    },
    async close() {
      ws.close();
      await closed;
    },
    async read() {
      ws.ping();
      await Promise.race([new Promise((resolve) => ws.once("pong", resolve)), closed]);
    },
    terminate: () => ws.terminate(),
  };
}
