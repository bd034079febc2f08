import assert from "node:assert/strict";
import { openTestMetrics, type TestMetrics } from "../../support/open_metrics.ts";

const DAY_MS = 86_400_000;

/** Two events an hour for six days, of three users and nobody. */
async function sendDays({ clock, send }: TestMetrics): Promise<void> {
  for (let day = 0; day < 6; day++) {
    const items = Array.from({ length: 48 }, (_, i) => ({
      eventName: i % 2 === 0 ? "login" : "view",
      userId: i % 4 === 0 ? undefined : `user_${i % 4}`,
      timestamp: new Date(clock.now() - day * DAY_MS - i * 1_800_000).toISOString(),
    }));
    await send(...items);
  }
}

Deno.test("[E-19][T-E12] analytics of the last week: totals, people, volume by hours", async () => {
  await using app = await openTestMetrics();
  await sendDays(app);
  const analytics = await app.metrics.analytics();
  assert.deepEqual(
    [analytics.totalEvents, analytics.uniqueUsers, analytics.eventsPerUser],
    [288, 3, 96],
  );
  assert.deepEqual([analytics.uniqueUsersMethod, analytics.uniqueUsersError], ["exact", 0]);
  assert.deepEqual(analytics.topEvents, [{ name: "login", count: 144 }, {
    name: "view",
    count: 144,
  }]);
  assert.deepEqual(analytics.eventDistribution.map(({ percentage }) => percentage), [50, 50]);
  assert.equal(analytics.interval, "hour");
  assert.equal(analytics.volumeData.length, 7 * 24 + 1);
  assert.equal(analytics.volumeData.reduce((sum, { events }) => sum + events, 0), 288);
  assert.equal(analytics.window.from, "2025-01-12T10:00:00.000Z");
});

Deno.test("[E-19][T-E07] days are those of the exhibition, gaps are zero", async () => {
  await using app = await openTestMetrics();
  await sendDays(app);
  const { volumeData, interval, window } = await app.metrics.analytics({
    startDate: "2025-01-10",
    endDate: "2025-01-19",
    interval: "day",
  });
  assert.equal(interval, "day");
  assert.equal(volumeData.length, 10);
  // Midnight in Seoul.
  assert.deepEqual(volumeData[0], { time: "2025-01-09T15:00:00.000Z", events: 0 });
  assert.deepEqual(volumeData[8], { time: "2025-01-17T15:00:00.000Z", events: 48 });
  assert.deepEqual(window, { from: "2025-01-09T15:00:00.000Z", to: "2025-01-19T10:30:00.000Z" });
});

Deno.test("[E-19] a period within a day is counted to the minute", async () => {
  await using app = await openTestMetrics();
  await sendDays(app);
  const { totalEvents, window } = await app.metrics.analytics({
    startDate: "2025-01-19T08:45:00Z",
    endDate: "2025-01-19T10:15:00Z",
  });
  assert.equal(totalEvents, 3);
  assert.deepEqual(window, { from: "2025-01-19T08:45:00.000Z", to: "2025-01-19T10:15:00.000Z" });
});

const REFUSED: readonly [query: Record<string, unknown>, field: string][] = [
  [{ startDate: 5 }, "startDate"],
  [{ interval: "minute" }, "interval"],
  [{ startDate: "yesterday" }, "startDate"],
  [{ endDate: "2025-13-01" }, "endDate"],
  [{ startDate: "2025-01-19", endDate: "2025-01-18" }, "startDate"],
  [{ startDate: "2023-01-01" }, "startDate"],
  [{ startDate: "2024-12-01", interval: "hour" }, "interval"],
];

for (const [query, field] of REFUSED) {
  Deno.test(`[E-19] analytics of ${JSON.stringify(query)} is refused by its ${field}`, async () => {
    await using app = await openTestMetrics();
    await assert.rejects(() => app.metrics.analytics(query), (error) => {
      assert.ok(error instanceof Error && "code" in error && "details" in error);
      assert.equal(error.code, "VALIDATION_ERROR");
      assert.equal((error.details as { field: string }).field, field);
      return true;
    });
  });
}

Deno.test("[E-19] a period that lies ahead has nothing in it", async () => {
  await using app = await openTestMetrics();
  await app.send({ eventName: "login" });
  const { totalEvents, volumeData } = await app.metrics.analytics({
    startDate: "2025-02-01",
    endDate: "2025-02-02",
  });
  assert.equal(totalEvents, 0);
  assert.deepEqual(volumeData, []);
});
