import { AppError } from "../lib/errors.ts";
import { isJsonObject } from "../lib/json.ts";
import type { EventHandlers } from "./io/dispatch.ts";
import { requireStaff } from "./io/rooms.ts";
import type { IoNamespace, IoSocket } from "./io/types.ts";
import type { RoomName } from "./protocol.ts";

/** What the metrics are asked for. */
export interface MetricsSource {
  /** The whole of `dashboard_data`. */
  dashboard(): Promise<unknown>;
  /** @throws AppError VALIDATION_ERROR */
  analytics(query: Readonly<Record<string, unknown>>): Promise<unknown>;
  /** Calls back with arrays of new events; the result stops it. */
  onEvents(listener: (events: readonly unknown[]) => void): () => void;
}

export interface MetricsNamespaceDeps {
  readonly monotonic: () => number;
  /** All in which the room `metrics` is heard. */
  readonly namespaces: readonly IoNamespace[];
  readonly metrics: MetricsSource;
  readonly onError: (error: unknown) => void;
}

/** Document 2 over Socket.IO, for all who are in the room `metrics`. */
export interface MetricsNamespace {
  /** Sends `dashboard_data` if it changed, or was not sent for a while. A timer calls it. */
  refresh(): Promise<void>;
  close(): void;
}

export const METRICS_ROOM: RoomName = "metrics";
/** Sent this often although nothing changed, for pages that want a sign of life (T-E13). */
const QUIET_MS = 30_000;

export function createMetricsNamespace(deps: MetricsNamespaceDeps): MetricsNamespace {
  const { namespaces, metrics, monotonic } = deps;
  let sent = { text: "", at: 0 };

  for (const namespace of namespaces) {
    namespace.adapter.on("join-room", (room, socketId) => {
      const socket = namespace.sockets.get(socketId);
      // One that is recovered gets what it missed instead.
      if (room === METRICS_ROOM && socket !== undefined) greet(socket).catch(deps.onError);
    });
  }
  const stop = metrics.onEvents((events) => {
    for (const namespace of namespaces) namespace.local.to(METRICS_ROOM).emit("events", events);
  });

  async function greet(socket: IoSocket): Promise<void> {
    socket.emit("dashboard_data", await metrics.dashboard());
  }

  return {
    async refresh() {
      if (!namespaces.some(({ adapter }) => adapter.rooms.has(METRICS_ROOM))) return;
      const dashboard = await metrics.dashboard();
      const text = figuresText(dashboard);
      if (text === sent.text && monotonic() - sent.at < QUIET_MS) return;
      sent = { text, at: monotonic() };
      for (const namespace of namespaces) {
        namespace.local.to(METRICS_ROOM).emit("dashboard_data", dashboard);
      }
    },
    close: stop,
  };
}

/** `analytics:get`, for staff (T-E12). */
export function analyticsHandlers(metrics: MetricsSource): EventHandlers {
  return {
    async "analytics:get"(socket, payload = {}) {
      requireStaff(socket);
      if (!isJsonObject(payload)) {
        throw new AppError("VALIDATION_ERROR", "Query is not an object", {
          details: { field: "query", expected: "object" },
        });
      }
      return await metrics.analytics(payload);
    },
  };
}

/** What is another value at each look, though nothing happened. */
const MOVING: ReadonlySet<string> = new Set(["generatedAt", "timeAgo", "window", "windows"]);

function figuresText(dashboard: unknown): string {
  return JSON.stringify(dashboard, (key, value) => MOVING.has(key) ? undefined : value);
}
