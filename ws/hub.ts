import type { MissionSocket } from "./mission_socket.ts";
import { CLOSE } from "./protocol.ts";

/** Who is connected to `/ws`: at most one connection per attempt. */
export interface Hub {
  /** Takes a connection in; an older one of the same attempt is superseded (T-M07). */
  join(socket: MissionSocket): void;
  /** Lets one go; a newer connection of the attempt stays. */
  leave(socket: MissionSocket): void;
  count(): number;
  /** Closes the connection of an attempt that expired. */
  closeEnded(attemptId: string): void;
  /** One heartbeat for everybody. A timer calls it. */
  beat(): Promise<void>;
  /** Tells everybody that the server goes, and waits until they have left. */
  shutDown(): Promise<void>;
}

/** Others have their turn in between: thousands of pings at once would hold them up. */
const BEATS_PER_TURN = 100;
const RECONNECT_AFTER_SHUTDOWN_MS = 2_000;
/** Who has not left by then is cut off, so that the process ends within five seconds. */
const SHUTDOWN_GRACE_MS = 1_500;

export function createHub(): Hub {
  /** A superseded one lives until it has closed. */
  const sockets = new Set<MissionSocket>();
  const byAttempt = new Map<string, MissionSocket>();
  let emptied: (() => void) | null = null;
  let closing = false;

  return {
    join(socket) {
      const { attemptId } = socket.connection;
      byAttempt.get(attemptId)?.close(CLOSE.superseded);
      sockets.add(socket);
      byAttempt.set(attemptId, socket);
      // It was being let in when the server began to stop.
      if (closing) socket.shutDown(RECONNECT_AFTER_SHUTDOWN_MS);
    },
    leave(socket) {
      const { attemptId } = socket.connection;
      sockets.delete(socket);
      if (byAttempt.get(attemptId) === socket) byAttempt.delete(attemptId);
      if (sockets.size === 0) emptied?.();
    },
    count: () => byAttempt.size,
    closeEnded: (attemptId) => byAttempt.get(attemptId)?.close(CLOSE.ended),
    async beat() {
      let turn: Promise<void>[] = [];
      for (const socket of sockets) {
        turn.push(socket.beat());
        if (turn.length < BEATS_PER_TURN) continue;
        await Promise.all(turn);
        await new Promise((resolve) => setImmediate(resolve));
        turn = [];
      }
      await Promise.all(turn);
    },
    async shutDown() {
      closing = true;
      if (sockets.size === 0) return;
      const empty = new Promise<void>((resolve) => emptied = resolve);
      for (const socket of sockets) socket.shutDown(RECONNECT_AFTER_SHUTDOWN_MS);
      const timer = setTimeout(() => {
        for (const { connection } of sockets) connection.terminate();
      }, SHUTDOWN_GRACE_MS);
      await empty;
      clearTimeout(timer);
    },
  };
}
