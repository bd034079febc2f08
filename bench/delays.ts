import { startVisitor } from "./visitor.ts";

const VISITORS = 10;
const TICK_MS = 10;
/** For what is still on its way when the last event is acknowledged. */
const LATE_MS = 1_000;

/** Told of an event that came, as `attemptId timestamp`. */
export type Note = (event: string) => void;

export interface DelayLoad {
  /** Events. */
  readonly perSec: number;
  readonly seconds: number;
  readonly watchers: number;
  /** Opens a watcher; gives what closes it. */
  readonly watch: (note: Note) => Promise<() => unknown>;
}

/**
 * Plays at a steady rate; gives the milliseconds from when the kiosk has an event's acknowledgement
 * to when a watcher has the event, of each event and watcher, sorted. Infinity for what never came.
 */
export async function delaysOf(
  url: string,
  { perSec, seconds, watchers, watch }: DelayLoad,
): Promise<number[]> {
  const ackedAt = new Map<string, number>();
  const seenAt = Array.from({ length: watchers }, () => new Map<string, number>());
  const noteIn = (times: Map<string, number>) => (event: string) =>
    void times.set(event, performance.now());
  const closers = await Promise.all(seenAt.map((times) => watch(noteIn(times))));
  const visitors = await Promise.all(
    Array.from({ length: VISITORS }, () => startVisitor(url, noteIn(ackedAt))),
  );
  const from = performance.now();
  for (let sent = 0; sent < perSec * seconds;) {
    const due = Math.floor((performance.now() - from) / 1000 * perSec);
    for (; sent < due; sent++) visitors[sent % VISITORS].send();
    await pause(TICK_MS);
  }
  for (const visitor of visitors) await visitor.leave();
  await pause(LATE_MS);
  for (const close of closers) await close();
  return seenAt.flatMap((times) =>
    [...ackedAt].map(([event, at]) => (times.get(event) ?? Infinity) - at)
  ).sort((a, b) => a - b);
}

export const DELAY_COLUMNS = ["p50 ms", "p95 ms", "p99 ms", "max ms"] as const;

/** Of sorted delays, under the columns above. */
export function shownDelays(delays: readonly number[]): string[] {
  return [0.5, 0.95, 0.99, 1].map((share) =>
    delays[Math.floor((delays.length - 1) * share)].toFixed(0)
  );
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
