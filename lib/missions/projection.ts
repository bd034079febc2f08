import { encodeJson } from "../kv/json_value.ts";
import type { Write } from "../kv/port.ts";
import type { Fact, LogRecord, ProjectionSpec } from "../log/mod.ts";
import { beginRow, reduceRow, refoldRow } from "./attempt_row.ts";
import { type AttemptCounts, countChange, indexWrites, startedWrites } from "./attempt_index.ts";
import { type AttemptStore, countsWrite, rowWrite } from "./attempt_store.ts";
import { hourMarkWrite } from "./analytics/hour_store.ts";
import { isRemoval, keptRecords } from "./events_removed.ts";
import { historyWrites } from "./history_store.ts";
import { createKnownEvents } from "./known_events.ts";
import { missionKeys } from "./keys.ts";
import { type RebuildDeps, rebuildRows } from "./rebuild.ts";
import { type AttemptRow, isMissionRecord, type MissionFact, type StartedFact } from "./schema.ts";
import { START_KEPT_MS } from "./start.ts";

export interface ProjectionDeps extends RebuildDeps {
  readonly attempts: AttemptStore;
  readonly watchers: readonly RowWatcher[];
}

/** What keeps rows in memory hears here of what was stored. */
export interface RowWatcher {
  /** These rows changed; with them, all of the log up to `position` is stored. */
  stored(rows: readonly AttemptRow[], position: number): void;
  /** Changes may have been stored of which nothing was heard. */
  forget(): void;
}

/** Under this name the log keeps how far the rows have come. */
export const ATTEMPTS_PROJECTION = "attempts";
/**
 * Of what it makes: a store with another one is made anew at the next start. Raise it too when what
 * an hour keeps of its attempts changes: a rebuild marks every hour.
 */
export const ATTEMPTS_VERSION = 8;

/** Rows of running attempts kept in memory between steps. */
const MAX_CACHED_ROWS = 2_000;
/** A record of ours. */
interface Read extends LogRecord {
  readonly fact: MissionFact;
}

/** What one step does to one attempt. */
interface Change {
  readonly before: AttemptRow | null;
  row: AttemptRow;
  refold: boolean;
  readonly records: Read[];
}

/**
 * Follows the log and keeps the attempts: histories, rows, indexes, counts, start keys, and the
 * marks of hours whose numbers have to be made anew.
 */
export function attemptsProjection(deps: ProjectionDeps): ProjectionSpec {
  const { attempts, history, missions } = deps;
  const cache = new Map<string, AttemptRow>();
  const knownEvents = createKnownEvents(history);
  let counts: AttemptCounts | null = null;
  let settled = true;

  async function load(attemptIds: ReadonlySet<string>): Promise<Map<string, AttemptRow>> {
    const rows = new Map<string, AttemptRow>();
    const missing: string[] = [];
    for (const id of attemptIds) {
      const row = cache.get(id);
      if (row === undefined) missing.push(id);
      else rows.set(id, row);
    }
    for (const row of await attempts.findMany(missing)) {
      if (row !== null) rows.set(row.attemptId, row);
    }
    return rows;
  }

  async function changesOf(records: readonly Read[]): Promise<Change[]> {
    const rows = await load(new Set(records.map(({ fact }) => fact.attemptId)));
    const changes = new Map<string, Change>();
    for (const record of records) {
      const { attemptId } = record.fact;
      const change = changes.get(attemptId) ?? openChange(rows.get(attemptId), record);
      if (change === null) continue;
      changes.set(attemptId, change);
      apply(change, record);
    }
    for (const change of changes.values()) {
      // Events came out of order: the journey is folded again from all of them.
      if (!change.refold) continue;
      const events = await knownEvents.with(change.row.attemptId, change.records);
      change.row = refoldRow(change.row, events, missions);
    }
    return [...changes.values()].filter((change) => change.records.length > 0);
  }

  function apply(change: Change, record: Read): void {
    // Stored by a step that did not come to its end.
    if (change.before !== null && record.position <= change.before.position) return;
    const definition = missions.version(change.row.missionType, change.row.missionVersion);
    const { row, refold } = reduceRow(change.row, record, definition);
    change.row = row;
    change.refold ||= refold;
    change.records.push(record);
  }

  return {
    name: ATTEMPTS_PROJECTION,
    version: ATTEMPTS_VERSION,

    subjectOf: attemptOf,

    async stage(records) {
      // What the last step left in memory counts only when all of it was stored.
      if (!settled) forget();
      settled = false;
      counts ??= await attempts.counts();
      const changes = await changesOf(records.filter(isMissionRecord));
      const upTo = records[records.length - 1].position;
      const groups: Write[][] = [];
      for (const { before, row, records } of changes) {
        const group = [
          rowWrite(row),
          ...indexWrites(before, row),
          ...startedWrites(before, row),
          hourMarkWrite(row, upTo),
          ...startWrites(records[0].fact),
        ];
        const after = countChange(counts, before, row);
        if (after !== counts) group.push(countsWrite(counts = after));
        groups.push([...group, ...historyWrites(row.attemptId, keptRecords(records, row))]);
      }
      // Behind the rows that stand in their place, also after a crash in between.
      for (const { fact, position } of records.filter(isMissionRecord).filter(isRemoval)) {
        groups.push(...await history.deletesBefore(fact.attemptId, position));
      }
      return {
        groups,
        committed() {
          settled = true;
          for (const { row, records } of changes) {
            remember(cache, row);
            knownEvents.stored(row.attemptId, records);
            if (row.eventsRemovedAt !== null) knownEvents.drop(row.attemptId);
          }
          const stored = changes.map(({ row }) => row);
          for (const watcher of deps.watchers) watcher.stored(stored, upTo);
        },
      };
    },

    async rebuild() {
      forget();
      await rebuildRows(deps);
      // What was read meanwhile is half of what there is now.
      forget();
    },
  };

  function forget(): void {
    cache.clear();
    knownEvents.forget();
    counts = null;
    for (const watcher of deps.watchers) watcher.forget();
  }
}

/** Facts of one attempt are applied in order; also one that is not of its form may name it. */
function attemptOf(fact: Fact): string | null {
  const attemptId: unknown = Reflect.get(fact, "attemptId");
  return typeof attemptId === "string" ? attemptId : null;
}

/** Null for a fact about an attempt whose start is not known; nothing can be made of it. */
function openChange(row: AttemptRow | undefined, record: Read): Change | null {
  if (row !== undefined) return { before: row, row, refold: false, records: [] };
  const begun = beginRow(record);
  return begun === null ? null : { before: null, row: begun, refold: false, records: [] };
}

/** By which a repeated start finds its attempt. */
function startWrites(fact: MissionFact): Write[] {
  if (!isKeyedStart(fact)) return [];
  const { attemptId, startBody, receivedAt } = fact;
  const value = encodeJson({ attemptId, startBody, receivedAt });
  const key = missionKeys.start(fact.startKey);
  return [{ kind: "set", key, value, expireInMs: START_KEPT_MS }];
}

function isKeyedStart(fact: MissionFact): fact is StartedFact & { startKey: string } {
  return fact.type === "missions.attempt_started" && fact.startKey !== undefined;
}

function remember(cache: Map<string, AttemptRow>, row: AttemptRow): void {
  cache.delete(row.attemptId);
  cache.set(row.attemptId, row);
  if (cache.size <= MAX_CACHED_ROWS) return;
  // A map gives its keys in the order of insertion: the first is the longest unused.
  for (const oldest of cache.keys()) {
    cache.delete(oldest);
    return;
  }
}
