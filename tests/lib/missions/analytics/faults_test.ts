import assert from "node:assert/strict";
import { toIso } from "../../../../lib/clock.ts";
import { type Fault, faultyKv } from "../../../support/faulty_kv.ts";
import { arrivalOf, START_AT } from "../../../support/mission_facts.ts";
import { openTestMissions } from "../../../support/open_missions.ts";
import { SESSION_ID } from "../../../support/test_app.ts";

/** Ragged, so that the rows in memory are asked as well as the marked hour. */
const PERIOD = { startDate: toIso(START_AT - 600_000), endDate: toIso(START_AT + 600_000) };

for (const fault of ["fail", "lose", "deny", "late"] satisfies Fault[]) {
  Deno.test(`[T-M18] figures hold what was acknowledged, whatever became of the rows' commit: ${fault}`, async () => {
    using real = await Deno.openKv(":memory:");
    const store = faultyKv(real);
    await using app = await openTestMissions({ kv: store.kv });
    const { missions } = app;
    const start = () =>
      missions.start(
        { sessionId: SESSION_ID, missionType: "portfolio", timestamp: START_AT },
        { kioskId: null, idempotencyKey: null },
      );
    const ask = () =>
      missions.missionAnalytics({ missionType: "portfolio", ...PERIOD }, { detail: false });

    const first = await start();
    const second = await start();
    assert.equal((await ask()).totalAttempts, 2);
    await missions.today();
    // The next commit is the log's, the one after it that of the rows.
    store.spoil("none", fault);
    await missions.record(first.attemptId, arrivalOf("mission_completed", 30));
    const spoiled = await ask();
    assert.deepEqual([spoiled.completedAttempts, spoiled.totalAttempts], [1, 2]);
    await missions.record(second.attemptId, arrivalOf("mission_quitted", 40));
    const { completedAttempts, quittedAttempts } = await ask();
    assert.deepEqual([completedAttempts, quittedAttempts], [1, 1]);
    const { completed, quitted } = (await missions.today())[0];
    assert.deepEqual([completed, quitted], [1, 1]);
  });
}
