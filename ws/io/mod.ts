import type { Buffer } from "node:buffer";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { AppError } from "../../lib/errors.ts";
import { type Maintenance, type ServerEvent, SOCKET_IO_PATHS } from "../protocol.ts";
import { destroyStream, type HttpRefusal, refuseUpgrade, tooManyConnections } from "../server.ts";
import type { Directory } from "./directory.ts";
import type { MaintenanceInput } from "./maintenance.ts";
import type { Io, IoDeps } from "./open.ts";
import { createStrangers } from "./strangers.ts";

export type { Credential } from "./credentials.ts";
export type { Directory } from "./directory.ts";
export type { SocketIdentity } from "./types.ts";

export interface SocketIoDeps extends Omit<IoDeps, "strangers"> {
  /** No further connection is let in. */
  readonly isFull: () => boolean;
  /** The HTTP answer for a refused request. */
  readonly toHttp: (error: AppError) => HttpRefusal;
}

/** Socket.IO beside the HTTP server (documents 1 to 4): what the rest of the program knows of it. */
export interface SocketIo {
  /** Whether a request is for Socket.IO, by its path. */
  takes(request: IncomingMessage): boolean;
  request(request: IncomingMessage, response: ServerResponse): void;
  upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void;
  connections(): number;
  directory(): Directory;
  /** To every socket of a person, wherever it is connected. */
  toUser(userId: string, event: ServerEvent): void;
  toRoom(room: string, event: ServerEvent): void;
  /** Null when there is none. */
  findMaintenance(): Maintenance | null;
  /** Tells everybody who is connected, and who connects while it lasts. */
  setMaintenance(maintenance: MaintenanceInput): Promise<void>;
  /** Hangs up on those whose sign-in has ended. A timer calls it. */
  recheck(): Promise<void>;
  /** Sends the metrics where they changed. A timer calls it. */
  refreshMetrics(): Promise<void>;
  /** Says how many persons are here, if the number changed. A timer calls it. */
  refreshStatus(): void;
  /** Loads it now: another process may have something for this one's sockets. */
  open(): Promise<void>;
  /** Tells everybody, and waits until they have left. */
  shutDown(): Promise<void>;
}

const PATHS: ReadonlySet<string> = new Set(
  Object.values(SOCKET_IO_PATHS).flatMap((path) => [path, `${path}/`]),
);
const METHODS: readonly string[] = ["GET", "POST", "OPTIONS"];
/** A poll's body that has not come by then is not waited for. */
const BODY_MS = 30_000;

const NOBODY: Directory = { byNamespace: () => ({}), users: () => 0, socketsOf: () => 0 };

export function createSocketIo(deps: SocketIoDeps): SocketIo {
  const strangers = createStrangers();
  let io: Io | null = null;
  let opening: Promise<Io> | null = null;
  let isClosing = false;

  /** By need: most halls have kiosks alone, and do without what it takes to load. */
  function open(): Promise<Io> {
    return opening ??= import("./open.ts")
      .then(({ openIo }) => openIo({ ...deps, strangers }))
      .then((opened) => io = opened);
  }

  function withIo(use: (io: Io) => void, onFailure: () => void): void {
    if (io !== null) return use(io);
    open().then(use).catch((error) => {
      deps.onFault(error);
      onFailure();
    });
  }

  /** Why a request is not let through, or null. What has begun may go on. */
  function refusalOf(request: IncomingMessage): AppError | null {
    if (!METHODS.includes(request.method ?? "")) {
      return new AppError("METHOD_NOT_ALLOWED", "Address does not take this method", {
        details: { field: "method", expected: `one of ${METHODS.join(", ")}`, methods: METHODS },
      });
    }
    const hasBegun = io !== null && /[?&]sid=./.test(request.url ?? "");
    if (hasBegun) return null;
    if (isClosing) return new AppError("UNAVAILABLE", "Server shuts down");
    if (!deps.isFull() && !strangers.isTooMany(deps.addressOf(request))) return null;
    return tooManyConnections();
  }

  return {
    takes: ({ url = "/" }) => PATHS.has(url.split("?", 1)[0]),
    request(request, response) {
      const refusal = refusalOf(request);
      if (refusal !== null) return refuseRequest(response, deps.toHttp(refusal));
      if (request.method === "POST") limitBody(request, response);
      withIo((it) => it.request(request, response), () => response.destroy());
    },
    upgrade(request, stream, head) {
      stream.on("error", destroyStream);
      const refusal = refusalOf(request);
      if (refusal !== null) return refuseUpgrade(stream, deps.toHttp(refusal));
      withIo((it) => it.upgrade(request, stream, head), () => stream.destroy());
    },
    connections: () => io?.connections() ?? 0,
    directory: () => io?.directory ?? NOBODY,
    toUser: (userId, event) => io?.toUser(userId, event),
    toRoom: (room, event) => io?.toRoom(room, event),
    findMaintenance: () => io?.maintenance.find() ?? null,
    setMaintenance: async (maintenance) => (await open()).maintenance.set(maintenance),
    recheck: async () => await io?.recheck(),
    refreshMetrics: async () => await io?.refreshMetrics(),
    refreshStatus: () => io?.refreshStatus(),
    open: async () => void await open(),
    async shutDown() {
      isClosing = true;
      await (await opening)?.shutDown();
    },
  };
}

function limitBody(request: IncomingMessage, response: ServerResponse): void {
  const timer = setTimeout(() => request.destroy(), BODY_MS);
  response.once("close", () => clearTimeout(timer));
}

function refuseRequest(response: ServerResponse, { status, headers, body }: HttpRefusal): void {
  response.writeHead(status, { ...headers, connection: "close" });
  response.end(body);
}
