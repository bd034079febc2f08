import assert from "node:assert/strict";
import type { LiveEvent } from "../../../lib/metrics/view.ts";
import { timeAgo } from "../../../lib/metrics/view.ts";
import { liveEventContract } from "../../support/metrics_contract.ts";
import { openTestMetrics } from "../../support/open_metrics.ts";
import { testClock } from "../../support/test_clock.ts";

Deno.test("[E-18][T-E03] the list has the last fifty events, the newest first, with their age", async () => {
  await using app = await openTestMetrics();
  for (let i = 0; i < 60; i++) await app.send({ eventName: `event ${i}` });
  app.clock.advance(5_000);
  const { liveEvents } = await app.metrics.dashboard();
  assert.equal(liveEvents.length, 50);
  assert.deepEqual([liveEvents[0].eventName, liveEvents[49].eventName], ["event 59", "event 10"]);
  assert.equal(liveEvents[0].timeAgo, "5s ago");
});

Deno.test("[E-18][T-E10] devices of the list are those of the interface", async () => {
  await using app = await openTestMetrics();
  const devices = ["mobile", "web", "tablet", "kiosk", undefined];
  await app.send(...devices.map((device) => ({ eventName: "a", device })));
  const { liveEvents } = await app.metrics.dashboard();
  assert.deepEqual(liveEvents.map(({ device }) => device).reverse(), [
    "mobile",
    "web",
    "tablet",
    "tablet",
    "web",
  ]);
});

Deno.test("[E-18] the list is there after a restart, without repeats", async () => {
  using kv = await Deno.openKv(":memory:");
  const clock = testClock();
  {
    await using app = await openTestMetrics({ kv, clock });
    for (let i = 0; i < 3; i++) await app.send({ eventName: `event ${i}` });
  }
  await using app = await openTestMetrics({ kv, clock });
  await app.send({ eventName: "event 3" });
  const { liveEvents } = await app.metrics.dashboard();
  assert.deepEqual(liveEvents.map((it) => it.eventName), [
    "event 3",
    "event 2",
    "event 1",
    "event 0",
  ]);
});

Deno.test("[E-06] listeners are told of what was stored, once and in order, until they leave", async () => {
  await using app = await openTestMetrics();
  const heard: LiveEvent[] = [];
  const leave = app.metrics.onEvents((events) => heard.push(...events));
  await app.send({ eventName: "a" }, { eventName: "b" });
  await app.send({ eventName: "c" });
  await app.metrics.dashboard();
  leave();
  await app.send({ eventName: "d" });
  await app.metrics.dashboard();
  assert.deepEqual(heard.map(({ eventName }) => eventName), ["a", "b", "c"]);
  for (const event of heard) liveEventContract.parse(event);
});

Deno.test("[E-06] of more than a hundred events at once the newest are told", async () => {
  await using app = await openTestMetrics();
  const arrays: (readonly LiveEvent[])[] = [];
  app.metrics.onEvents((events) => arrays.push(events));
  await app.send(...Array.from({ length: 300 }, (_, i) => ({ eventName: `event ${i}` })));
  await app.metrics.dashboard();
  assert.ok(arrays.every((events) => events.length <= 100));
  assert.equal(arrays.at(-1)?.at(-1)?.eventName, "event 299");
});

Deno.test("[E-06] a listener that fails is reported, the others are told and all is stored", async () => {
  await using app = await openTestMetrics();
  let heard = 0;
  app.metrics.onEvents(() => {
    throw new Error("gone");
  });
  app.metrics.onEvents((events) => void (heard += events.length));
  await app.send({ eventName: "a" });
  assert.equal((await app.metrics.dashboard()).totalEvents, 1);
  assert.deepEqual([heard, app.faults.length], [1, 1]);
});

Deno.test("[E-18][T-E03] timeAgo() counts whole seconds, minutes, hours and days", () => {
  const cases: [number, string][] = [
    [-5_000, "0s ago"],
    [2_900, "2s ago"],
    [59_999, "59s ago"],
    [60_000, "1m ago"],
    [3_599_999, "59m ago"],
    [7_200_000, "2h ago"],
    [86_400_000 * 3, "3d ago"],
  ];
  for (const [age, text] of cases) assert.equal(timeAgo(1_000_000_000 - age, 1_000_000_000), text);
});
