import type { Clock } from "./clock.ts";

/** More than this between two looks is no drift: a time server, or somebody, has set the clock. */
const MAX_DRIFT_MS = 10_000;

/**
 * Watches whether the wall clock is set. The result looks, and gives for how many milliseconds it
 * has run on undisturbed, as far as earlier looks can tell; Infinity when it never was set.
 */
export function watchClock(clock: Clock): () => number {
  let wall = clock.now();
  let monotonic = clock.monotonic();
  let setAt = -Infinity;
  return () => {
    const now = { wall: clock.now(), monotonic: clock.monotonic() };
    const driftMs = now.wall - wall - (now.monotonic - monotonic);
    if (Math.abs(driftMs) > MAX_DRIFT_MS) setAt = now.monotonic;
    ({ wall, monotonic } = now);
    return now.monotonic - setAt;
  };
}
