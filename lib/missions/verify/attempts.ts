import { AppError } from "../../errors.ts";
import { decodeJson } from "../../kv/json_value.ts";
import type { Kv } from "../../kv/port.ts";
import { type AttemptCounts, countChange, indexKeys, startedKey } from "../attempt_index.ts";
import type { Missions } from "../definitions.ts";
import type { HistoryStore } from "../history_store.ts";
import { missionKeys } from "../keys.ts";
import { rebuildRow } from "../rebuild.ts";
import { type AttemptRow, attemptRowSchema, type MissionRecord } from "../schema.ts";
import { type Difference, differingFields } from "./compare.ts";

export interface VerifyDeps {
  readonly kv: Kv;
  readonly history: HistoryStore;
  readonly missions: Missions;
}

/** What was met on the way. */
export interface Met {
  attempts: number;
  facts: number;
  counts: AttemptCounts;
  /** Index entries that were found for the rows. */
  entries: number;
  /** Rows that cannot be read; what is made of rows cannot be compared then. */
  unreadable: number;
}

/** One attempt as far as it is stored. */
interface Stored {
  readonly attemptId: string;
  /** Null without a row; a fault where it cannot be read. */
  readonly row: AttemptRow | AppError | null;
  readonly hasHistory: boolean;
}

/** Every row against its history and its index entries, attempt by attempt. */
export async function* verifyAttempts(deps: VerifyDeps, met: Met): AsyncGenerator<Difference> {
  for await (const { attemptId, row, hasHistory } of storedAttempts(deps)) {
    met.attempts++;
    const records = hasHistory ? await readHistory(deps, attemptId) : [];
    const tell = (message: string): Difference => ({ attemptId, message });
    if (row instanceof AppError) {
      met.unreadable++;
      yield tell("Row cannot be read");
    }
    if (records instanceof AppError) yield tell(UNREADABLE_HISTORY);
    if (records instanceof AppError || row instanceof AppError) continue;
    met.facts += records.length;
    for (const message of compareRow(row, rebuildRow(records, deps.missions))) yield tell(message);
    if (row === null) continue;
    met.counts = countChange(met.counts, null, row);
    for (const message of await missingEntries(deps.kv, row, met)) yield tell(message);
  }
}

/** Every history by itself: whether it can be read, and makes a row. */
export async function* verifyHistories(deps: VerifyDeps, met: Met): AsyncGenerator<Difference> {
  for await (const attemptId of deps.history.attemptIds()) {
    met.attempts++;
    const records = await readHistory(deps, attemptId);
    const tell = (message: string): Difference => ({ attemptId, message });
    if (records instanceof AppError) yield tell(UNREADABLE_HISTORY);
    if (records instanceof AppError) continue;
    met.facts += records.length;
    if (rebuildRow(records, deps.missions) === null) yield tell(NO_START);
  }
}

const UNREADABLE_HISTORY = "A fact of the history cannot be read";
const NO_START = "History has no start";

function compareRow(row: AttemptRow | null, made: AttemptRow | null): string[] {
  if (row === null) return made === null ? [NO_START] : ["Row is missing"];
  if (made === null) return ["History is missing, or has no start"];
  const fields = differingFields(row, made);
  return fields.length === 0 ? [] : [`Row differs from its history in ${fields.join(", ")}`];
}

async function missingEntries(kv: Kv, row: AttemptRow, met: Met): Promise<string[]> {
  const entries = await kv.getMany([...indexKeys(row), startedKey(row)]);
  const missing = entries.filter(({ versionstamp }) => versionstamp === null);
  met.entries += entries.length - missing.length;
  return missing.map(({ key }) => `Index entry is missing: ${key.join("/")}`);
}

async function readHistory(
  { history }: VerifyDeps,
  attemptId: string,
): Promise<MissionRecord[] | AppError> {
  try {
    return await history.read(attemptId);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

/** Rows and histories side by side; both are kept in the order of their ids. */
async function* storedAttempts({ kv, history }: VerifyDeps): AsyncGenerator<Stored> {
  const histories = history.attemptIds();
  const rows = storedRows(kv);
  let [nextHistory, nextRow] = await Promise.all([histories.next(), rows.next()]);
  while (!nextHistory.done || !nextRow.done) {
    const ids = [nextHistory.value, nextRow.value?.attemptId].filter((id) => id !== undefined);
    const attemptId = ids.reduce((a, b) => a < b ? a : b);
    const hasHistory = nextHistory.value === attemptId;
    const hasRow = nextRow.value?.attemptId === attemptId;
    yield { attemptId, hasHistory, row: hasRow ? nextRow.value?.row ?? null : null };
    if (hasHistory) nextHistory = await histories.next();
    if (hasRow) nextRow = await rows.next();
  }
}

async function* storedRows(kv: Kv): AsyncGenerator<Omit<Stored, "hasHistory">, undefined> {
  for await (const { key, value } of kv.list({ prefix: missionKeys.attempts })) {
    yield { attemptId: String(key.at(-1)), row: readRow(key, value) };
  }
}

function readRow(key: Deno.KvKey, value: unknown): AttemptRow | AppError {
  try {
    return decodeJson(key, value, attemptRowSchema);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}
