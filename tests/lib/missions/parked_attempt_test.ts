import assert from "node:assert/strict";
import { missionKeys } from "../../../lib/missions/keys.ts";
import { arrivalOf, START_AT } from "../../support/mission_facts.ts";
import { openTestMissions } from "../../support/open_missions.ts";
import { SESSION_ID } from "../../support/test_app.ts";

const start = { sessionId: SESSION_ID, missionType: "portfolio", timestamp: START_AT };
const noOptions = { kioskId: null, idempotencyKey: null };
const page = (seq: number) => arrivalOf("page_view", seq, { seq });

/** One attempt whose row cannot be read in the store, and one beside it. */
async function openDamaged(kv: Deno.Kv) {
  const first = await openTestMissions({ kv });
  const { attemptId: damaged } = await first.missions.start(start, noOptions);
  const { attemptId: sound } = await first.missions.start(start, noOptions);
  for (const id of [damaged, sound]) await first.missions.record(id, page(1));
  await first.missions.get(damaged);
  await first[Symbol.asyncDispose]();
  const key = missionKeys.attempt(damaged);
  const row = await kv.get(key);
  await kv.set(key, new TextEncoder().encode("{"));
  const mend = () => kv.set(key, row.value);
  return { damaged, sound, mend };
}

Deno.test("[T-M18] an attempt whose facts cannot be put into its row holds no other one up, and loses nothing", async () => {
  using kv = await Deno.openKv(":memory:");
  const { damaged, sound, mend } = await openDamaged(kv);
  {
    await using app = await openTestMissions({ kv });
    const { missions, log } = app;
    const receipt = await missions.record(damaged, page(2));
    for (const seq of [2, 3]) await missions.record(sound, page(seq));
    assert.equal((await missions.get(sound)).eventCount, 3);
    assert.equal(log.stats().parked, 1);
    assert.equal(log.stats().projectionFailure, null);
    await assert.rejects(missions.get(damaged), { code: "DATABASE_ERROR" });

    const again = await missions.record(damaged, page(2));
    assert.deepEqual(again, { ...receipt, duplicate: true, gapFrom: null });
  }
  {
    await using app = await openTestMissions({ kv });
    const again = await app.missions.record(damaged, page(2));
    assert.deepEqual([again.duplicate, again.ackUpTo], [true, 2], "known from where it is parked");
    await app.missions.record(damaged, page(3));
    await app.missions.get(sound);
    assert.equal(app.log.stats().parked, 2);
  }
  await mend();
  await using app = await openTestMissions({ kv });
  assert.equal(app.log.stats().parked, 0);
  const row = await app.missions.get(damaged);
  assert.equal(row.eventCount, 3);
  const { events } = await app.missions.events(damaged, {});
  assert.equal(new Set(events.map(({ eventId }) => eventId)).size, 3);
});
