import assert from "node:assert/strict";
import { DAY_MS, HOUR_MS, hourOf } from "../../../../lib/missions/analytics/hour.ts";
import { missionKeys } from "../../../../lib/missions/keys.ts";
import { attemptRow } from "../../../support/attempt_rows.ts";
import { eventually } from "../../../support/eventually.ts";
import { faultyKv } from "../../../support/faulty_kv.ts";
import { START_AT } from "../../../support/mission_facts.ts";
import { countAttempts, openHours, storeRow } from "../../../support/stored_hours.ts";

const HOUR = hourOf(START_AT);
const DAY = { from: HOUR - 12 * HOUR_MS, to: HOUR + 12 * HOUR_MS };

async function marksIn(kv: Deno.Kv): Promise<number> {
  let marks = 0;
  for await (const _ of kv.list({ prefix: missionKeys.hourMarks })) marks++;
  return marks;
}

Deno.test("[T-M18] a marked hour is made anew by a query, and stored by a refresh", async () => {
  using kv = await Deno.openKv(":memory:");
  const hours = openHours(kv);
  await storeRow(kv, attemptRow({ attemptId: "a" }));
  await storeRow(kv, attemptRow({ attemptId: "b", startMs: HOUR_MS }));
  assert.equal(await countAttempts(hours, DAY), 2);
  assert.equal(await marksIn(kv), 2);
  assert.equal(await hours.refresh(), 2);
  assert.equal(await marksIn(kv), 0);
  assert.equal(await hours.refresh(), 0);
  assert.equal(await countAttempts(hours, DAY), 2);
});

Deno.test("after a restart stored hours are read, not their rows", async () => {
  using kv = await Deno.openKv(":memory:");
  await storeRow(kv, attemptRow({ attemptId: "a" }));
  await openHours(kv).refresh();
  await kv.delete(missionKeys.attempt("a"));
  const hours = openHours(kv);
  assert.equal(await countAttempts(hours, DAY), 1);
  // The ragged end of a span is read from rows.
  assert.equal(await countAttempts(hours, { from: START_AT, to: DAY.to }), 0);
});

Deno.test("[T-M18] an hour that changes while it is stored stays marked, and is right meanwhile", async () => {
  using real = await Deno.openKv(":memory:");
  const store = faultyKv(real);
  const hours = openHours(store.kv);
  await storeRow(real, attemptRow({ attemptId: "a" }));
  using gate = store.hold();
  const refreshing = hours.refresh();
  await eventually(() => store.commits() === 1, "the refresh commits");
  await storeRow(real, { ...attemptRow({ attemptId: "b" }), position: 2 });
  gate.open();
  assert.equal(await refreshing, 0);
  assert.equal(await marksIn(real), 1);
  assert.equal(await countAttempts(hours, DAY), 2);
  assert.equal(await hours.refresh(), 1);
  assert.equal(await countAttempts(openHours(real), DAY), 2);
});

Deno.test("an excluded attempt leaves its hour, and comes back", async () => {
  using kv = await Deno.openKv(":memory:");
  const hours = openHours(kv);
  const counts: number[] = [];
  for (const [i, by] of [null, "admin", null].entries()) {
    const exclusion = by === null ? null : { reason: "staff", by, at: START_AT };
    await storeRow(kv, { ...attemptRow({ attemptId: "a", exclusion }), position: i + 1 });
    counts.push(await countAttempts(hours, DAY));
    await hours.refresh();
    counts.push(await countAttempts(openHours(kv), DAY));
  }
  assert.deepEqual(counts, [1, 1, 0, 0, 1, 1]);
});

Deno.test("[M-67] parts have the same version until one of them changes", async () => {
  using kv = await Deno.openKv(":memory:");
  const hours = openHours(kv);
  const versionOf = async (span = DAY) =>
    (await hours.core({ missionTypes: ["portfolio", "vocabulary"], span })).version;
  await storeRow(kv, attemptRow({ attemptId: "a" }));
  const first = await versionOf();
  assert.equal(await versionOf(), first);
  await storeRow(kv, attemptRow({ attemptId: "b", startMs: 30 * HOUR_MS }));
  assert.equal(await versionOf(), first);
  await storeRow(kv, { ...attemptRow({ attemptId: "a", lastSec: 5 }), position: 2 });
  const second = await versionOf();
  assert.ok(second > first);
  await hours.refresh();
  assert.equal(await versionOf(), second);
});

Deno.test("[M-67] an hour that changes within a day that was merged is counted anew", async () => {
  using kv = await Deno.openKv(":memory:");
  const hours = openHours(kv);
  const days = { from: HOUR - 48 * HOUR_MS, to: HOUR + 48 * HOUR_MS };
  const counts: number[] = [];
  for (const [i, attemptId] of ["a", "b", "c"].entries()) {
    await storeRow(kv, { ...attemptRow({ attemptId, startMs: i * HOUR_MS }), position: i + 1 });
    counts.push(await countAttempts(hours, days));
    await hours.refresh();
    // Without a mark the day is merged; the next round marks an hour of it again.
    counts.push(await countAttempts(hours, days));
  }
  assert.deepEqual(counts, [1, 1, 2, 2, 3, 3]);
});

for (const [from, to] of [[Date.UTC(2000, 0), Date.UTC(2100, 0)], [-8.64e15, 8.64e15]]) {
  Deno.test(`a span of ${to - from} ms is read, with what there is in it`, async () => {
    using kv = await Deno.openKv(":memory:");
    const hours = openHours(kv);
    const span = { from, to };
    assert.equal(await countAttempts(hours, span), 0);
    await storeRow(kv, attemptRow({ attemptId: "a" }));
    await storeRow(kv, attemptRow({ attemptId: "b", startMs: 500 * 24 * HOUR_MS }));
    assert.equal(await countAttempts(hours, span), 2);
    await hours.refresh();
    assert.equal(await countAttempts(openHours(kv), span), 2);
    await storeRow(kv, attemptRow({ attemptId: "c", startMs: 900 * 24 * HOUR_MS }));
    assert.equal(await countAttempts(openHours(kv), span), 3);
    assert.equal(await countAttempts(openHours(kv), { from, to: START_AT - DAY_MS }), 0);
  });
}
