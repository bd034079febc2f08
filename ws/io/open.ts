import type { Buffer } from "node:buffer";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { Server } from "socket.io";
import type { EventStream } from "../../lib/missions/mod.ts";
import { createAdminMonitor } from "../admin_monitor.ts";
import {
  analyticsHandlers,
  createMetricsNamespace,
  type MetricsSource,
} from "../metrics_namespace.ts";
import { METRICS_NAMESPACES } from "../protocol.ts";
import { type AdmissionDeps, createAdmission } from "./admission.ts";
import { shutDown } from "./closing.ts";
import { createDirectory, type Directory } from "./directory.ts";
import { createEngine, type Engine, type EngineDeps } from "./engine.ts";
import { createMaintenanceMode, type MaintenanceMode } from "./maintenance.ts";
import { recheck, type RecheckDeps } from "./recheck.ts";
import { recoveringAdapter, RECOVERY_MS } from "./recovery.ts";
import { roomHandlers, userRoom } from "./rooms.ts";
import type { IoNamespace, IoServer, ServerEvent } from "./types.ts";
import { welcome, type WelcomeDeps } from "./welcome.ts";

export interface IoDeps
  extends
    AdmissionDeps,
    RecheckDeps,
    Pick<EngineDeps, "onCut">,
    Pick<WelcomeDeps, "serverName" | "strangers" | "events" | "onEvent"> {
  readonly missions: EventStream;
  /** Null where nothing is counted. */
  readonly metrics: MetricsSource | null;
  /** Over which several processes share their rooms; null for one alone. */
  readonly redisUrl: string | null;
}

/** Socket.IO as it runs. */
export interface Io {
  request(request: IncomingMessage, response: ServerResponse): void;
  upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void;
  /** Open connections; each may carry several sockets. */
  connections(): number;
  readonly directory: Directory;
  readonly maintenance: MaintenanceMode;
  /** To every socket in a room of the default namespace, in all processes. */
  toRoom(room: string, event: ServerEvent): void;
  toUser(userId: string, event: ServerEvent): void;
  recheck(): Promise<void>;
  refreshMetrics(): Promise<void>;
  shutDown(): Promise<void>;
}

/** A client that connects to no namespace is hung up on after this. */
const CONNECT_TIMEOUT_MS = 10_000;
/** A flood of packets is one of events, and of what goes beside them, several times over. */
const PACKETS_PER_EVENT = 4;

/** Opens Socket.IO; loading it takes 7 MiB and a tenth of a second, so nobody does before need. */
export function openIo(deps: IoDeps): Io {
  const { clock, events } = deps;
  const engine = createEngine({
    ...deps,
    monotonic: clock.monotonic,
    packets: {
      perSec: PACKETS_PER_EVENT * events.perSec,
      burst: PACKETS_PER_EVENT * events.burst,
    },
  });
  engine.server.on("connection", (connection) => {
    deps.strangers.arrived(connection, deps.addressOf(connection.request));
  });
  const io: IoServer = new Server({
    serveClient: false,
    connectTimeout: CONNECT_TIMEOUT_MS,
    connectionStateRecovery: { maxDisconnectionDuration: RECOVERY_MS, skipMiddlewares: false },
    adapter: recoveringAdapter(clock.monotonic),
  });
  io.bind(engine.server);
  const namespaces = ["/", ...METRICS_NAMESPACES].map((name): IoNamespace => io.of(name));
  return { ...serveEngine(engine, deps), ...serveNamespaces(io, { engine, namespaces, deps }) };
}

function serveEngine({ server, connections }: Engine, { onFault }: IoDeps) {
  return {
    request(request: IncomingMessage, response: ServerResponse): void {
      try {
        server.handleRequest(request, response);
      } catch (error) {
        onFault(error);
        response.destroy();
      }
    },
    upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
      try {
        server.handleUpgrade(request, stream, head);
      } catch (error) {
        onFault(error);
        stream.destroy();
      }
    },
    connections: () => connections.size,
  };
}

interface Parts {
  readonly engine: Engine;
  readonly namespaces: readonly IoNamespace[];
  readonly deps: IoDeps;
}

function serveNamespaces(io: IoServer, { engine, namespaces, deps }: Parts) {
  const { metrics, redisUrl, onFault } = deps;
  const [root] = namespaces;
  const isShared = redisUrl !== null;
  const maintenance = createMaintenanceMode({ ...deps, namespaces, isShared });
  const monitor = createAdminMonitor({
    namespace: root,
    events: deps.missions,
    isShared,
    onError: onFault,
  });
  const { monotonic } = deps.clock;
  const dashboards = metrics === null
    ? null
    : createMetricsNamespace({ monotonic, namespaces, metrics, onError: onFault });
  const admit = createAdmission(deps);
  for (const namespace of namespaces) {
    const handlers = {
      ...(metrics === null ? {} : analyticsHandlers(metrics)),
      ...(namespace === root ? roomHandlers : {}),
    };
    namespace.use(admit);
    namespace.on("connection", (socket) => welcome(socket, { ...deps, maintenance, handlers }));
  }
  return {
    directory: createDirectory(namespaces),
    maintenance,
    toRoom: (room: string, event: ServerEvent) => send(root, room, event),
    toUser: (userId: string, event: ServerEvent) => send(root, userRoom(userId), event),
    recheck: () => recheck(namespaces, deps),
    refreshMetrics: async () => await dashboards?.refresh(),
    async shutDown() {
      dashboards?.close();
      await monitor.close();
      await shutDown({ ...deps, io, engine, namespaces });
    },
  };
}

function send(namespace: IoNamespace, room: string, { event, payload }: ServerEvent): void {
  namespace.to(room).emit(event, payload);
}
