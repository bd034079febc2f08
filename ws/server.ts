import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { Buffer } from "node:buffer";
// @ts-types="@types/ws"
import { type RawData, WebSocket, WebSocketServer } from "ws";
import type { Tokens } from "../lib/auth/tokens.ts";
import type { Clock } from "../lib/clock.ts";
import { sha256 } from "../lib/digest.ts";
import { AppError } from "../lib/errors.ts";
import type { Ids } from "../lib/ids.ts";
import type { KioskLine, Kiosks } from "../lib/kiosks/mod.ts";
import type { MissionsService } from "../lib/missions/mod.ts";
import { Connection } from "./connection.ts";
import { isFault, toAppError } from "./errors.ts";
import type { CountFailure } from "./failures.ts";
import type { Hub } from "./hub.ts";
import { MissionSocket, type MissionSocketDeps } from "./mission_socket.ts";
import { MAX_FRAME_BYTES } from "./protocol.ts";
import type { CountReconnect } from "./reconnects.ts";

export interface SocketServerDeps extends Omit<MissionSocketDeps, "record"> {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly tokens: Tokens;
  readonly missions: Pick<MissionsService, "connect" | "disconnect" | "record">;
  readonly hub: Hub;
  readonly countFailure: CountFailure;
  readonly countReconnect: CountReconnect;
  /** No further connection is let in. */
  readonly isFull: () => boolean;
  /** Address of the peer, proxies seen through. */
  readonly addressOf: (request: IncomingMessage) => string;
  /** Kiosk id of a request with a known key, else null. */
  readonly kioskOf: (key: string | null) => string | null;
  /** Opens the line of a kiosk; null when there is no such kiosk. */
  readonly openLine: Kiosks["openLine"];
  /** The HTTP answer for a refused upgrade. */
  readonly toHttp: (error: AppError) => HttpRefusal;
}

export interface HttpRefusal {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A peer that does not answer a close is cut off after this. */
const CLOSE_GRACE_MS = 3_000;
/** Pieces of a message that wait for the rest; each costs far more memory than its bytes. */
const MAX_PIECES = 1_024;
/** Of `ws` wherever it listens; its types do not know all of them. */
export const WS_OPTIONS = {
  noServer: true,
  clientTracking: false,
  maxPayload: MAX_FRAME_BYTES,
  maxFragments: MAX_PIECES,
  maxBufferedChunks: MAX_PIECES,
  closeTimeout: CLOSE_GRACE_MS,
  perMessageDeflate: false,
  // Within a rate; see `MissionSocket`.
  autoPong: false,
};
/** Knows whose it is, so that all share their listeners: own ones cost each connection 500 bytes. */
class KioskSocket extends WebSocket {
  owner: MissionSocket | null = null;
}

/** A kiosk with its key may come back with a token that ended up to a day ago (T-M06). */
const KIOSK_GRACE_SEC = 86_400;

/** The raw WebSocket server of `/ws`. */
export interface SocketServer {
  /** Answers an upgrade request for `/ws`; the caller has looked at the path. */
  upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void;
  close(): void;
}

export function createSocketServer(deps: SocketServerDeps): SocketServer {
  const { ids, tokens, missions, hub } = deps;
  const server = new WebSocketServer({ ...WS_OPTIONS, WebSocket: KioskSocket });
  // What `ws` finds after our own look, and would answer in words of its own.
  server.on("wsClientError", (_, stream) => {
    const error = badHandshake("Sec-WebSocket-Protocol", "different names, with commas between");
    refuseUpgrade(stream, deps.toHttp(error));
  });
  const socketDeps = { ...deps, record: missions.record };

  async function admit(request: IncomingMessage, stream: Duplex, head: Buffer): Promise<void> {
    const { token, attemptId, kioskKey } = credentialsOf(request);
    const shownKiosk = deps.kioskOf(kioskKey);
    const graceSec = shownKiosk === null ? 0 : KIOSK_GRACE_SEC;
    if (token === null) throw new AppError("AUTH_FAILED", "Token is missing");
    const claims = await tokens.verifySocket(token, graceSec);
    if (attemptId !== null && attemptId !== claims.attemptId) {
      throw new AppError("AUTH_FAILED", "Token is for another attempt");
    }
    refuseBadHandshake(request);
    if (deps.isFull()) throw tooManyConnections();
    const { attemptId: ownAttemptId, sessionId, expiresAt } = claims;
    deps.countReconnect(ownAttemptId);
    const connectionId = ids.connection();
    const { ackUpTo, hasEnded, kioskId } = await missions.connect(
      ownAttemptId,
      connectionId,
      sha256(token),
    );
    let upgraded = false;
    server.handleUpgrade(request, stream, head, (ws) => {
      upgraded = true;
      const connection = new Connection({ connectionId, attemptId: ownAttemptId, ws, stream });
      // A browser cannot show a key here: the attempt knows which kiosk has started it.
      const line = openLine(shownKiosk ?? kioskId, connection);
      const parts = { connection, sessionId, tokenExpiresAt: expiresAt, ackUpTo, hasEnded, line };
      serve(ws, new MissionSocket(socketDeps, parts));
    });
    // The peer has gone, or `ws` has refused a header that only it looks at.
    if (!upgraded) left(ownAttemptId, connectionId);
  }

  function openLine(kioskId: string | null, connection: Connection): KioskLine | null {
    if (kioskId === null) return null;
    return deps.openLine(kioskId, (command) => connection.send({ type: "command", ...command }));
  }

  function left(attemptId: string, connectionId: string): void {
    missions.disconnect(attemptId, connectionId).catch(deps.onFault);
  }

  function serve(ws: KioskSocket, socket: MissionSocket): void {
    ws.owner = socket;
    ws.on("message", onMessage);
    ws.on("ping", onPing);
    ws.on("pong", onPong);
    // A frame against the protocol; `ws` closes with the code of RFC 6455 by itself.
    ws.on("error", ignore);
    ws.on("close", onClose);
    hub.join(socket);
  }

  function onClose(this: WebSocket): void {
    const socket = ownerOf(this);
    hub.leave(socket);
    socket.left();
    const { attemptId, connectionId } = socket.connection;
    left(attemptId, connectionId);
  }

  return {
    upgrade(request, stream, head) {
      stream.on("error", destroyStream);
      admit(request, stream, head).catch((cause) => {
        const error = toAppError(cause);
        if (isFault(error)) deps.onFault(cause);
        const refusal = isFault(error) ? error : deps.countFailure(deps.addressOf(request), error);
        refuseUpgrade(stream, deps.toHttp(refusal));
      });
    },
    close: () => server.close(),
  };
}

function ownerOf(ws: WebSocket): MissionSocket {
  if (ws instanceof KioskSocket && ws.owner !== null) return ws.owner;
  throw new Error("Socket has no owner");
}

function onMessage(this: WebSocket, data: RawData, isBinary: boolean): void {
  if (isBinary) ownerOf(this).receiveBinary();
  else ownerOf(this).receive(data.toString());
}

function onPing(this: WebSocket, data: Buffer): void {
  ownerOf(this).pinged(data);
}

function onPong(this: WebSocket): void {
  ownerOf(this).ponged();
}

function ignore(): void {}

export function destroyStream(this: Duplex): void {
  this.destroy();
}

function credentialsOf(request: IncomingMessage) {
  const query = new URL(request.url ?? "/", "http://localhost").searchParams;
  const bearer = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? "")?.[1];
  const header = request.headers["x-kiosk-key"];
  return {
    token: bearer ?? query.get("token"),
    attemptId: query.get("attemptId"),
    kioskKey: (typeof header === "string" ? header : null) ?? query.get("kioskKey"),
  };
}

/** Before anything is stored for it; `ws` itself looks closer later. */
function refuseBadHandshake({ method, headers }: IncomingMessage): void {
  const key = headers["sec-websocket-key"] ?? "";
  const version = headers["sec-websocket-version"];
  const good = method === "GET" && /^[+/0-9A-Za-z]{22}==$/.test(key) && version === "13" &&
    headers.upgrade?.toLowerCase() === "websocket";
  if (!good) throw badHandshake("Sec-WebSocket-Version", "13, with a key of 16 bytes");
}

function badHandshake(field: string, expected: string): AppError {
  const details = { field, expected };
  return new AppError("VALIDATION_ERROR", "Request is not a WebSocket handshake", { details });
}

export function tooManyConnections(): AppError {
  return new AppError("UNAVAILABLE", "Too many connections", { details: { retryAfterMs: 5_000 } });
}

/** Answers an upgrade request in plain HTTP and lets go of the connection. */
export function refuseUpgrade(stream: Duplex, { status, headers, body }: HttpRefusal): void {
  stream.on("error", destroyStream);
  // The peer may never close its side: without this the connection would stay for ever.
  stream.once("finish", destroyStream);
  const lines = Object.entries({
    ...headers,
    "content-length": String(Buffer.byteLength(body)),
    connection: "close",
  }).map(([name, value]) => `${name}: ${value}\r\n`).join("");
  stream.end(`HTTP/1.1 ${status} Refused\r\n${lines}\r\n${body}`);
}
