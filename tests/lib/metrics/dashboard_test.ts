import assert from "node:assert/strict";
import { dashboardChanged, WINDOWS } from "../../../lib/metrics/view.ts";
import { analyticsContract, dashboardContract } from "../../support/metrics_contract.ts";
import { openTestMetrics, ORIGIN, type TestMetrics } from "../../support/open_metrics.ts";
import { testClock } from "../../support/test_clock.ts";

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** What a client gets: JSON, and no more than JSON keeps. */
function sent<T>(value: T): T {
  return JSON.parse(JSON.stringify(value));
}

async function assertContract({ metrics }: TestMetrics): Promise<void> {
  for (const window of WINDOWS) {
    const dashboard = await metrics.dashboard(window);
    assert.deepEqual(dashboardContract.parse(sent(dashboard)), dashboard);
  }
  const analytics = await metrics.analytics();
  assert.deepEqual(analyticsContract.parse(sent(analytics)), analytics);
}

Deno.test("[E-05][E-19][E-21] without any event each key is there, no number is none", async () => {
  await using app = await openTestMetrics();
  await assertContract(app);
  const dashboard = await app.metrics.dashboard();
  assert.deepEqual(dashboard.topEvents, []);
  assert.deepEqual(dashboard.performanceMetrics, {
    avgResponseTime: 0,
    processingRate: 100,
    errorRate: 0,
    uptime: 100,
  });
});

Deno.test("[E-05][E-19][E-21][E-8.12] with 10 000 events of every kind the payloads keep their form", async () => {
  await using app = await openTestMetrics();
  const { clock } = app;
  const users = new Set<string>();
  for (let batch = 0; batch < 20; batch++) {
    const items = Array.from({ length: 500 }, (_, i) => ({
      eventName: `event ${(batch * 500 + i) % 137}`,
      userId: i % 3 === 0 ? undefined : `user_${(batch * 500 + i) % 2_500}`,
      timestamp: new Date(clock.now() - (batch * 500 + i) * 20_000).toISOString(),
      country: ["KR", "US", undefined][i % 3],
      device: ["mobile", "web", "tablet", "kiosk", undefined][i % 5],
      referrer: ["https://google.com/", "", undefined][i % 3],
    }));
    for (const { userId } of items) if (userId !== undefined) users.add(userId);
    const results = await app.metrics.record(items, ORIGIN);
    assert.ok(results.every((it) => !(it instanceof Error)));
  }
  await assertContract(app);
  const { totalEvents, uniqueUsers, uniqueUsersMethod } = await app.metrics.analytics();
  assert.equal(totalEvents, 10_000);
  assert.equal(uniqueUsersMethod, "hyperloglog");
  assert.ok(Math.abs(uniqueUsers / users.size - 1) < 0.07, `${uniqueUsers} of ${users.size}`);
});

Deno.test("[E-07][E-09][T-E02] totals of today stand beside as much of yesterday, with their windows", async () => {
  // 15:00 UTC is midnight in Seoul: it is two o'clock there.
  await using app = await openTestMetrics({ clock: testClock(Date.parse("2025-01-19T17:00:30Z")) });
  const at = (ms: number) => ({
    eventName: "login",
    timestamp: new Date(app.clock.now() + ms).toISOString(),
  });
  await app.send(at(0), at(-MINUTE_MS), at(-HOUR_MS - MINUTE_MS));
  // Yesterday by this time two, later one.
  await app.send(at(-24 * HOUR_MS), at(-25 * HOUR_MS), at(-23 * HOUR_MS));
  const dashboard = await app.metrics.dashboard();
  assert.equal(dashboard.totalEvents, 3);
  assert.equal(dashboard.totalEventsChange, 50);
  assert.deepEqual([dashboard.eventsPerHour, dashboard.eventsPerHourChange], [2, 100]);
  assert.deepEqual(dashboard.window, {
    name: "today",
    from: "2025-01-19T15:00:00.000Z",
    to: "2025-01-19T17:00:30.000Z",
    compareFrom: "2025-01-18T15:00:00.000Z",
    compareTo: "2025-01-18T17:01:00.000Z",
  });
  assert.equal((await app.metrics.dashboard("5m")).totalEvents, 2);
  assert.equal((await app.metrics.dashboard("24h")).totalEvents, 4);
});

Deno.test("[E-08][T-E04] active is who did something in the last five minutes", async () => {
  await using app = await openTestMetrics();
  await app.send(
    { eventName: "a", userId: "kim" },
    { eventName: "b", userId: "kim" },
    { eventName: "a", sessionId: "kim" },
    { eventName: "a" },
  );
  const first = await app.metrics.dashboard();
  assert.deepEqual([first.activeUsers, first.changeBasis.activeUsers], [2, "none"]);
  app.clock.advance(5 * MINUTE_MS);
  await app.send({ eventName: "a", userId: "lee" });
  const second = await app.metrics.dashboard();
  assert.deepEqual([second.activeUsers, second.activeUsersChange], [1, -50]);
  assert.equal(second.changeBasis.activeUsers, "previous");
});

Deno.test("[E-10][T-E05] conversion is of ended attempts, by points, and says so", async () => {
  const asked: number[] = [];
  await using app = await openTestMetrics({
    attemptsEnded({ from, to }) {
      asked.push(to - from);
      const isNow = asked.length % 2 === 0;
      return Promise.resolve(isNow ? { converted: 1, total: 8 } : { converted: 1, total: 10 });
    },
  });
  const { conversionRate, conversionRateChange, conversion, changeBasis } = await app.metrics
    .dashboard("1h");
  assert.deepEqual([conversionRate, conversionRateChange], [12.5, 2.5]);
  assert.deepEqual(conversion, { of: "attempts_ended", eventNames: [], converted: 1, total: 8 });
  assert.equal(changeBasis.conversionRate, "previous");
});

Deno.test("[E-10][T-E05] conversion can be a set of events, of all events", async () => {
  await using app = await openTestMetrics({ conversionEvents: ["purchase", "signup"] });
  await app.send(
    ...["purchase", "login", "signup", "login", "view"].map((it) => ({ eventName: it })),
  );
  const { conversionRate, conversion } = await app.metrics.dashboard();
  assert.equal(conversionRate, 40);
  assert.deepEqual(conversion, {
    of: "events",
    eventNames: ["purchase", "signup"],
    converted: 2,
    total: 5,
  });
});

Deno.test("[E-11][T-E07] the volume has 24 hours with zeros in the gaps", async () => {
  await using app = await openTestMetrics();
  const ago = (hours: number) => ({
    eventName: "a",
    timestamp: new Date(app.clock.now() - hours * HOUR_MS).toISOString(),
  });
  await app.send(ago(0), ago(0), ago(5), ago(23), ago(24));
  const { eventVolumeData } = await app.metrics.dashboard();
  assert.equal(eventVolumeData.length, 24);
  assert.deepEqual(eventVolumeData[0], { time: "2025-01-18T11:00:00.000Z", events: 1 });
  assert.deepEqual(eventVolumeData[18], { time: "2025-01-19T05:00:00.000Z", events: 1 });
  assert.deepEqual(eventVolumeData[23], { time: "2025-01-19T10:00:00.000Z", events: 2 });
  assert.equal(eventVolumeData.reduce((sum, { events }) => sum + events, 0), 4);
});

Deno.test("[E-12][E-13][E-14][E-15][E-16][T-E09][T-E10] lists say what events say, else unknown", async () => {
  await using app = await openTestMetrics();
  await app.send(
    { eventName: "login", country: "KR", device: "mobile", referrer: "https://www.google.com/a" },
    { eventName: "login", country: "KR", device: "kiosk" },
    { eventName: "purchase" },
  );
  const dashboard = await app.metrics.dashboard();
  assert.deepEqual(dashboard.topEvents, [{ name: "login", count: 2 }, {
    name: "purchase",
    count: 1,
  }]);
  assert.deepEqual(dashboard.eventDistribution, [
    { name: "login", value: 2, percentage: 66.7 },
    { name: "purchase", value: 1, percentage: 33.3 },
  ]);
  assert.deepEqual(dashboard.geographicDistribution, [
    { country: "KR", count: 2 },
    { country: "unknown", count: 1 },
  ]);
  assert.deepEqual(dashboard.deviceTypes, [
    { device: "kiosk", count: 1 },
    { device: "mobile", count: 1 },
    { device: "unknown", count: 1 },
  ]);
  assert.deepEqual(dashboard.topReferrers, [
    { referrer: "direct", count: 2 },
    { referrer: "google.com", count: 1 },
  ]);
});

Deno.test("[E-17][T-E11] performance is what the server measured of itself", async () => {
  await using app = await openTestMetrics({
    measured: () => ({
      from: Date.parse("2025-01-19T09:31:00Z"),
      requests: 900,
      responseMs: 10_980,
      failures: 1,
      received: 200,
      refused: 1,
    }),
  });
  const { performanceMetrics, measured, windows } = await app.metrics.dashboard();
  assert.deepEqual(performanceMetrics, {
    avgResponseTime: 12.2,
    processingRate: 99.5,
    errorRate: 0.2,
    uptime: 100,
  });
  assert.deepEqual(measured, { requests: 900, receivedEvents: 200 });
  assert.equal(windows.performance.from, "2025-01-19T09:31:00.000Z");
});

Deno.test("[E-05][T-E13] a dashboard is computed once for all who ask, and anew after an event", async () => {
  await using app = await openTestMetrics();
  const first = await app.metrics.dashboard();
  assert.equal(await app.metrics.dashboard(), first);
  await app.send({ eventName: "login" });
  assert.equal((await app.metrics.dashboard()).totalEvents, 1);
});

Deno.test("[E-05][T-E13] that time goes on is no change, a figure or an event is", async () => {
  await using app = await openTestMetrics();
  await app.send({ eventName: "login" });
  const first = await app.metrics.dashboard();
  app.clock.advance(10_000);
  const later = await app.metrics.dashboard();
  assert.notEqual(later.generatedAt, first.generatedAt);
  assert.equal(dashboardChanged(first, later), false);
  await app.send({ eventName: "login" });
  assert.equal(dashboardChanged(later, await app.metrics.dashboard()), true);
  assert.equal(dashboardChanged(later, { ...later, activeUsers: 1 }), true);
});
