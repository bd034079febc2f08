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

/** Drops what happened too long ago; gives how many events. */
export function dropAged(drop: Drop, now: number): number {
  let count = 0;
  for (const entry of drop.entries.values()) {
    for (const event of [...entry.events.values()]) {
      if (event.at >= now - drop.limits.maxAgeMs) break;
      if (KEPT.has(event.eventType)) continue;
      replaceByNote(drop, entry, { event, reason: "age" });
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
    if (oldest !== null) {
      replaceByNote(drop, oldest.entry, { event: oldest.event, reason: "size" });
      count++;
      continue;
    }
    // Nothing but ends and notes is left: attempts go whole, the oldest first.
    const [attemptId] = drop.entries.keys();
    count += drop.forget(attemptId);
  }
  return count;
}

function findOldest({ entries }: Drop): { entry: Entry; event: KioskEvent } | null {
  for (const entry of entries.values()) {
    for (const event of entry.events.values()) {
      if (!KEPT.has(event.eventType)) return { entry, event };
    }
  }
  return null;
}

/** One note an attempt, in the place of the newest event that it lost. */
function replaceByNote(
  drop: Drop,
  entry: Entry,
  { event, reason }: { event: KioskEvent; reason: "age" | "size" },
): void {
  const note = entry.events.values().find((it) => it.eventType === NOTE);
  const count = 1 + (note === undefined ? 0 : Number(note.data.count));
  if (note !== undefined) drop.removeEvent(entry, note);
  const data = { count, reason };
  drop.put(entry, { ...event, data, eventType: NOTE, clientEventId: drop.uuid(), bytes: 300 });
}
