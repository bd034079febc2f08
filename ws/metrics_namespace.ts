import { AppError } from "../lib/errors.ts";
import { isJsonObject } from "../lib/json.ts";
import type { Metrics } from "../lib/metrics/mod.ts";
import { dashboardChanged, type MetricsDashboard } from "../lib/metrics/view.ts";
import type { EventHandlers } from "./io/dispatch.ts";
import { requireRoom } from "./io/rooms.ts";
import type { IoNamespace, IoSocket } from "./io/types.ts";
import { METRICS_ROOM } from "./protocol.ts";

/** What the metrics are asked for. */
export type MetricsSource = Pick<Metrics, "dashboard" | "analytics" | "onEvents">;

export interface MetricsNamespaceDeps {
  readonly monotonic: () => number;
  /** All in which the room `metrics` is heard. */
  readonly namespaces: readonly IoNamespace[];
  readonly metrics: MetricsSource;
  readonly onError: (error: unknown) => void;
}

/** Document 2 over Socket.IO, for all who are in the room `metrics`. */
export interface MetricsNamespace {
  readonly handlers: EventHandlers;
  /** Sends `dashboard_data` if it changed, or was not sent for a while. A timer calls it. */
  refresh(): Promise<void>;
  close(): void;
}

/** Sent this often although nothing changed, for pages that want a sign of life (T-E13). */
const QUIET_MS = 30_000;

/** What is sent is this process's own: others have other events. */
export function createMetricsNamespace(deps: MetricsNamespaceDeps): MetricsNamespace {
  const { namespaces, metrics, monotonic } = deps;
  let last: { readonly dashboard: MetricsDashboard; readonly at: number } | null = null;

  for (const namespace of namespaces) {
    namespace.adapter.on("join-room", (room, socketId) => {
      const socket = namespace.sockets.get(socketId);
      // One that is recovered gets what it missed instead.
      if (room === METRICS_ROOM && socket !== undefined) greet(socket).catch(deps.onError);
    });
  }
  const close = metrics.onEvents((events) => {
    for (const namespace of namespaces) namespace.local.to(METRICS_ROOM).emit("events", events);
  });

  async function greet(socket: IoSocket): Promise<void> {
    socket.emit("dashboard_data", await metrics.dashboard());
  }

  async function refresh(): Promise<void> {
    if (!namespaces.some(({ adapter }) => adapter.rooms.has(METRICS_ROOM))) return;
    const dashboard = await metrics.dashboard();
    const isNew = last === null || dashboardChanged(last.dashboard, dashboard);
    if (!isNew && monotonic() - last!.at < QUIET_MS) return;
    last = { dashboard, at: monotonic() };
    for (const namespace of namespaces) {
      namespace.local.to(METRICS_ROOM).emit("dashboard_data", dashboard);
    }
  }

  return { handlers: analyticsHandlers(metrics), refresh, close };
}

function analyticsHandlers(metrics: MetricsSource): EventHandlers {
  return {
    async "analytics:get"(socket, payload) {
      requireRoom(socket.data.identity, METRICS_ROOM);
      const query = payload ?? {};
      if (isJsonObject(query)) return await metrics.analytics(query);
      throw new AppError("VALIDATION_ERROR", "Query is not an object", {
        details: { field: "query", expected: "object" },
      });
    },
  };
}
