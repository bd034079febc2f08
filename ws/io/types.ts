import type { DefaultEventsMap, Namespace, Server, Socket } from "socket.io";
import type { ClientEvents, Maintenance, ServerEvents } from "../protocol.ts";

/** Who is signed in on a socket. */
export interface SocketIdentity {
  readonly userId: string;
  readonly sessionId: string;
  /** May watch what is recorded. */
  readonly isStaff: boolean;
}

/** What is known of a socket, kept over a reconnect that recovers it. */
export interface SocketData {
  /** Null without a token. */
  identity: SocketIdentity | null;
}

/** Between processes. */
interface ProcessEvents extends DefaultEventsMap {
  maintenance(maintenance: Maintenance): void;
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
