import type { EventStream } from "../../lib/missions/mod.ts";
import { toIso } from "../../lib/clock.ts";
import { createAdminMonitor } from "../admin_monitor.ts";
import { createMetricsNamespace, type MetricsSource } from "../metrics_namespace.ts";
import { type InterviewSource, tellOfInterviews } from "../interview_events.ts";
import { createPeopleEvents, type PeopleEventsDeps } from "../people_events.ts";
import { METRICS_NAMESPACES, type ServerEvent, type ServerShutdown } from "../protocol.ts";
import { type AdmissionDeps, createAdmission } from "./admission.ts";
import { createDirectory, type Directory } from "./directory.ts";
import { createMaintenanceMode, type MaintenanceMode } from "./maintenance.ts";
import { recheck, type RecheckDeps } from "./recheck.ts";
import { roomHandlers, userRoom } from "./rooms.ts";
import type { IoNamespace, IoServer } from "./types.ts";
import { welcome, type WelcomeDeps } from "./welcome.ts";

export interface NamespaceDeps
  extends
    AdmissionDeps,
    RecheckDeps,
    Pick<PeopleEventsDeps, "people" | "publicActivities">,
    Pick<WelcomeDeps, "serverName" | "strangers" | "events" | "onEvent"> {
  readonly redisUrl: string | null;
  readonly missions: EventStream;
  readonly interviews: InterviewSource;
  readonly metrics: MetricsSource;
}

export interface Namespaces {
  readonly directory: Directory;
  readonly maintenance: MaintenanceMode;
  /** To every socket in a room of the default namespace, in all processes. */
  toRoom(room: string, event: ServerEvent): void;
  toUser(userId: string, event: ServerEvent): void;
  recheck(): Promise<void>;
  refreshMetrics(): Promise<void>;
  refreshStatus(): void;
  /** Stops what is sent by itself, and tells everybody of this process (V-13). */
  shutDown(): Promise<void>;
}

const RECONNECT_AFTER_SHUTDOWN_MS = 2_000;

/** The default namespace and those of the metrics: who is let in, and what is sent there. */
export function serveNamespaces(io: IoServer, deps: NamespaceDeps): Namespaces {
  const namespaces = ["/", ...METRICS_NAMESPACES].map((name): IoNamespace => io.of(name));
  const [root] = namespaces;
  const isShared = deps.redisUrl !== null;
  const maintenance = createMaintenanceMode({ ...deps, namespaces, isShared });
  const monitor = createAdminMonitor({
    namespace: root,
    events: deps.missions,
    isShared,
    onError: deps.onFault,
  });
  const dashboards = createMetricsNamespace({
    monotonic: deps.clock.monotonic,
    namespaces,
    metrics: deps.metrics,
    onError: deps.onFault,
  });
  const directory = createDirectory(namespaces);
  const people = createPeopleEvents({ ...deps, namespace: root, directory });
  const endInterviews = tellOfInterviews({ ...deps, namespace: root });
  const rootHandlers = { ...roomHandlers, ...people.handlers };
  const admit = createAdmission(deps);
  for (const namespace of namespaces) {
    const handlers = { ...dashboards.handlers, ...(namespace === root ? rootHandlers : {}) };
    namespace.use(admit);
    namespace.on("connection", (socket) => welcome(socket, { ...deps, maintenance, handlers }));
  }
  return {
    directory,
    maintenance,
    toRoom: (room, event) => send(root.to(room), event),
    toUser: (userId, event) => send(root.to(userRoom(userId)), event),
    recheck: () => recheck(namespaces, deps),
    refreshMetrics: dashboards.refresh,
    refreshStatus: people.refresh,
    async shutDown() {
      dashboards.close();
      people.close();
      endInterviews();
      await monitor.close();
      const goodbye = shutdownMessage(deps);
      for (const namespace of namespaces) namespace.local.emit("server:shutdown", goodbye);
    },
  };
}

function shutdownMessage({ clock, serverName }: NamespaceDeps): ServerShutdown {
  return {
    reason: "Server shuts down",
    reconnectInMs: RECONNECT_AFTER_SHUTDOWN_MS,
    timestamp: toIso(clock.now()),
    server: serverName,
  };
}

/** An event and what it carries belong together by their type, which the package cannot tell. */
interface Emitter {
  emit(event: ServerEvent["event"], payload: ServerEvent["payload"]): unknown;
}

function send(to: Emitter, { event, payload }: ServerEvent): void {
  to.emit(event, payload);
}
