import { toIso } from "../../lib/clock.ts";
import { METRICS_ROOM, type RoomName, ROOMS } from "../protocol.ts";
import { isForMetrics } from "./admission.ts";
import { dispatch, type DispatchDeps, type EventHandlers } from "./dispatch.ts";
import type { MaintenanceMode } from "./maintenance.ts";
import { SIGNED_IN_ROOM, userRoom } from "./rooms.ts";
import type { Strangers } from "./strangers.ts";
import type { IoSocket } from "./types.ts";

export interface WelcomeDeps extends DispatchDeps {
  /** As payloads name the server. */
  readonly serverName: string;
  readonly strangers: Strangers;
  readonly maintenance: MaintenanceMode;
  /** By the event's name. */
  readonly handlers: EventHandlers;
}

/** What happens to a socket that was let in: greeting, rooms, and answers from then on. */
export function welcome(socket: IoSocket, deps: WelcomeDeps): void {
  const { identity } = socket.data;
  if (identity !== null) deps.strangers.known(socket.conn);
  dispatch(socket, deps.handlers, deps);
  socket.emit("connected", {
    message: identity === null ? "Connected without a token" : "Connected",
    userId: identity?.userId ?? null,
    socketId: socket.id,
    timestamp: toIso(deps.clock.now()),
    server: deps.serverName,
  });
  deps.maintenance.greet(socket);
  enterRooms(socket);
}

function enterRooms(socket: IoSocket): void {
  const { identity } = socket.data;
  // What it left before it was cut off, it does not want now; what it may no longer hear, it leaves.
  const rooms = roomsOf(socket);
  if (!socket.recovered) void socket.join(rooms);
  for (const room of ROOMS) if (!rooms.includes(room)) void socket.leave(room);
  // Programs are no persons: nothing is for them alone.
  if (identity?.proof.kind !== "session" || socket.nsp.name !== "/") return;
  void socket.join([userRoom(identity.userId), SIGNED_IN_ROOM]);
}

function roomsOf(socket: IoSocket): RoomName[] {
  const rooms = socket.data.identity?.rooms ?? [];
  return isForMetrics(socket) ? rooms.filter((room) => room === METRICS_ROOM) : [...rooms];
}
