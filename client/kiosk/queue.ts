import type { EventData, QueueLimits } from "./mod.ts";
import { type Drop, dropAged, dropForSize } from "./dropping.ts";
import type { Change, KioskAttempt, KioskEvent, StoredAttempt } from "./shapes.ts";

/** An attempt and its events that are not acknowledged, in their order. */
export interface Entry {
  attempt: KioskAttempt;
  readonly events: Map<number, KioskEvent>;
}

export interface NewEvent {
  readonly eventType: string;
  readonly at: number;
  readonly data: EventData;
}

export interface QueueDeps {
  readonly limits: QueueLimits;
  readonly uuid: () => string;
}

export type Queue = ReturnType<typeof createQueue>;

/** Everything that is not acknowledged. Pure: what has to be stored is told as a change. */
export function createQueue({ limits, uuid }: QueueDeps) {
  const entries = new Map<string, Entry>();
  const size = { events: 0, bytes: 0 };
  const unsaved = new Set<KioskEvent>();
  let changed = noChange();

  function put(entry: Entry, event: KioskEvent): void {
    const before = entry.events.get(event.seq);
    if (before !== undefined) take(before);
    else size.events++;
    size.bytes += event.bytes;
    entry.events.set(event.seq, event);
    changed.events.add(event);
    unsaved.add(event);
  }

  /** Its place in the order stays. */
  function take(event: KioskEvent): void {
    size.bytes -= event.bytes;
    unsaved.delete(event);
    if (!changed.events.delete(event)) changed.removedEvents.add(event);
  }

  function removeEvent(entry: Entry, event: KioskEvent): void {
    take(event);
    size.events--;
    entry.events.delete(event.seq);
  }

  function setAttempt(entry: Entry, attempt: KioskAttempt): void {
    entry.attempt = attempt;
    changed.attempts.set(attempt.attemptId, attempt);
  }

  function forget(attemptId: string): number {
    const entry = entries.get(attemptId);
    if (entry === undefined) return 0;
    const count = entry.events.size;
    for (const event of [...entry.events.values()]) removeEvent(entry, event);
    entries.delete(attemptId);
    changed.attempts.delete(attemptId);
    changed.removedAttempts.add(attemptId);
    return count;
  }

  const drop: Drop = { entries, size, limits, uuid, put, removeEvent, forget };

  return {
    entries: entries as ReadonlyMap<string, Entry>,
    size: size as Readonly<typeof size>,
    add(attempt: KioskAttempt): void {
      const entry = { attempt, events: new Map() };
      entries.set(attempt.attemptId, entry);
      setAttempt(entry, attempt);
    },
    /** What the store had. */
    adopt({ attempt, events }: StoredAttempt): void {
      entries.set(attempt.attemptId, {
        attempt,
        events: new Map(events.map((event) => [event.seq, event])),
      });
      size.events += events.length;
      for (const { bytes } of events) size.bytes += bytes;
    },
    /** The next event of an attempt; nothing when the limits have thrown the attempt out. */
    push(attemptId: string, event: NewEvent): void {
      const entry = entries.get(attemptId);
      if (entry === undefined) return;
      const seq = entry.attempt.lastSeq + 1;
      setAttempt(entry, { ...entry.attempt, lastSeq: seq });
      put(entry, { ...measured(event), attemptId, seq, clientEventId: uuid() });
    },
    update(attemptId: string, part: Partial<KioskAttempt>): void {
      const entry = entries.get(attemptId);
      if (entry !== undefined) setAttempt(entry, { ...entry.attempt, ...part });
    },
    /** Acknowledged, or refused for good. */
    remove(attemptId: string, seq: number): boolean {
      const entry = entries.get(attemptId);
      const event = entry?.events.get(seq);
      if (entry === undefined || event === undefined) return false;
      removeEvent(entry, event);
      return true;
    },
    /** Without what it still had. */
    forget,
    /** Brings the queue within its limits; gives how many events are lost by that. */
    enforce: (now: number): number => dropAged(drop, now) + dropForSize(drop),
    /** What has to be stored since the last call; null when nothing has. */
    takeChange(): Change | null {
      if (Object.values(changed).every(({ size }) => size === 0)) return null;
      const { attempts, events, removedEvents, removedAttempts } = changed;
      changed = noChange();
      return {
        attempts: [...attempts.values()],
        events: [...events],
        removedEvents: [...removedEvents],
        removedAttempts: [...removedAttempts],
      };
    },
    /** The change is stored: its events may be sent. */
    saved({ events }: Change): void {
      for (const event of events) unsaved.delete(event);
    },
    isSaved: (event: KioskEvent): boolean => !unsaved.has(event),
  };
}

function noChange() {
  return {
    attempts: new Map<string, KioskAttempt>(),
    events: new Set<KioskEvent>(),
    removedEvents: new Set<KioskEvent>(),
    removedAttempts: new Set<string>(),
  };
}

/** Above it no frame of the socket would carry the event. */
const MAX_EVENT_BYTES = 40 * 1024;
/** Times and ids around its name and data. */
const FRAME_BYTES = 220;

/** What cannot be sent is told in the place of the data: an event is never just gone. */
function measured(event: NewEvent): NewEvent & { readonly bytes: number } {
  try {
    const json = JSON.stringify(event);
    const bytes = new TextEncoder().encode(json).length;
    // As it is now: the application may go on changing it.
    if (bytes <= MAX_EVENT_BYTES) return { ...JSON.parse(json), bytes: bytes + FRAME_BYTES };
    return measured({ ...event, data: { dataDropped: "too large", bytes } });
  } catch {
    return measured({ ...event, data: { dataDropped: "not JSON" } });
  }
}
