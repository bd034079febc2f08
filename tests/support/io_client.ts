import { Agent } from "node:http";
import { io, type ManagerOptions, type Socket, type SocketOptions } from "socket.io-client";
import { eventually, turn } from "./eventually.ts";
import type { Answer, ServerEvents, SocketIoError } from "../../ws/protocol.ts";

export type ServerEventName = keyof ServerEvents;
type Payload<Name extends ServerEventName> = Parameters<ServerEvents[Name]>[0];

export interface Received {
  readonly event: string;
  // deno-lint-ignore no-explicit-any
  readonly payload: any;
}

/** The stock client, which remembers what it was sent. */
export interface IoClient {
  readonly socket: Socket;
  /** All but `users:status`, which comes when anybody does. */
  readonly received: readonly Received[];
  /** Resolves when it is connected; fails with the `connect_error`. */
  connected(): Promise<void>;
  /** Resolves with the `connect_error`; fails when it was let in. */
  refused(): Promise<Error & { data?: SocketIoError }>;
  /** The next event of a name that no call has taken yet. Fails after five seconds, or as told. */
  next<Name extends ServerEventName>(event: Name, withinMs?: number): Promise<Payload<Name>>;
  /** Sends an event and gives the answer to it. */
  // deno-lint-ignore no-explicit-any
  ask(event: string, ...payload: unknown[]): Promise<Answer<any>>;
  /** Resolves when all that was sent before on this connection has been looked at. */
  settled(): Promise<void>;
  /** Resolves with the reason of the next disconnect. */
  gone(): Promise<string>;
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

export interface IoOptions extends Partial<ManagerOptions & SocketOptions> {
  /** Of another version of the client. */
  readonly io?: typeof io;
}

const DEADLINE_MS = 5_000;

/** A client of its own connection, which does not come back by itself unless told. */
export function ioClient(url: string, { io: connect = io, ...options }: IoOptions = {}): IoClient {
  const requests = new Agent();
  // Its types know nothing of it; in Node it is handed to each request.
  const agent = requests as unknown as boolean;
  const socket = connect(url, { forceNew: true, reconnection: false, agent, ...options });
  const received: Received[] = [];
  const untaken: Received[] = [];
  socket.onAny((event: string, payload: unknown) => {
    if (event !== "users:status") received.push({ event, payload });
    untaken.push({ event, payload });
  });
  // Heard from the start: it may come before anybody waits for it.
  const outcome = new Promise<Error | null>((resolve) => {
    socket.once("connect", () => resolve(null));
    socket.once("connect_error", resolve);
  });

  async function until<T>(
    find: () => T | undefined,
    what: string,
    withinMs = DEADLINE_MS,
  ): Promise<T> {
    const deadline = performance.now() + withinMs;
    for (let found = find();; found = find()) {
      if (found !== undefined) return found;
      if (performance.now() > deadline) {
        throw new Error(`No ${what} came; received ${JSON.stringify(received)}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }

  const ask: IoClient["ask"] = (event, ...payload) =>
    socket.timeout(DEADLINE_MS).emitWithAck(event, ...payload);

  async function close(): Promise<void> {
    const { engine } = socket.io;
    const isOpen = engine?.readyState === "open" || engine?.readyState === "opening";
    const closed = isOpen ? new Promise((resolve) => engine.once("close", resolve)) : null;
    socket.io.reconnection(false);
    socket.disconnect();
    await closed;
    // Its HTTP requests end later than it says, and it looks at how they ended a turn after that.
    await eventually(() => Object.keys(requests.sockets).length === 0, "requests of a client end");
    for (let i = 0; i < 5; i++) await turn();
  }

  return {
    socket,
    received,
    ask,
    async connected() {
      const error = await outcome;
      if (error !== null) throw error;
    },
    async refused() {
      const error = await outcome;
      if (error === null) throw new Error("It was let in");
      return error;
    },
    next: (event, withinMs) =>
      until(
        () => {
          const index = untaken.findIndex((it) => it.event === event);
          return index < 0 ? undefined : untaken.splice(index, 1)[0].payload;
        },
        event,
        withinMs,
      ),
    async settled() {
      await ask("anything at all");
    },
    gone: () => new Promise((resolve) => socket.once("disconnect", resolve)),
    close,
    [Symbol.asyncDispose]: close,
  };
}
