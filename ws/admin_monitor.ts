import type { EventStream } from "../lib/missions/mod.ts";
import { pause } from "../lib/timers.ts";
import type { IoNamespace } from "./io/types.ts";
import type { RoomName } from "./protocol.ts";

export interface AdminMonitorDeps {
  readonly namespace: IoNamespace;
  readonly events: EventStream;
  /** Other processes may have watchers when this one has none. */
  readonly isShared: boolean;
  /** Told of a read that failed; it is tried again. */
  readonly onError: (error: unknown) => void;
}

/** Follows the log for the room `admin_monitor`. */
export interface AdminMonitor {
  close(): Promise<void>;
}

const ROOM: RoomName = "admin_monitor";
/** What gathered in this time leaves together: one write for each watcher, not one for each event. */
const GATHER_MS = 40;
const MAX_FACTS = 500;
const RETRY_MS = 1_000;

/**
 * Sends every event of every mission to the watchers, in the order of the log (M-29). Nothing queues
 * here: what is not sent yet stands in the log, and whoever does not read is cut off by the engine.
 */
export function createAdminMonitor(deps: AdminMonitorDeps): AdminMonitor {
  const { namespace, events, onError } = deps;
  const { adapter } = namespace;
  let stop: AbortController | null = null;
  /** Of the follower, and of those before that are still at a read. */
  let ended: Promise<unknown> = Promise.resolve();

  async function follow(signal: AbortSignal): Promise<void> {
    let position = events.position();
    while (!signal.aborted) {
      try {
        await events.wait(position, signal);
        if (!signal.aborted) position = await sendAfter(position);
        await pause(GATHER_MS, signal);
      } catch (error) {
        onError(error);
        await pause(RETRY_MS, signal);
      }
    }
  }

  async function sendAfter(position: number): Promise<number> {
    const batch = await events.after(position, MAX_FACTS);
    for (const event of batch.events) namespace.to(ROOM).emit("mission_event", event);
    return batch.position;
  }

  function start(): void {
    stop ??= new AbortController();
    ended = Promise.all([ended, follow(stop.signal)]);
  }

  async function close(): Promise<void> {
    stop?.abort();
    stop = null;
    await ended;
  }

  if (deps.isShared) start();
  else {
    adapter.on("create-room", (room) => {
      if (room === ROOM) start();
    });
    adapter.on("delete-room", (room) => {
      if (room === ROOM) void close();
    });
  }
  return { close };
}
