import assert from "node:assert/strict";
import { AppError } from "../../lib/errors.ts";
import { createIds } from "../../lib/ids.ts";
import { type FactLog, openLog } from "../../lib/log/mod.ts";
import { type Logger, silentLogger } from "../../lib/logger.ts";
import { connect } from "../support/socket_client.ts";
import { failingKv } from "../support/failing_kv.ts";
import { ask, assertError } from "../support/http.ts";
import { post, SESSION_ID, startMission, testApp } from "../support/test_app.ts";
import { testClock } from "../support/test_clock.ts";

const START = {
  sessionId: SESSION_ID,
  missionType: "portfolio",
  timestamp: "2025-01-19T10:30:00Z",
};

Deno.test("[M-19][T-M22][L-32][X-05] health tells of the store, the sockets and how long we run", async () => {
  const clock = testClock();
  await using app = await testApp({ parts: { clock } });
  clock.advance(90_500);
  for (const path of ["/health", "/api/health"]) {
    const { status, body } = await ask(app, path);
    assert.equal(status, 200);
    assert.deepEqual(body, {
      status: "ok",
      timestamp: "2025-01-19T10:31:30.500Z",
      uptime: 90.5,
      database: "connected",
      websocket: "active",
      activeUsers: 0,
      storage: { probeMs: 0, waitingFacts: 0, lagFacts: 0, parkedFacts: 0 },
      connections: 0,
      eventLoopLagMs: 0,
    });
  }
});

Deno.test("[M-19][T-M22] health counts sockets, and says when no further one finds room", async () => {
  await using app = await testApp({ env: { MAX_CONNECTIONS: "1" } });
  const base = await app.listen();
  const client = await connect(base, await startMission(app));
  await client.next("connection_ack");
  const { status, body } = await ask(app, "/health");
  assert.equal(status, 200);
  assert.deepEqual([body.connections, body.activeUsers, body.websocket], [1, 1, "full"]);
  await client.close();
});

for (const what of ["all", "writes"] as const) {
  Deno.test(`[M-19][T-M22] health is red while ${what} of the store fails, and green again after`, async () => {
    using real = await Deno.openKv(":memory:");
    const { kv, breakDown, mend } = failingKv(real);
    const clock = testClock();
    await using app = await testApp({ parts: { kv, clock } });
    assert.equal((await ask(app, "/health")).status, 200);

    breakDown(what);
    clock.advance(1_001);
    const red = await ask(app, "/health");
    assert.equal(red.status, 503);
    assert.deepEqual([red.body.status, red.body.database], ["degraded", "disconnected"]);
    assert.equal(red.body.storage.probeMs, null);

    mend();
    clock.advance(1_001);
    const green = await ask(app, "/health");
    assert.equal(green.status, 200);
    assert.deepEqual([green.body.status, green.body.database], ["ok", "connected"]);
  });
}

Deno.test("[T-M22] a commit that failed shows at once, and is over when the store works, also without traffic", async () => {
  using real = await Deno.openKv(":memory:");
  const { kv, breakDown, mend } = failingKv(real);
  const clock = testClock();
  await using app = await testApp({ parts: { kv, clock } });
  assert.equal((await ask(app, "/health")).status, 200);

  breakDown("writes");
  const refused = await ask(app, "/api/missions/start", post(START));
  assertError(refused, { status: 503, code: "UNAVAILABLE" });
  assert.equal(refused.headers.get("retry-after"), "2");
  assert.equal((await ask(app, "/health")).status, 503, "within the second that probes are shared");

  mend();
  clock.advance(1_001);
  assert.equal((await ask(app, "/health")).status, 200);
  assert.equal((await ask(app, "/api/missions/start", post(START))).status, 201);
});

Deno.test("[T-M22] health is red while the log takes nothing, though the store answers", async () => {
  const stuck = new AppError("UNAVAILABLE", "Storage is too far behind");
  let failure: AppError | null = null;
  const wrapLog = (log: FactLog): FactLog => ({
    ...log,
    stats: () => ({ ...log.stats(), failure }),
    append: (facts) => failure === null ? log.append(facts) : Promise.reject(failure),
  });
  await using app = await testApp({ parts: { wrapLog } });
  assert.equal((await ask(app, "/health")).status, 200);
  failure = stuck;
  assert.equal((await ask(app, "/health")).status, 503);
  failure = null;
  assert.equal((await ask(app, "/health")).status, 200);
});

Deno.test("[M-19][T-M22] once another process has written, health stays red and nothing is stored", async () => {
  using kv = await Deno.openKv(":memory:");
  const clock = testClock();
  const logged: string[] = [];
  const logger: Logger = { ...silentLogger, error: (message) => void logged.push(message) };
  await using app = await testApp({ parts: { kv, clock, logger } });
  const { attemptId } = await startMission(app);
  const other = await openLog({ kv, clock, ids: createIds({ clock }), schemas: {}, onError() {} });
  await other.append([{ type: "test.said" }]);

  for (let round = 0; round < 3; round++) {
    const refused = await ask(app, "/api/missions/start", post(START));
    assertError(refused, { status: 503, code: "UNAVAILABLE" });
    assert.match(refused.body.error.message, /Another process .* must be restarted/);
    assert.equal(refused.headers.get("retry-after"), "30");
    assert.equal((await ask(app, "/health")).status, 503);
    clock.advance(1_001);
  }
  assert.equal(other.head(), 2, "nothing was stored behind the other's fact");
  assert.equal((await ask(app, `/api/missions/${attemptId}`)).status, 200, "reading goes on");
  assert.ok(logged.includes("Log takes nothing more until a restart"));
  await other.close();
});

Deno.test("[M-19][T-M22] facts that could not be put into rows are counted, and degrade without a 503", async () => {
  const wrapLog = (log: FactLog): FactLog => ({
    ...log,
    stats: () => ({ ...log.stats(), parked: 3 }),
  });
  await using app = await testApp({ parts: { wrapLog } });
  const { status, body } = await ask(app, "/health");
  assert.deepEqual([status, body.status, body.database], [200, "degraded", "connected"]);
  assert.equal(body.storage.parkedFacts, 3);
  assert.match((await ask(app, "/metrics")).body, /^docent_parked_facts 3$/m);
});

Deno.test("[T-M22] a probe is shared for a second: health cannot be made to write without end", async () => {
  using real = await Deno.openKv(":memory:");
  let writes = 0;
  const { kv } = failingKv(real);
  const counting = {
    ...kv,
    set: (...args: Parameters<typeof kv.set>) => (writes++, kv.set(...args)),
  };
  const clock = testClock();
  await using app = await testApp({ parts: { kv: counting, clock } });
  const before = writes;
  await Promise.all(Array.from({ length: 50 }, () => ask(app, "/health")));
  assert.equal(writes - before, 1);
  clock.advance(1_001);
  await ask(app, "/health");
  assert.equal(writes - before, 2);
});
