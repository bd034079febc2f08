import assert from "node:assert/strict";
import { encodeFact } from "../../../lib/log/mod.ts";
import type { HistoryPart } from "../../../lib/missions/history_store.ts";
import { createKnownEvents } from "../../../lib/missions/known_events.ts";
import type { MissionFact } from "../../../lib/missions/schema.ts";
import { eventFact, startedFact } from "../../support/mission_facts.ts";

const record = (position: number, fact: MissionFact) => (
  { position, fact, encoded: encodeFact(fact) }
);
const event = (position: number) => record(position, eventFact("page_view", position));

/** Histories of two events in 1 000 bytes each; whose were read. */
function histories() {
  const reads: string[] = [];
  async function* parts(attemptId: string): AsyncGenerator<HistoryPart> {
    reads.push(attemptId);
    const records = [record(1, startedFact()), event(2), event(3)];
    yield { key: [], records, bytes: 1_000 };
  }
  return { reads, parts };
}

Deno.test("[T-M24] events that are known are not read again, and what is stored is added to them", async () => {
  const { reads, parts } = histories();
  const known = createKnownEvents({ parts });
  const positions = async (records: Parameters<typeof known.with>[1]) =>
    (await known.with("attempt_1", records)).map(({ position }) => position);
  assert.deepEqual(await positions([event(4)]), [2, 3, 4]);
  // Not stored after all.
  assert.deepEqual(await positions([event(5)]), [2, 3, 5]);
  known.stored("attempt_1", [event(5), record(6, startedFact())]);
  known.stored("attempt_2", [event(7)]);
  assert.deepEqual(await positions([]), [2, 3, 5]);
  assert.deepEqual(reads, ["attempt_1"]);
});

Deno.test("[T-M24] known events keep to a budget, the longest unused are let go of first", async () => {
  const { reads, parts } = histories();
  const known = createKnownEvents({ parts }, 2_500);
  for (const id of ["a", "b", "a", "c", "a", "b"]) await known.with(id, []);
  assert.deepEqual(reads, ["a", "b", "c", "b"]);
  // What is stored weighs as well; the newest stays though it is too much alone.
  known.stored("b", Array.from({ length: 20 }, (_, i) => event(10 + i)));
  assert.equal((await known.with("b", [])).length, 22);
  assert.equal(reads.length, 4);
  await known.with("a", []);
  await known.with("b", []);
  assert.deepEqual(reads.slice(4), ["a", "b"]);
});

Deno.test("[T-M24][M-70] events that were removed, or may have changed unheard, are read again", async () => {
  const { reads, parts } = histories();
  const known = createKnownEvents({ parts });
  await known.with("a", []);
  known.drop("a");
  await known.with("a", []);
  known.forget();
  await known.with("a", []);
  assert.deepEqual(reads, ["a", "a", "a"]);
});
