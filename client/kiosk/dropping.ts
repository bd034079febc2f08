import type { QueueLimits } from "./mod.ts";
import type { Entry } from "./queue.ts";
import type { KioskEvent } from "./shapes.ts";

/** What dropping needs of the queue. */
export interface Drop {
  readonly entries: ReadonlyMap<string, Entry>;
  readonly size: { readonly events: number; readonly bytes: number };
  readonly limits: QueueLimits;
  readonly uuid: () => string;
  put(entry: Entry, event: KioskEvent): void;
  removeEvent(entry: Entry, event: KioskEvent): void;
  forget(attemptId: string): number;
}

const NOTE = "events_dropped";
/** Without them an attempt means nothing; they go last. */
const KEPT: ReadonlySet<string> = new Set([
  NOTE,
  "mission_completed",
  "mission_quitted",
  "mission_rating_submitted",
]);

/** In 1998. A clock that said so had lost its time: nobody knows how long ago it was. */
const CREDIBLE_FROM = 9e11;

/** Drops what happened too long ago; gives how many events. */
export function dropAged(drop: Drop, now: number): number {
  let count = 0;
  for (const entry of drop.entries.values()) {
    for (const event of [...entry.events.values()]) {
      if (event.at >= now - drop.limits.maxAgeMs || event.at < CREDIBLE_FROM) break;
      if (KEPT.has(event.eventType)) continue;
      replaceByNote(drop, { entry, event }, "age");
      count++;
    }
  }
  return count;
}

/** Drops the oldest events until the rest is within the limits; gives how many. */
export function dropForSize(drop: Drop): number {
  const { size, limits } = drop;
  let count = 0;
  while (size.events > limits.maxEvents || size.bytes > limits.maxBytes) {
    const oldest = findOldest(drop);
    if (oldest === null) {
      // Nothing but ends and notes is left: attempts go whole, the oldest first.
      const [attemptId] = drop.entries.keys();
      count += drop.forget(attemptId);
    } else {
      replaceByNote(drop, oldest, "size");
      count++;
    }
  }
  return count;
}

interface Place {
  readonly entry: Entry;
  readonly event: KioskEvent;
}

function findOldest({ entries }: Drop): Place | null {
  for (const entry of entries.values()) {
    for (const event of entry.events.values()) {
      if (!KEPT.has(event.eventType)) return { entry, event };
    }
  }
  return null;
}

/** One note an attempt, in the place of the newest event that it lost. */
function replaceByNote(drop: Drop, { entry, event }: Place, reason: "age" | "size"): void {
  const note = entry.events.values().find((it) => it.eventType === NOTE);
  const count = 1 + Number(note?.data.count ?? 0);
  if (note !== undefined) drop.removeEvent(entry, note);
  const data = { count, reason };
  drop.put(entry, { ...event, data, eventType: NOTE, clientEventId: drop.uuid(), bytes: 300 });
}
