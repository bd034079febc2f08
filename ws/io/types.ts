import type { DefaultEventsMap, Namespace, Server, Socket } from "socket.io";
import type { ClientEvents, Maintenance, RoomName, ServerEvents } from "../protocol.ts";

/** Who is on a socket. */
export interface SocketIdentity {
  /** Of a program, the id of its key. */
  readonly userId: string;
  /** What it was let in with, to see later whether that is still good. */
  readonly proof: { readonly kind: "session" | "api_key"; readonly id: string };
  /** The rooms that it may be in, beside its own. */
  readonly rooms: readonly RoomName[];
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
