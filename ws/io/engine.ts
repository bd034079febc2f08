import type { Buffer } from "node:buffer";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { Server as EngineServer, type Socket as Connection } from "engine.io";
// @ts-types="@types/ws"
import { type WebSocket, WebSocketServer } from "ws";
import { type BucketLimits, TokenBucket } from "../../lib/token_bucket.ts";
import { CLOSE, type Close, MAX_FRAME_BYTES } from "../protocol.ts";
import { WS_OPTIONS } from "../server.ts";

export interface EngineDeps {
  readonly monotonic: () => number;
  readonly allowedOrigins: readonly string[];
  /** Packets of one connection, of any kind. */
  readonly packets: BucketLimits;
  /** Told of a connection that was cut off, by the code. */
  readonly onCut: (close: Close) => void;
}

export type Engine = ReturnType<typeof createEngine>;
export type { Connection };

/** What is sent to a peer and not taken by it; twice as much at most, with what is on its way. */
const MAX_UNREAD_CHARS = 1024 * 1024;
const PINGS: BucketLimits = { perSec: 20, burst: 200 };

/** Engine.IO as it comes, with bounds on what one peer may send and leave unread. */
export function createEngine(deps: EngineDeps) {
  const { allowedOrigins } = deps;
  const connections = new Set<Connection>();
  const streams: Streams = new Map();
  const server = new EngineServer({
    transports: ["polling", "websocket"],
    maxHttpBufferSize: MAX_FRAME_BYTES,
    httpCompression: false,
    wsEngine: serverOver(streams, deps),
    // Nobody else's pages, unless origins are named, as over HTTP (M-61).
    cors: allowedOrigins.length === 0 ? undefined : {
      origin: [...allowedOrigins],
      credentials: true,
      maxAge: 600,
    },
  });
  server.on("connection", (connection: Connection) => {
    connections.add(connection);
    connection.on("close", () => connections.delete(connection));
    boundReading(connection, deps);
    boundWriting(connection, deps);
  });
  server.on("flush", (connection: Connection) => {
    const socket = socketOf(connection);
    if (socket !== null) corkOnce(streams.get(socket));
  });
  return { server, connections, streams };
}

/** A peer that floods is cut off, whatever its packets are. */
function boundReading(connection: Connection, { monotonic, packets, onCut }: EngineDeps): void {
  const bucket = new TokenBucket(packets);
  connection.on("packet", () => {
    if (bucket.take(monotonic()) > 0) cutOff(connection, { close: CLOSE.rate, onCut });
  });
}

/** The protocol's own pings, which only a proxy would send, are answered within a rate. */
function boundPings(ws: WebSocket, { monotonic, onCut }: EngineDeps): void {
  const bucket = new TokenBucket(PINGS);
  const isTooMuch = () => {
    if (bucket.take(monotonic()) === 0) return false;
    if (ws.readyState === ws.OPEN) {
      onCut(CLOSE.rate);
      ws.close(CLOSE.rate.code, CLOSE.rate.reason);
    }
    return true;
  };
  ws.on("ping", (data: Buffer) => {
    if (!isTooMuch()) ws.pong(data);
  });
  ws.on("pong", isTooMuch);
}

/** A peer that does not read is cut off: Engine.IO by itself queues without an end. */
function boundWriting(connection: Connection, { onCut }: EngineDeps): void {
  let unread = 0;
  connection.on("packetCreate", ({ data }: { data?: string | Buffer }) => {
    unread += data?.length ?? 0;
    if (unread > MAX_UNREAD_CHARS) cutOff(connection, { close: CLOSE.timeout, onCut });
  });
  connection.on("flush", () => unread = 0);
}

interface Cut {
  readonly close: Close;
  readonly onCut: EngineDeps["onCut"];
}

function cutOff(connection: Connection, { close, onCut }: Cut): void {
  if (connection.readyState !== "open") return;
  onCut(close);
  socketOf(connection)?.close(close.code, close.reason);
  connection.close(true);
}

/** Null while the connection polls. */
function socketOf({ transport }: Connection): WebSocket | null {
  return "socket" in transport ? transport.socket as WebSocket : null;
}

interface Below {
  readonly stream: Duplex;
  corked: boolean;
}

/** What lies below each open WebSocket. */
type Streams = Map<WebSocket, Below>;

/** Our own `ws` with the bounds of `/ws`, which remembers the stream of a connection. */
function serverOver(streams: Streams, deps: EngineDeps) {
  return class extends WebSocketServer {
    constructor(options: object) {
      super({ ...options, ...WS_OPTIONS });
    }

    override handleUpgrade(
      request: IncomingMessage,
      stream: Duplex,
      head: Buffer,
      callback: (ws: WebSocket, request: IncomingMessage) => void,
    ): void {
      super.handleUpgrade(request, stream, head, (ws) => {
        streams.set(ws, { stream, corked: false });
        ws.on("close", () => streams.delete(ws));
        boundPings(ws, deps);
        callback(ws, request);
      });
    }
  };
}

/**
 * Everything that is sent to a connection in one turn of the event loop leaves in one write: with a
 * thousand watchers of two hundred events a second, the process does nothing but write without it.
 */
function corkOnce(below: Below | undefined): void {
  if (below === undefined || below.corked) return;
  below.corked = true;
  below.stream.cork();
  setImmediate(() => {
    below.corked = false;
    below.stream.uncork();
  });
}
