import { encodeFact, type LogRecord } from "../log/mod.ts";
import type { AttemptRow, EventsRemovedFact, MissionFact, MissionRecord } from "./schema.ts";

/**
 * After so many days the events of an attempt are removed, and whatever else its history has by
 * then. The row that they made stays in their place, in the fact that says so: what is counted stays
 * as it was, and a row can still be made anew.
 */
export function isRemoval<R extends { readonly fact: MissionFact }>(
  record: R,
): record is R & { readonly fact: EventsRemovedFact } {
  return record.fact.type === "missions.events_removed";
}

/** The row in whose place nothing else is known, and the facts that came after it. */
export interface Remains {
  /** Null where nothing was removed. */
  readonly row: AttemptRow | null;
  readonly later: readonly MissionRecord[];
}

/** An attempt's facts, parted where its events were removed. */
export function remainsOf(records: readonly MissionRecord[]): Remains {
  const { at, row } = records.findLast(isRemoval)?.fact ?? {};
  if (row === undefined || at === undefined) return { row: null, later: records };
  return {
    row: { ...row, eventsRemovedAt: at },
    // What was told in one step with the removal is in the row.
    later: records.filter(({ position }) => position > row.position),
  };
}

/** What a history keeps of the facts of one step: from the last removal on, which gets the row. */
export function keptRecords<R extends LogRecord & MissionRecord>(
  records: readonly R[],
  row: AttemptRow,
): readonly LogRecord[] {
  const index = records.findLastIndex(isRemoval);
  if (index < 0) return records;
  const { position, fact } = records[index];
  const withRow = { ...fact, row };
  return [{ position, fact, encoded: encodeFact(withRow) }, ...records.slice(index + 1)];
}
