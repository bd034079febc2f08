import assert from "node:assert/strict";
import { apiKey } from "../../support/api_key.ts";
import { arrivalOf, START_AT } from "../../support/mission_facts.ts";
import { asAdmin, ask, assertError } from "../../support/http.ts";
import { analyticsContract, dashboardContract } from "../../support/metrics_contract.ts";
import { person } from "../../support/person.ts";
import { post, startMission, type TestApp, testApp } from "../../support/test_app.ts";
import { testClock } from "../../support/test_clock.ts";

const DASHBOARD = "/api/metrics/dashboard";
const ANALYTICS = "/api/metrics/analytics";
const EXPECTED_AUTH = { status: 401, code: "AUTH_FAILED" } as const;
const EXPECTED_ROLE = { status: 403, code: "FORBIDDEN" } as const;

async function dashboardOf(app: TestApp, query = "") {
  const { status, body } = await ask(app, `${DASHBOARD}${query}`, await asAdmin(app));
  assert.equal(status, 200, JSON.stringify(body));
  return dashboardContract.parse(body.data);
}

Deno.test("[E-19][E-21][T-E12] dashboard and analytics are answered in the document's form", async () => {
  await using app = await testApp();
  const admin = await asAdmin(app);
  assert.equal((await dashboardOf(app)).window.name, "today");
  assert.equal((await dashboardOf(app, "?window=5m")).window.name, "5m");
  const { body } = await ask(app, ANALYTICS, admin);
  assert.equal(analyticsContract.parse(body.data).interval, "hour");
  const byDay = await ask(app, `${ANALYTICS}?startDate=2025-01-01&endDate=2025-01-31`, admin);
  assert.equal(analyticsContract.parse(byDay.body.data).interval, "day");
});

Deno.test("[E-19] a query that cannot be read is refused by its field", async () => {
  await using app = await testApp();
  const admin = await asAdmin(app);
  for (
    const [path, field] of [
      [`${DASHBOARD}?window=1y`, "window"],
      [`${ANALYTICS}?interval=minute`, "interval"],
      [`${ANALYTICS}?startDate=yesterday`, "startDate"],
      [`${ANALYTICS}?startDate=2020-01-01`, "startDate"],
    ]
  ) {
    const expected = { status: 400, code: "VALIDATION_ERROR", field } as const;
    assertError(await ask(app, path, admin), expected);
  }
});

Deno.test("[T-E14] figures are for staff, and for keys with their scope", async () => {
  await using app = await testApp();
  const keyWith = async (scope: string) => ({ headers: await apiKey(app, scope) });
  const { wsToken } = await startMission(app);
  for (const path of [DASHBOARD, ANALYTICS]) {
    assert.equal((await ask(app, path, await keyWith("metrics:read"))).status, 200);
    assert.equal((await (await person(app, "viewer")).get(path)).status, 200);
    assertError(await ask(app, path), EXPECTED_AUTH);
    assertError(await ask(app, path, await keyWith("events:write")), EXPECTED_ROLE);
    assertError(await (await person(app)).get(path), EXPECTED_ROLE);
    const kiosk = { headers: { authorization: `Bearer ${wsToken}` } };
    assertError(await ask(app, path, kiosk), EXPECTED_ROLE);
  }
});

Deno.test("[T-E04][T-E09][T-E10] mission events count: a session as user, a kiosk as device", async () => {
  const clock = testClock(START_AT);
  const env = { EXHIBITION_COUNTRY: "KR", KIOSK_KEYS: "hall-a:0123456789abcdef" };
  await using app = await testApp({ env, parts: { clock } });
  const headers = { "x-kiosk-key": "0123456789abcdef" };
  const body = {
    sessionId: "550e8400-e29b-41d4-a716-446655440000",
    missionType: "portfolio",
    timestamp: new Date(START_AT).toISOString(),
  };
  const started = await ask(app, "/api/missions/start", post(body, headers));
  const { attemptId } = started.body.data;
  const { missions } = app.docent;
  await missions.record(attemptId, arrivalOf("page_view", 0, { data: { referrer: "/home" } }));
  await missions.record(attemptId, arrivalOf("mission_completed", 0));
  const dashboard = await dashboardOf(app);
  assert.deepEqual(dashboard.topEvents.map(({ name }) => name), ["mission_completed", "page_view"]);
  assert.deepEqual([dashboard.activeUsers, dashboard.activeKiosks], [1, 1]);
  assert.deepEqual(dashboard.deviceTypes, [{ device: "kiosk", count: 2 }]);
  assert.deepEqual(dashboard.geographicDistribution, [{ country: "KR", count: 2 }]);
  assert.deepEqual(dashboard.topReferrers, [{ referrer: "direct", count: 2 }]);
  const [newest] = dashboard.liveEvents;
  assert.deepEqual([newest.userId, newest.device, newest.country], [
    body.sessionId,
    "tablet",
    "KR",
  ]);
  assert.deepEqual(dashboard.conversion, {
    of: "attempts_ended",
    eventNames: [],
    converted: 1,
    total: 1,
  });
  assert.equal(dashboard.conversionRate, 100);
});

Deno.test("[T-E04] tests and excluded attempts are in no figure from then on", async () => {
  const clock = testClock(START_AT);
  await using app = await testApp({ parts: { clock } });
  const { missions } = app.docent;
  const input = {
    sessionId: "550e8400-e29b-41d4-a716-446655440000",
    missionType: "portfolio",
    timestamp: START_AT,
  };
  const options = { kioskId: null, idempotencyKey: null };
  const staff = await missions.start({ ...input, test: true }, options);
  await missions.record(staff.attemptId, arrivalOf("mission_completed", 0));
  const { attemptId } = await missions.start(input, options);
  await missions.record(attemptId, arrivalOf("page_view", 0));
  await missions.exclude(attemptId, { reason: "school class", by: "admin" });
  await missions.record(attemptId, arrivalOf("mission_quitted", 0));
  const dashboard = await dashboardOf(app);
  assert.deepEqual(dashboard.topEvents, [{ name: "page_view", count: 1 }]);
  assert.deepEqual([dashboard.conversion.converted, dashboard.conversion.total], [0, 0]);
});

Deno.test("[E-10][T-E05] conversion today stands beside yesterday's at this hour", async () => {
  const clock = testClock(START_AT);
  await using app = await testApp({ parts: { clock } });
  const { missions } = app.docent;
  const play = async (...ends: string[]) => {
    for (const eventType of ends) {
      const { attemptId } = await startMission(app, {
        timestamp: new Date(clock.now()).toISOString(),
      });
      const at = (clock.now() - START_AT) / 1000;
      await missions.record(attemptId, arrivalOf(eventType, at, { receivedAt: clock.now() }));
    }
  };
  await play("mission_completed", "mission_quitted");
  clock.advance(24 * 3_600_000 + 60_000);
  await play("mission_completed", "mission_completed", "mission_completed", "mission_quitted");
  const { conversionRate, conversionRateChange, changeBasis } = await dashboardOf(app);
  assert.deepEqual([conversionRate, conversionRateChange], [75, 25]);
  assert.equal(changeBasis.conversionRate, "previous");
});

Deno.test("[E-17][T-E11] performance is measured on the server's own answers", async () => {
  await using app = await testApp();
  await ask(app, "/nowhere");
  const admin = await asAdmin(app);
  await ask(app, "/api/events", post({ events: [{ eventName: "a" }, {}] }, admin.headers));
  const { performanceMetrics, measured } = await dashboardOf(app);
  assert.deepEqual(measured, { requests: 2, receivedEvents: 2 });
  assert.ok(performanceMetrics.avgResponseTime > 0);
  assert.equal(performanceMetrics.processingRate, 50);
  assert.equal(performanceMetrics.errorRate, 25);
});

Deno.test("[E-17][T-E11] uptime goes on over a restart, with the downtime in it", async () => {
  const clock = testClock(START_AT);
  const file = await Deno.makeTempFile({ suffix: ".kv" });
  const run = async (minutes: number) => {
    await using app = await testApp({ env: { KV_PATH: file }, parts: { clock } });
    for (let i = 0; i < minutes; i++) {
      await app.docent.metrics.beat();
      clock.advance(60_000);
    }
    return (await dashboardOf(app)).performanceMetrics.uptime;
  };
  try {
    assert.equal(await run(8), 100);
    clock.advance(2 * 60_000);
    assert.equal(await run(10), 90);
  } finally {
    await Deno.remove(file);
  }
});

Deno.test("[E-22] routes of the metrics and of the keys stand in the API's document", async () => {
  await using app = await testApp();
  const { body } = await ask(app, "/api/openapi.json");
  for (const path of ["/api/events", DASHBOARD, ANALYTICS, "/api/admin/api-keys"]) {
    assert.ok(path in body.paths, path);
  }
  assert.ok("MetricsDashboard" in body.components.schemas);
  assert.deepEqual(body.paths["/api/events"].post.security, [
    { apiKey: [] },
    { bearer: [] },
    { session: [], csrf: [] },
  ]);
});
