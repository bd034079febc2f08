import type { DefaultEventsMap, Namespace, Server, Socket } from "socket.io";
import type { ClientEvents, Maintenance, ServerEvents } from "../protocol.ts";

/** What is known of a socket, kept over a reconnect that recovers it. */
export interface SocketData {
  /** Null without a token. */
  userId: string | null;
  isStaff: boolean;
}

/** Between processes. */
interface ProcessEvents extends DefaultEventsMap {
  maintenance(maintenance: Maintenance | null): void;
}

export type IoServer = Server<ClientEvents, ServerEvents, ProcessEvents, SocketData>;
export type IoNamespace = Namespace<ClientEvents, ServerEvents, ProcessEvents, SocketData>;
export type IoSocket = Socket<ClientEvents, ServerEvents, ProcessEvents, SocketData>;

/** An event to clients, with what it carries. */
export type ServerEvent = {
  [Name in keyof ServerEvents]: {
    readonly event: Name;
    readonly payload: Parameters<ServerEvents[Name]>[0];
  };
}[keyof ServerEvents];
