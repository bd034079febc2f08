import { z } from "zod";
import { AppError } from "../../lib/errors.ts";
import { validate } from "../../lib/validation.ts";
import { PEOPLE_ROOM, type RoomName, ROOMS } from "../protocol.ts";
import type { EventHandlers } from "./dispatch.ts";
import type { IoSocket, SocketIdentity } from "./types.ts";

/** Of all sockets of one person (V-03). */
export const userRoom = (userId: string): string => `user:${userId}`;

/** Of all who have shown who they are. */
export const SIGNED_IN_ROOM = "signed_in";

/** `join` and `leave` (M-29, T-M16). What a handshake says of itself, as `isAdmin`, is no proof. */
export const roomHandlers = {
  async join(socket, payload) {
    const room = roomOf(socket, payload);
    await socket.join(room);
    return { room };
  },
  async leave(socket, payload) {
    const room = roomOf(socket, payload);
    await socket.leave(room);
    return { room };
  },
} satisfies EventHandlers;

const ROOM = { code: "VALIDATION_ERROR", what: "Room is not valid" } as const;
const roomSchema = z.object({ room: z.enum(ROOMS) });

function roomOf(socket: IoSocket, payload: unknown) {
  const { room } = validate(roomSchema, { room: payload }, ROOM);
  requireRoom(socket.data.identity, room);
  return room;
}

/** @throws AppError AUTH_FAILED, FORBIDDEN */
export function requireRoom(identity: SocketIdentity | null, room: RoomName): void {
  if (identity === null) throw notSignedIn();
  if (!identity.rooms.includes(room)) {
    throw new AppError("FORBIDDEN", "Token does not allow this");
  }
}

/**
 * The person whom something is asked or done for: the one of the token, or whom an administrator
 * names (T-L02). Programs are nobody.
 * @throws AppError AUTH_FAILED, FORBIDDEN
 */
export function requirePerson(identity: SocketIdentity | null, named: string | undefined): string {
  if (identity === null) throw notSignedIn();
  const { userId, rooms, proof } = identity;
  if (proof.kind !== "session") throw new AppError("FORBIDDEN", "Token does not allow this");
  if (named === undefined || named === userId) return userId;
  if (rooms.includes(PEOPLE_ROOM)) return named;
  throw new AppError("FORBIDDEN", "This belongs to another person");
}

function notSignedIn(): AppError {
  return new AppError("AUTH_FAILED", "Sign in to do this");
}
