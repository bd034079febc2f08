import type { Connection } from "./connection.ts";
import type { MissionSocket } from "./mission_socket.ts";
import { CLOSE } from "./protocol.ts";

/** Who is connected to `/ws`: at most one connection per attempt. */
export interface Hub {
  /** Takes a connection in; an older one of the same attempt is superseded (T-M07). */
  join(member: Member): void;
  /** Lets one go; a newer connection of the attempt stays. */
  leave(member: Member): void;
  count(): number;
  /** Closes the connection of an attempt that expired. */
  closeEnded(attemptId: string): void;
  /** One heartbeat for everybody. A timer calls it. */
  beat(): Promise<void>;
  /** Tells everybody that the server goes, and waits until they have left. */
  shutDown(): Promise<void>;
}

export interface Member {
  readonly connection: Connection;
  readonly socket: MissionSocket;
}

const RECONNECT_AFTER_SHUTDOWN_MS = 2_000;
/** Who has not left by then is cut off, so that the process ends within five seconds. */
const SHUTDOWN_GRACE_MS = 1_500;

export function createHub(): Hub {
  /** Keyed by connection: a superseded one lives until it has closed. */
  const members = new Map<string, Member>();
  const byAttempt = new Map<string, Member>();
  let emptied: (() => void) | null = null;
  let closing = false;

  return {
    join(member) {
      const { connection } = member;
      byAttempt.get(connection.attemptId)?.socket.close(CLOSE.superseded);
      members.set(connection.connectionId, member);
      byAttempt.set(connection.attemptId, member);
      // It was being let in when the server began to stop.
      if (closing) member.socket.shutDown(RECONNECT_AFTER_SHUTDOWN_MS);
    },
    leave(member) {
      const { attemptId, connectionId } = member.connection;
      members.delete(connectionId);
      if (byAttempt.get(attemptId) === member) byAttempt.delete(attemptId);
      if (members.size === 0) emptied?.();
    },
    count: () => byAttempt.size,
    closeEnded: (attemptId) => byAttempt.get(attemptId)?.socket.close(CLOSE.ended),
    async beat() {
      await Promise.all([...members.values()].map(({ socket }) => socket.beat()));
    },
    async shutDown() {
      closing = true;
      if (members.size === 0) return;
      const empty = new Promise<void>((resolve) => emptied = resolve);
      for (const { socket } of members.values()) socket.shutDown(RECONNECT_AFTER_SHUTDOWN_MS);
      const timer = setTimeout(() => {
        for (const { connection } of members.values()) connection.terminate();
      }, SHUTDOWN_GRACE_MS);
      await empty;
      clearTimeout(timer);
    },
  };
}
