import type { LogRecord, StoredLog } from "../../log/mod.ts";
import { isRemoval } from "../events_removed.ts";
import type { HistoryStore } from "../history_store.ts";
import { ATTEMPTS_PROJECTION, ATTEMPTS_VERSION } from "../projection.ts";
import { isMissionFact } from "../schema.ts";
import type { Difference } from "./compare.ts";

/** Facts at a time; an attempt's history is read once for all of its facts among them. */
const CHUNK = 8_000;

export interface VerifyFactsDeps {
  readonly log: StoredLog;
  readonly history: HistoryStore;
}

/** Facts of the log that no row holds yet: the server takes them in when it starts. */
export async function countWaiting(log: StoredLog): Promise<number> {
  const head = await log.head();
  return head === null ? 0 : head - (await log.cursor(ATTEMPTS_PROJECTION)).position;
}

/** Whether rows were made by a program of another version: the next start makes them anew. */
export async function areRowsOutdated(log: StoredLog): Promise<boolean> {
  const { version } = await log.cursor(ATTEMPTS_PROJECTION);
  return version !== null && version !== ATTEMPTS_VERSION;
}

/** What the log still has, against the histories up to where these have come. */
export async function* verifyFacts({ log, history }: VerifyFactsDeps): AsyncGenerator<Difference> {
  const { position: upTo } = await log.cursor(ATTEMPTS_PROJECTION);
  const oldest = await log.oldest();
  let position = oldest === null ? upTo : oldest - 1;
  while (true) {
    const records = await log.read(position, CHUNK);
    if (records.length === 0) break;
    for (const record of records) {
      if (record.position > position + 1) yield tell(`Log has no fact of position ${position + 1}`);
      position = record.position;
    }
    yield* verifyChunk(history, records.filter((record) => record.position <= upTo));
  }
  const head = await log.head() ?? 0;
  if (position !== head) yield tell(`Log ends at position ${position}, its head says ${head}`);
}

async function* verifyChunk(history: HistoryStore, records: readonly LogRecord[]) {
  const ours = records.flatMap(({ position, fact }) =>
    isMissionFact(fact) ? [{ position, fact }] : []
  );
  for (const [attemptId, facts] of Map.groupBy(ours, ({ fact }) => fact.attemptId)) {
    const kept = await history.read(attemptId);
    const positions = new Set(kept.map(({ position }) => position));
    const removed = kept.findLast(isRemoval)?.position ?? 0;
    const missing = facts.filter(({ position }) => position > removed && !positions.has(position));
    if (missing.length === 0) continue;
    const first = `the first is "${missing[0].fact.type}" of position ${missing[0].position}`;
    yield { attemptId, message: `History lacks ${missing.length} facts of the log, ${first}` };
  }
}

function tell(message: string): Difference {
  return { attemptId: null, message };
}
