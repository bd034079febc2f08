/** What Socket.IO is made of, whatever it carries: addresses, rooms, answers, greetings. */

import type { ErrorMessage } from "./frames.ts";

/** Where Engine.IO answers, each with or without a slash at the end. */
export const SOCKET_IO_PATHS = { usual: "/socket.io", metrics: "/ws/metrics" } as const;

/** Of the metrics; `/` is for everything else, and has the metrics too. */
export const METRICS_NAMESPACES = ["/ws/metrics", "/ws/metrics/"] as const;

/**
 * Rooms that staff, and of the metrics programs too, are in from the start, may leave and join;
 * `people` is for administrators alone.
 */
export const ROOMS = ["admin_monitor", "metrics", "people"] as const;
export type RoomName = (typeof ROOMS)[number];
export const METRICS_ROOM: RoomName = "metrics";
export const PEOPLE_ROOM: RoomName = "people";

/** What Socket.IO refuses: `data` of `connect_error`, `error` of an answer, and the `error` event. */
export interface SocketIoError {
  /** Of the same list as over HTTP. */
  readonly code: string;
  readonly message: string;
  readonly timestamp: string;
  readonly details?: ErrorMessage["details"];
}

/** What an acknowledgement callback is given. */
export type Answer<T> =
  | { readonly success: true; readonly data: T }
  | { readonly success: false; readonly error: SocketIoError };

/** After each connection to a namespace (V-05). */
export interface Welcome {
  readonly message: string;
  /** Null without a token: such a socket hears what is for everybody, and is in no room. */
  readonly userId: string | null;
  readonly socketId: string;
  readonly timestamp: string;
  /** The server's `NODE_ENV`. */
  readonly server: string;
}

/** An event of a mission, to the room `admin_monitor` (M-29). */
export interface MissionEvent {
  readonly attemptId: string;
  readonly eventType: string;
  /** When it happened by the kiosk's clock. */
  readonly timestamp: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** To everybody when maintenance begins or ends, and on connecting while it lasts (V-13). */
export interface Maintenance {
  readonly enabled: boolean;
  readonly message: string;
  /** Until when it is expected to last; null for not known. */
  readonly until: string | null;
  readonly timestamp: string;
  readonly server: string;
}

/** To everybody before the server goes (V-13); clients come back by themselves. */
export interface ServerShutdown {
  readonly reason: string;
  readonly reconnectInMs: number;
  readonly timestamp: string;
  readonly server: string;
}

/** What `analytics:get` asks for. */
export interface AnalyticsRequest {
  /** A date or an instant; seven days ago without it. */
  readonly startDate?: string;
  /** Now without it. */
  readonly endDate?: string;
  /** Of the volume. */
  readonly interval?: "hour" | "day";
}
