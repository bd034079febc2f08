import type { AppError } from "../errors.ts";
import { MAX_MUTATIONS } from "../kv/limits.ts";
import { type Key, type Kv, stage, type Write } from "../kv/port.ts";
import { packGroups } from "../log/mod.ts";
import { beginRow, reduceRow, refoldRow } from "./attempt_row.ts";
import { hourMarkWrite } from "./analytics/hour_store.ts";
import {
  type AttemptCounts,
  countChange,
  INDEX_PREFIXES,
  indexWrites,
  startedWrites,
} from "./attempt_index.ts";
import { countsWrite, rowWrite } from "./attempt_store.ts";
import type { Missions } from "./definitions.ts";
import { remainsOf } from "./events_removed.ts";
import type { HistoryStore } from "./history_store.ts";
import { missionKeys } from "./keys.ts";
import type { AttemptRow, MissionRecord } from "./schema.ts";

/** Their writes are committed together: a commit for each takes as long as all else. */
const ROWS_AT_ONCE = 500;

export interface RebuildDeps {
  readonly kv: Kv;
  readonly history: HistoryStore;
  readonly missions: Missions;
  /** Told before it begins: it takes some forty seconds for a hundred thousand attempts. */
  readonly onRebuild: () => void;
  /** Told of each history that cannot be read. */
  readonly onUnreadable: (error: AppError) => void;
}

/**
 * Makes all rows, indexes and counts anew from the histories. An attempt whose history cannot be
 * read has no row then, and stops nothing: its history stays as it is.
 */
export async function rebuildRows(deps: RebuildDeps): Promise<void> {
  const { kv, history, missions, onRebuild, onUnreadable } = deps;
  onRebuild();
  const { attempts, hourMarks, hours } = missionKeys;
  for (const prefix of [attempts, hourMarks, hours, ...INDEX_PREFIXES]) await deleteAll(kv, prefix);
  let counts: AttemptCounts = {};
  let groups: Write[][] = [];
  for await (const { records, fault } of history.all()) {
    if (fault !== null) onUnreadable(fault);
    const row = fault === null ? rebuildRow(records, missions) : null;
    if (row === null) continue;
    counts = countChange(counts, null, row);
    const places = [...indexWrites(null, row), ...startedWrites(null, row)];
    groups.push([rowWrite(row), ...places, hourMarkWrite(row, row.position)]);
    if (groups.length < ROWS_AT_ONCE) continue;
    await commitGroups(kv, groups);
    groups = [];
  }
  await commitGroups(kv, [...groups, [countsWrite(counts)]]);
}

async function commitGroups(kv: Kv, groups: readonly Write[][]): Promise<void> {
  for (const writes of packGroups(groups)) {
    const operation = kv.atomic();
    stage(operation, writes);
    await operation.commit();
  }
}

/** The row that an attempt's facts make; null when its start is not among them. */
export function rebuildRow(
  records: readonly MissionRecord[],
  missions: Missions,
): AttemptRow | null {
  const remains = remainsOf(records);
  let { row } = remains;
  for (const record of remains.later) {
    row ??= beginRow(record);
    if (row === null) continue;
    row = reduceRow(row, record, missions.version(row.missionType, row.missionVersion)).row;
  }
  // Without its events a journey cannot be folded again.
  return row === null || row.eventsRemovedAt !== null ? row : refoldRow(row, records, missions);
}

async function deleteAll(kv: Kv, prefix: Key): Promise<void> {
  while (true) {
    const operation = kv.atomic();
    let found = 0;
    for await (const { key } of kv.list({ prefix }, { limit: MAX_MUTATIONS })) {
      operation.delete(key);
      found++;
    }
    if (found === 0) return;
    await operation.commit();
  }
}
