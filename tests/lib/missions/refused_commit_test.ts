import assert from "node:assert/strict";
import { faultyKv } from "../../support/faulty_kv.ts";
import { arrivalOf, START_AT } from "../../support/mission_facts.ts";
import { openTestMissions } from "../../support/open_missions.ts";
import { SESSION_ID } from "../../support/test_app.ts";

/** More turns than a commit that fails at once takes to be refused. */
const TURNS = 25;

const start = { sessionId: SESSION_ID, missionType: "portfolio", timestamp: START_AT };
const noOptions = { kioskId: null, idempotencyKey: null };
const page = (seq: number) => arrivalOf("page_view", seq, { seq });

type Missions = Awaited<ReturnType<typeof openTestMissions>>["missions"];

/** What tells a client up to where it is durable, though another commit fails meanwhile. */
const TELLING: Record<string, (missions: Missions, id: string) => Promise<{ ackUpTo: number }>> = {
  "a connection": (missions, id) => missions.connect(id, "conn_1", "hash"),
  "another event": (missions, id) => missions.record(id, page(3)),
};

for (const [name, tell] of Object.entries(TELLING)) {
  Deno.test(`[T-M18] ${name} never tells that an event is durable whose commit fails, whenever it comes`, async () => {
    using real = await Deno.openKv(":memory:");
    const store = faultyKv(real);
    await using app = await openTestMissions({ kv: store.kv });
    const { missions } = app;
    let told = 0;
    for (let turns = 0; turns < TURNS; turns++) {
      const { attemptId } = await missions.start(start, noOptions);
      await missions.record(attemptId, page(1));
      // Else the rows might be what fails.
      await missions.get(attemptId);
      store.spoil("fail");
      const failing = assert.rejects(missions.record(attemptId, page(2)), { code: "UNAVAILABLE" });
      for (let turn = 0; turn < turns; turn++) await Promise.resolve();
      const answer = await tell(missions, attemptId).catch((error) => error);
      await failing;
      if (answer instanceof Error) assert.match(answer.message, /try again/);
      else {
        told++;
        assert.equal(answer.ackUpTo, 1, `after ${turns} turns`);
      }
      const { eventCount } = await missions.get(attemptId);
      const again = await missions.record(attemptId, page(2));
      assert.equal(again.duplicate, false, `after ${turns} turns`);
      assert.equal((await missions.get(attemptId)).eventCount, eventCount + 1);
    }
    assert.ok(told > 5 && told < TURNS, `${told} were told`);
  });
}
