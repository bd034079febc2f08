import { userRoom } from "./rooms.ts";
import type { IoNamespace } from "./types.ts";

/** Who is connected to this process over Socket.IO (V-16, V-17). */
export interface Directory {
  /** Sockets by the name of their namespace. */
  byNamespace(): Readonly<Record<string, number>>;
  /** Persons with a socket. */
  users(): number;
  /** Sockets of one person. */
  socketsOf(userId: string): number;
}

/** @param namespaces the first has the rooms of persons */
export function createDirectory(namespaces: readonly IoNamespace[]): Directory {
  const { rooms } = namespaces[0].adapter;
  return {
    byNamespace: () =>
      Object.fromEntries(namespaces.map(({ name, sockets }) => [name, sockets.size])),
    users: () => [...rooms.keys()].filter((room) => room.startsWith(userRoom(""))).length,
    socketsOf: (userId) => rooms.get(userRoom(userId))?.size ?? 0,
  };
}
