import assert from "node:assert/strict";
import { MAX_EVENTS_PER_BATCH } from "../../../lib/metrics/mod.ts";
import { DEVICES } from "../../../lib/metrics/view.ts";
import { apiKey } from "../../support/api_key.ts";
import { eventually } from "../../support/eventually.ts";
import { type IoClient, ioClient } from "../../support/io_client.ts";
import { ioServer, NO_FIGURES } from "../../support/io_server.ts";
import {
  analyticsContract,
  dashboardContract,
  liveEventContract,
} from "../../support/metrics_contract.ts";
import { post, type TestApp, testApp } from "../../support/test_app.ts";
import { testClock } from "../../support/test_clock.ts";

/** A program that watches the metrics. */
async function watcher(app: TestApp): Promise<IoClient> {
  const { "x-api-key": token } = await apiKey(app, "metrics:read");
  return ioClient(`${await app.listen()}/ws/metrics`, { auth: { token } });
}

/** Sends events to the server, as another program does. */
async function send(app: TestApp, ...eventNames: string[]): Promise<void> {
  const events = eventNames.map((eventName) => ({ eventName, userId: "user_1" }));
  const headers = await apiKey(app, "events:write");
  const response = await app.request("/api/events", post({ events }, headers));
  assert.equal(response.status, 201, await response.text());
}

const dashboardsOf = ({ received }: IoClient) =>
  received.filter(({ event }) => event === "dashboard_data");

Deno.test("[E-05][E-21][T-E02] the whole dashboard comes at connect, over each way to the metrics", async () => {
  await using app = await testApp();
  const url = await app.listen();
  const auth = { token: await app.adminToken() };
  for (const address of [url, `${url}/ws/metrics`, `${url}/ws/metrics/`]) {
    for (const transports of [["websocket"], ["polling"]]) {
      await using client = ioClient(address, { auth, transports });
      dashboardContract.parse(await client.next("dashboard_data"));
    }
  }
});

Deno.test("[E-05][T-E13] the dashboard comes again when it changed, else after half a minute", async () => {
  const clock = testClock();
  await using app = await testApp({ parts: { clock } });
  const { refreshMetrics } = app.docent.socketIo;
  await refreshMetrics();
  await using client = await watcher(app);
  assert.equal((await client.next("dashboard_data")).totalEvents, 0);
  await refreshMetrics();
  await client.next("dashboard_data");
  await send(app, "login", "purchase");
  clock.advance(5_000);
  await refreshMetrics();
  const { totalEvents, topEvents } = dashboardContract.parse(await client.next("dashboard_data"));
  assert.equal(totalEvents, 2);
  assert.deepEqual(topEvents.map(({ name }) => name), ["login", "purchase"]);
  // Time alone is no change, until it is a sign of life.
  for (let at = 5_000; at < 30_000; at += 5_000) {
    clock.advance(5_000);
    await refreshMetrics();
  }
  await client.settled();
  assert.equal(dashboardsOf(client).length, 3);
  clock.advance(5_000);
  await refreshMetrics();
  await client.next("dashboard_data");
});

Deno.test("[E-05][E-19][E-21] with 10 000 events all that comes keeps its form", async () => {
  await using app = await testApp();
  await using client = await watcher(app);
  await client.next("dashboard_data");
  const origin = { source: "key_1", country: "KR", device: "web" } as const;
  const batch = Array.from({ length: MAX_EVENTS_PER_BATCH }, (_, i) => ({
    eventName: `event ${i % 40}`,
    userId: i % 3 === 0 ? null : `user_${i}`,
    device: DEVICES[i % DEVICES.length],
    referrer: i % 2 === 0 ? "https://example.org/a?b=c" : null,
  }));
  for (let sent = 0; sent < 10_000; sent += batch.length) {
    await app.docent.metrics.record(batch, origin);
  }
  await app.docent.socketIo.refreshMetrics();
  const { totalEvents, eventDistribution } = dashboardContract.parse(
    await client.next("dashboard_data"),
  );
  assert.equal(totalEvents, 10_000);
  assert.equal(eventDistribution.at(-1)?.name, "other");
  const answer = await client.ask("analytics:get");
  assert.ok(answer.success);
  assert.equal(analyticsContract.parse(answer.data).totalEvents, 10_000);
  const arrays = client.received.filter(({ event }) => event === "events");
  assert.notEqual(arrays.length, 0);
  for (const { payload } of arrays) liveEventContract.array().min(1).max(100).parse(payload);
});

Deno.test("[E-06][T-E03] new events come as arrays at once, the oldest first", async () => {
  await using app = await testApp();
  await using client = await watcher(app);
  await client.next("dashboard_data");
  await send(app, "login", "purchase");
  const events = liveEventContract.array().parse(await client.next("events"));
  assert.deepEqual(events.map(({ eventName }) => eventName), ["login", "purchase"]);
  await send(app, "logout");
  assert.deepEqual((await client.next("events")).map(({ eventName }) => eventName), ["logout"]);
});

Deno.test("[E-19][T-E12] analytics are answered to the callback, a bad query is refused by its field", async () => {
  await using app = await testApp();
  await using client = await watcher(app);
  await send(app, "login");
  for (const query of [[], [null], [{}], [{ interval: "day" }]]) {
    const answer = await client.ask("analytics:get", ...query);
    assert.ok(answer.success, JSON.stringify(answer));
    assert.equal(analyticsContract.parse(answer.data).totalEvents, 1);
  }
  const table: [query: unknown, field: string][] = [
    [{ interval: "minute" }, "interval"],
    [{ startDate: "yesterday" }, "startDate"],
    [{ startDate: "2020-01-01" }, "startDate"],
    ["text", "query"],
    [[], "query"],
    [7, "query"],
  ];
  for (const [query, field] of table) {
    const answer = await client.ask("analytics:get", query);
    assert.ok(!answer.success);
    assert.deepEqual([answer.error.code, answer.error.details?.field], ["VALIDATION_ERROR", field]);
  }
});

Deno.test("[T-E14] a key without the scope hears nothing of the metrics, a revoked one no more", async () => {
  await using app = await testApp();
  const url = await app.listen();
  const { "x-api-key": token } = await apiKey(app, "events:write");
  await using refused = ioClient(`${url}/ws/metrics`, { auth: { token } });
  assert.equal((await refused.refused()).data?.code, "FORBIDDEN");
  await using elsewhere = ioClient(url, { auth: { token } });
  await elsewhere.next("connected");
  for (const [event, payload] of [["analytics:get", {}], ["join", "metrics"]] as const) {
    const answer = await elsewhere.ask(event, payload);
    assert.equal(!answer.success && answer.error.code, "FORBIDDEN");
  }
  await using client = await watcher(app);
  const { userId } = await client.next("connected");
  const gone = client.gone();
  await app.request(`/api/admin/api-keys/${userId}`, {
    method: "DELETE",
    headers: { authorization: `Bearer ${await app.adminToken()}` },
  });
  await app.docent.socketIo.recheck();
  assert.equal(await gone, "io server disconnect");
  await using again = ioClient(`${url}/ws/metrics`, { auth: { token: "ak_of-nobody" } });
  assert.equal((await again.refused()).data?.code, "AUTH_FAILED");
});

Deno.test("[E-05] nothing is counted for nobody, and after a failed count it goes on", async () => {
  let counts = 0;
  const dashboard = () => {
    counts++;
    return Promise.reject(new Error("No disk"));
  };
  await using server = await ioServer({ metrics: { ...NO_FIGURES, dashboard } });
  await using nobody = ioClient(server.url);
  await nobody.next("connected");
  await server.socketIo.refreshMetrics();
  assert.equal(counts, 0);
  await using client = ioClient(server.url, { auth: { token: "staff:a" } });
  await client.settled();
  await eventually(() => server.faults.length === 1, "the failure is told");
  await assert.rejects(server.socketIo.refreshMetrics(), /No disk/);
  assert.equal(counts, 2);
  await client.settled();
});
