import assert from "node:assert/strict";
import fc from "fast-check";
import { failingKv } from "../../support/failing_kv.ts";
import { arrivalOf, START_AT } from "../../support/mission_facts.ts";
import { openTestMissions } from "../../support/open_missions.ts";
import { SESSION_ID } from "../../support/test_app.ts";

/** Room for less than one gate: each is let go of when it was used. */
const NOTHING_HELD = { idleGates: 0, bytes: 1 };

type TestMissions = Awaited<ReturnType<typeof openTestMissions>>;

async function startConnected({ missions }: TestMissions, connectionId: string): Promise<string> {
  const input = { sessionId: SESSION_ID, missionType: "portfolio", timestamp: START_AT };
  const { attemptId } = await missions.start(input, { kioskId: null, idempotencyKey: null });
  await missions.connect(attemptId, connectionId, "hash");
  return attemptId;
}

const uuidOf = (number: number) => `01890a5d-ac96-774b-bcce-${String(number).padStart(12, "0")}`;

function numbered(seq: number) {
  return arrivalOf("page_view", seq, { clientEventId: uuidOf(seq), seq });
}

Deno.test("[T-M18] repeats get the first event's id when the gate was let go of in between", async () => {
  await using app = await openTestMissions({ gateLimits: NOTHING_HELD });
  const [a, b] = [await startConnected(app, "conn_1"), await startConnected(app, "conn_2")];
  const firsts = new Map<string, string>();
  for (const attemptId of [a, b]) {
    for (const seq of [1, 2, 3, 5]) {
      const { eventId, duplicate } = await app.missions.record(attemptId, numbered(seq));
      assert.equal(duplicate, false);
      firsts.set(`${attemptId}/${seq}`, eventId);
    }
  }
  for (const attemptId of [b, a]) {
    for (const seq of [5, 1, 3]) {
      assert.deepEqual(await app.missions.record(attemptId, numbered(seq)), {
        eventId: firsts.get(`${attemptId}/${seq}`),
        duplicate: true,
        ackUpTo: 3,
        gapFrom: null,
      });
    }
    assert.equal((await app.missions.get(attemptId)).eventCount, 4);
  }
  const reused = arrivalOf("page_view", 9, { clientEventId: uuidOf(9), seq: 5 });
  await assert.rejects(() => app.missions.record(a, reused), { code: "INVALID_EVENT" });
  assert.deepEqual(app.refusals, ["seq_reused"]);
});

Deno.test("[T-M18] events sent many times at once are stored once, whatever is let go of", async () => {
  const sends = fc.array(
    fc.record({ attempt: fc.nat({ max: 2 }), seq: fc.integer({ min: 1, max: 6 }) }),
    { minLength: 1, maxLength: 40 },
  );
  await fc.assert(
    fc.asyncProperty(sends, fc.constantFrom(1, 4_000, 1_000_000), async (sent, bytes) => {
      await using app = await openTestMissions({ gateLimits: { idleGates: 0, bytes } });
      const attempts: string[] = [];
      for (const name of ["conn_1", "conn_2", "conn_3"]) {
        attempts.push(await startConnected(app, name));
      }
      const receipts = await Promise.all(
        sent.map(({ attempt, seq }) => app.missions.record(attempts[attempt], numbered(seq))),
      );
      const byEvent = Map.groupBy(receipts, (_, i) => `${sent[i].attempt}/${sent[i].seq}`);
      for (const same of byEvent.values()) {
        assert.equal(new Set(same.map(({ eventId }) => eventId)).size, 1);
        assert.equal(same.filter(({ duplicate }) => !duplicate).length, 1);
      }
      let stored = 0;
      for (const attemptId of attempts) {
        stored += (await app.missions.events(attemptId, {})).eventCount;
      }
      assert.equal(stored, byEvent.size);
    }),
    { numRuns: 30 },
  );
});

Deno.test("[T-M18] what the store refused is no repeat after the gate was let go of", async () => {
  using real = await Deno.openKv(":memory:");
  const { kv, breakDown, mend } = failingKv(real);
  await using app = await openTestMissions({ kv, gateLimits: NOTHING_HELD });
  const attemptId = await startConnected(app, "conn_1");
  const stored = await app.missions.record(attemptId, numbered(1));
  // Rows that are not written yet would be waited for.
  await app.missions.get(attemptId);
  breakDown("writes");
  await assert.rejects(() => app.missions.record(attemptId, numbered(2)), { code: "UNAVAILABLE" });
  mend();
  const [again, other] = [
    await app.missions.record(attemptId, numbered(1)),
    await app.missions.record(attemptId, numbered(2)),
  ];
  assert.deepEqual([again.eventId, again.duplicate], [stored.eventId, true]);
  assert.deepEqual([other.duplicate, other.ackUpTo], [false, 2]);
  assert.equal((await app.missions.get(attemptId)).eventCount, 2);
});
