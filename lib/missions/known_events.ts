import type { LogRecord } from "../log/mod.ts";
import type { HistoryStore } from "./history_store.ts";
import type { EventFact, MissionFact, MissionRecord } from "./schema.ts";

type EventRecord = MissionRecord<EventFact>;
type NewRecord = LogRecord & MissionRecord<MissionFact>;

/**
 * The events of attempts whose journeys were folded again. Who sends out of order once does so
 * again: each late event must not cost the reading of the whole history.
 */
export interface KnownEvents {
  /** All events of an attempt, with those that are about to be stored. */
  with(attemptId: string, records: readonly NewRecord[]): Promise<readonly EventRecord[]>;
  /** Takes in what was stored of an attempt, should it be known. */
  stored(attemptId: string, records: readonly NewRecord[]): void;
  /** The events of an attempt were removed. */
  drop(attemptId: string): void;
  /** Something may have been stored of which nothing was heard. */
  forget(): void;
}

/**
 * Of all attempts together, as stored; the one that was folded last is kept whatever it takes. An
 * attempt has thousands of times less, and at most as much as `MAX_CHARS_PER_ATTEMPT`.
 */
const MAX_BYTES = 32 * 1024 * 1024;

interface Known {
  readonly events: EventRecord[];
  readonly bytes: number;
}

export function createKnownEvents(
  history: Pick<HistoryStore, "parts">,
  maxBytes = MAX_BYTES,
): KnownEvents {
  /** In the order of the last use. */
  const attempts = new Map<string, Known>();
  let bytes = 0;

  async function read(attemptId: string): Promise<Known> {
    const events: EventRecord[] = [];
    let bytes = 0;
    for await (const part of history.parts(attemptId)) {
      for (const record of part.records) if (isEvent(record)) events.push(record);
      bytes += part.bytes;
    }
    return { events, bytes };
  }

  function drop(attemptId: string): void {
    bytes -= attempts.get(attemptId)?.bytes ?? 0;
    attempts.delete(attemptId);
  }

  /** Puts an attempt behind the others, and lets go of those in front. */
  function keep(attemptId: string, known: Known): void {
    drop(attemptId);
    attempts.set(attemptId, known);
    bytes += known.bytes;
    for (const oldest of attempts.keys()) {
      if (bytes <= maxBytes || attempts.size === 1) return;
      drop(oldest);
    }
  }

  return {
    async with(attemptId, records) {
      const known = attempts.get(attemptId) ?? await read(attemptId);
      keep(attemptId, known);
      return [...known.events, ...records.filter(isEvent)];
    },
    stored(attemptId, records) {
      const known = attempts.get(attemptId);
      if (known === undefined) return;
      const grown = records.reduce((sum, record) => sum + record.encoded.length, 0);
      // Without the bytes, which share memory with those of other attempts.
      for (const { position, fact } of records.filter(isEvent)) {
        known.events.push({ position, fact });
      }
      keep(attemptId, { ...known, bytes: known.bytes + grown });
    },
    drop,
    forget() {
      attempts.clear();
      bytes = 0;
    },
  };
}

function isEvent<R extends MissionRecord>(record: R): record is R & EventRecord {
  return record.fact.type === "missions.event_recorded";
}
