import assert from "node:assert/strict";
import { openUptime } from "../../../lib/metrics/uptime.ts";
import { testClock } from "../../support/test_clock.ts";

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;
const NOON = Date.parse("2025-01-19T12:00:00.000Z");

/** A server that lives for so many minutes. */
async function live(kv: Deno.Kv, clock: ReturnType<typeof testClock>, minutes: number) {
  const uptime = await openUptime(kv, clock);
  for (let i = 0; i < minutes; i++) {
    await uptime.beat();
    await uptime.beat();
    clock.advance(MINUTE_MS);
  }
  return uptime;
}

Deno.test("[E-17][T-E11] uptime is the share of minutes with a heartbeat, over restarts", async () => {
  using kv = await Deno.openKv(":memory:");
  const clock = testClock(NOON);
  assert.equal((await live(kv, clock, 90)).percent(), 100);
  clock.advance(10 * MINUTE_MS);
  const second = await live(kv, clock, 100);
  assert.equal(second.percent(), 95);
  assert.deepEqual(second.span(), { from: NOON, to: NOON + 200 * MINUTE_MS });
  const third = await openUptime(kv, clock);
  assert.equal(third.percent(), 95);
});

Deno.test("[E-17][T-E11] before the first minute is over, nothing was down", async () => {
  using kv = await Deno.openKv(":memory:");
  const clock = testClock(NOON + 20_000);
  const uptime = await openUptime(kv, clock);
  assert.equal(uptime.percent(), 100);
  await uptime.beat();
  clock.advance(30_000);
  assert.equal(uptime.percent(), 100);
  const { from, to } = uptime.span();
  assert.equal(from, to);
});

Deno.test("[E-17][T-E11] a minute of downtime in thirty days is not rounded away", async () => {
  using kv = await Deno.openKv(":memory:");
  const clock = testClock(NOON);
  const uptime = await openUptime(kv, clock);
  for (let minute = 0; minute < 30 * DAY_MINUTES; minute++) {
    if (minute !== 777) await uptime.beat();
    clock.advance(MINUTE_MS);
  }
  assert.equal(uptime.percent(), 99.99);
  // It is left behind, with the first of the minutes.
  for (let i = 0; i < 778; i++) {
    await uptime.beat();
    clock.advance(MINUTE_MS);
  }
  assert.equal(uptime.percent(), 100);
  assert.deepEqual((await openUptime(kv, clock)).percent(), 100);
});

Deno.test("[E-17] the first beat counts from its minute on, in either half of an hour", async () => {
  for (const minute of [0, 1, 29, 30, 31, 59]) {
    using kv = await Deno.openKv(":memory:");
    const clock = testClock(NOON + minute * MINUTE_MS);
    const uptime = await live(kv, clock, 1);
    clock.advance(MINUTE_MS);
    assert.equal(uptime.span().from, NOON + minute * MINUTE_MS);
    assert.equal(uptime.percent(), 50);
  }
});

Deno.test("[E-17] a beat that could not be stored is noted by the next one", async () => {
  using real = await Deno.openKv(":memory:");
  const clock = testClock(NOON);
  let isBroken = true;
  const kv = {
    list: real.list.bind(real),
    set: (...args: Parameters<Deno.Kv["set"]>) =>
      isBroken ? Promise.reject(new Error("disk I/O error")) : real.set(...args),
  };
  const uptime = await openUptime(kv as Deno.Kv, clock);
  await assert.rejects(() => uptime.beat());
  isBroken = false;
  await uptime.beat();
  clock.advance(MINUTE_MS);
  assert.equal((await openUptime(real, clock)).percent(), 100);
  assert.equal((await openUptime(real, clock)).span().from, NOON);
});
