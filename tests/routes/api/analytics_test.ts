import assert from "node:assert/strict";
import { loadOf } from "../../../routes/api/analytics.ts";
import { asAdmin, ask, assertError } from "../../support/http.ts";
import { arrivalOf, START_AT } from "../../support/mission_facts.ts";
import { connect } from "../../support/socket_client.ts";
import { startMission, type TestApp, testApp } from "../../support/test_app.ts";
import { testClock } from "../../support/test_clock.ts";

async function realtime(app: TestApp) {
  const { status, body } = await ask(app, "/api/analytics/realtime", await asAdmin(app));
  assert.equal(status, 200);
  assert.equal(body.success, true);
  return body.data;
}

/** An attempt that ends now. */
async function visit(app: TestApp, now: number, end: string): Promise<void> {
  const { attemptId } = await startMission(app, { timestamp: new Date(now).toISOString() });
  const arrival = arrivalOf(end, (now - START_AT) / 1000);
  await app.docent.missions.record(attemptId, arrival);
}

Deno.test("[M-17] the figures of this moment have the document's fields", async () => {
  const clock = testClock();
  await using app = await testApp({ parts: { clock } });
  for (const end of ["mission_completed", "mission_quitted", "page_view", "page_view"]) {
    await visit(app, clock.now(), end);
  }
  await startMission(app);
  assert.deepEqual(await realtime(app), {
    activeConnections: 0,
    inProgressAttempts: 2,
    completedToday: 1,
    quittedToday: 1,
    currentLoad: "low",
    timestamp: "2025-01-19T10:30:00.000Z",
  });
});

Deno.test("[M-17] open sockets are counted, and no longer when they have closed", async () => {
  await using app = await testApp();
  const client = await connect(await app.listen(), await startMission(app));
  await client.next("connection_ack");
  assert.equal((await realtime(app)).activeConnections, 1);
  await client.close();
  const deadline = AbortSignal.timeout(5_000);
  while ((await realtime(app)).activeConnections !== 0) deadline.throwIfAborted();
});

/** Visits at 23:30, 0:30 and 1:30 in Seoul, in the middle of one day elsewhere. */
const MOMENTS: readonly [name: string, env: Record<string, string>, completed: number[]][] = [
  ["in Seoul, which is the default", {}, [1, 1, 2]],
  ["in UTC", { EXHIBITION_TZ: "UTC" }, [1, 2, 3]],
  ["in New York", { EXHIBITION_TZ: "America/New_York" }, [1, 2, 3]],
];

for (const [name, env, completed] of MOMENTS) {
  Deno.test(`[M-17][T-M21] today is the day ${name}`, async () => {
    const clock = testClock(Date.parse("2025-01-19T14:30:00.000Z"));
    await using app = await testApp({ env, parts: { clock } });
    const seen: number[] = [];
    for (const laterMs of [0, 3_600_000, 3_600_000]) {
      clock.advance(laterMs);
      await visit(app, clock.now(), "mission_completed");
      seen.push((await realtime(app)).completedToday);
    }
    assert.deepEqual(seen, completed);
  });
}

Deno.test("[M-17][T-M21] at midnight in UTC the day begins anew there, and nowhere else", async () => {
  for (const [zone, completed] of [["UTC", 0], ["Asia/Seoul", 1]] as const) {
    const clock = testClock(Date.parse("2025-01-19T23:59:59.999Z"));
    await using app = await testApp({ env: { EXHIBITION_TZ: zone }, parts: { clock } });
    await visit(app, clock.now(), "mission_completed");
    assert.equal((await realtime(app)).completedToday, 1);
    clock.advance(1);
    assert.equal((await realtime(app)).completedToday, completed, zone);
  }
});

const LOADS: readonly [connections: number, lagMs: number, load: string][] = [
  [0, 0, "low"],
  [19, 49, "low"],
  [20, 0, "medium"],
  [0, 50, "medium"],
  [99, 199, "medium"],
  [100, 0, "high"],
  [0, 200, "high"],
];

for (const [connections, lagMs, load] of LOADS) {
  Deno.test(`[M-17][T-M21] ${connections} connections and ${lagMs} ms of lag are a ${load} load`, () => {
    assert.equal(loadOf(connections, lagMs), load);
  });
}

Deno.test("[M-57][T-M05] the figures want a login", async () => {
  await using app = await testApp();
  const answer = await ask(app, "/api/analytics/realtime");
  assertError(answer, { status: 401, code: "AUTH_FAILED" });
});
