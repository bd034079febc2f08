import type { Clock } from "./clock.ts";

/** Awaited between the pieces of long work; resolves at once, or after a turn of the event loop. */
export type Turn = () => Promise<void>;

/** What one request may hold up the others by: an acknowledgement waits no longer for it. */
const MAX_RUN_MS = 8;

/**
 * Lets the event loop turn when work has had it for eight milliseconds since the last turn. Of
 * several that work at once each has a turn of its own, one after the other.
 */
export function createTurns(clock: Clock): Turn {
  let since = clock.monotonic();
  let last: Promise<void> = Promise.resolve();
  return async function turn() {
    if (clock.monotonic() - since < MAX_RUN_MS) return;
    last = last.then(() => new Promise((resolve) => setImmediate(resolve)));
    await last;
    since = clock.monotonic();
  };
}
