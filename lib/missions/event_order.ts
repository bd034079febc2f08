import type { EventFact, MissionRecord } from "./schema.ts";

/** An event's place among those of its attempt: by time, then by number, then by arrival. */
export interface EventPlace {
  readonly at: number;
  /** 0 for an event without a number. */
  readonly seq: number;
  readonly position: number;
}

export function placeOf({ fact: { at, seq = 0 }, position }: MissionRecord<EventFact>): EventPlace {
  return { at, seq, position };
}

export function comparePlaces(a: EventPlace, b: EventPlace): number {
  return a.at - b.at || a.seq - b.seq || a.position - b.position;
}

/** Events in the order in which they happened, whatever the order in which they came. */
export function inOrder(records: readonly MissionRecord<EventFact>[]): MissionRecord<EventFact>[] {
  return records.toSorted((a, b) => comparePlaces(placeOf(a), placeOf(b)));
}
