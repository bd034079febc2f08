import type { Kv } from "../../kv/port.ts";
import { INDEX_PREFIXES, indexKeys, startedKey } from "../attempt_index.ts";
import type { AttemptStore } from "../attempt_store.ts";
import type { Difference } from "./compare.ts";

const SCAN = { batchSize: 500 };

/** Entries under which no row stands; there are none when there are as many as rows have. */
export async function* verifyIndexes(
  { kv, attempts }: { kv: Kv; attempts: AttemptStore },
  entriesOfRows: number,
): AsyncGenerator<Difference> {
  let found = 0;
  for (const prefix of INDEX_PREFIXES) for await (const _ of kv.list({ prefix }, SCAN)) found++;
  if (found === entriesOfRows) return;
  for (const prefix of INDEX_PREFIXES) {
    for await (const { key } of kv.list({ prefix }, SCAN)) {
      const attemptId = String(key.at(-1));
      const row = await attempts.find(attemptId);
      const wanted = row === null ? [] : [...indexKeys(row), startedKey(row)];
      const name = key.join("/");
      if (wanted.some((each) => each.join("/") === name)) continue;
      yield { attemptId, message: `Index entry has no row: ${name}` };
    }
  }
}
