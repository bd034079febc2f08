import assert from "node:assert/strict";
import type { AttemptRow } from "../../../lib/missions/schema.ts";
import { ALL_ATTEMPTS, exportFacts, importLines } from "../../support/facts_file.ts";
import { arrivalOf } from "../../support/mission_facts.ts";
import { openTestMissions } from "../../support/open_missions.ts";
import { differencesOf } from "../../support/verifying.ts";
import { playVisit, VISIT } from "../../support/visits.ts";

const HOUR_MS = 3_600_000;
const DAYS_30 = 30 * 24 * HOUR_MS;
const PERIOD = { missionType: "all", startDate: "2025-01-01", endDate: "2025-12-31" };
const DETAIL = { detail: true };

type TestMissions = Awaited<ReturnType<typeof openTestMissions>>;

/** Two visits of a day, and 30 days later, less an hour, a third and one that is under way. */
async function exhibition(): Promise<TestMissions & { readonly old: readonly string[] }> {
  const app = await openTestMissions({ retainEventsDays: 30 });
  const old = [
    await playVisit(app.missions),
    await playVisit(app.missions, {
      startSec: 60,
      missionType: "vocabulary",
      events: [VISIT[0], VISIT[4]],
    }),
  ];
  app.clock.advance(DAYS_30 - HOUR_MS);
  const startSec = (DAYS_30 - HOUR_MS) / 1000;
  await playVisit(app.missions, { startSec });
  await playVisit(app.missions, { startSec, events: VISIT.slice(0, 2) });
  return { ...app, old };
}

/** Until nothing is too old any more. */
async function makeOld({ clock, missions }: TestMissions): Promise<number> {
  clock.advance(2 * HOUR_MS);
  return await missions.removeOldEvents();
}

/** What stays of a row; the position in the log and the change itself do not. */
function staying({ position: _p, updatedAt: _u, eventsRemovedAt: _e, ...row }: AttemptRow) {
  return row;
}

Deno.test("[M-70] events that are too old are removed, the rows and every figure stay", async () => {
  await using app = await exhibition();
  const { missions, old } = app;
  const rows = await Promise.all(old.map(missions.get));
  const figures = await missions.missionAnalytics(PERIOD, DETAIL);
  assert.equal(await missions.removeOldEvents(), 0, "they are not old enough");
  assert.equal(await makeOld(app), 2);
  assert.equal(await missions.removeOldEvents(), 0, "they are removed once");

  for (const before of rows) {
    const row = await missions.get(before.attemptId);
    assert.equal(row.eventsRemovedAt, app.clock.now());
    assert.deepEqual(staying(row), staying(before));
    const page = await missions.events(row.attemptId, {});
    assert.deepEqual(page.events, []);
    assert.deepEqual(page.eventsRemoved, { at: app.clock.now(), count: before.eventCount });
    const kept = await app.history.read(row.attemptId);
    assert.deepEqual(kept.map(({ fact }) => fact.type), ["missions.events_removed"]);
  }
  const after = await missions.missionAnalytics(PERIOD, DETAIL);
  assert.deepEqual({ ...after, generatedAt: 0 }, { ...figures, generatedAt: 0 });
});

Deno.test("[M-70] attempts that are young, run, or had no events keep what they have", async () => {
  await using app = await exhibition();
  const none = await playVisit(app.missions, { events: [] });
  await app.missions.expireStale();
  const running = await playVisit(app.missions, { events: VISIT.slice(0, 1) });
  await makeOld(app);
  const { rows } = await app.missions.list({
    missionTypes: ["portfolio", "vocabulary"],
    statuses: ["pending", "in_progress", "completed", "expired"],
    sort: "startTime",
    order: "asc",
    limit: 100,
    offset: 0,
  });
  const removed = rows.filter((row) => row.eventsRemovedAt !== null).map((row) => row.attemptId);
  assert.deepEqual(removed.sort(), app.old.toSorted());
  assert.equal((await app.history.read(none)).length > 0, true);
  assert.equal((await app.missions.events(running, {})).events.length, 1);
  assert.equal((await app.missions.events(running, {})).eventsRemoved, null);
});

Deno.test("[M-70] without a setting nothing is removed, however old it is", async () => {
  await using app = await openTestMissions();
  const attemptId = await playVisit(app.missions);
  app.clock.advance(100 * 365 * 24 * HOUR_MS);
  assert.equal(await app.missions.removeOldEvents(), 0);
  assert.equal((await app.missions.events(attemptId, {})).events.length, 5);
});

Deno.test("[M-70] many old attempts are taken a thousand at a call", async () => {
  await using app = await openTestMissions({ retainEventsDays: 1 });
  const play = () => playVisit(app.missions, { events: [VISIT[4]] });
  for (let i = 0; i < 1_050; i += 50) await Promise.all(Array.from({ length: 50 }, play));
  app.clock.advance(25 * HOUR_MS);
  assert.equal(await app.missions.removeOldEvents(), 1_000);
  assert.equal(await app.missions.removeOldEvents(), 50);
});

Deno.test("[M-70] verification and a rebuild know attempts without events", async () => {
  await using app = await exhibition();
  await makeOld(app);
  // What comes later goes on top of what stayed.
  await app.missions.exclude(app.old[0], { reason: "staff", by: "admin" });
  await app.missions.review(app.old[1], { rating: 2, feedback: "나중에" });
  await app.missions.refreshHours();
  const rows = await Promise.all(app.old.map(app.missions.get));
  assert.deepEqual([rows[0].exclusion?.reason, rows[1].review?.rating], ["staff", 2]);
  assert.deepEqual((await differencesOf(app.kv)).found, []);
  await app.missions.rebuild();
  assert.deepEqual(await Promise.all(app.old.map(app.missions.get)), rows);
  assert.deepEqual((await differencesOf(app.kv)).found, []);
});

Deno.test("[M-70] an attempt without events takes none, and connects nobody; numbers stay exact", async () => {
  await using app = await exhibition();
  await makeOld(app);
  const [attemptId] = app.old;
  await refusesEvents(app, attemptId);
  await app.log.close();
  await using restarted = await openTestMissions({
    kv: app.kv,
    clock: app.clock,
    retainEventsDays: 30,
  });
  await refusesEvents(restarted, attemptId);
  assert.deepEqual(app.refusals, ["events_removed"]);
  assert.equal((await restarted.missions.get(attemptId)).eventCount, 5);
});

async function refusesEvents({ missions }: TestMissions, attemptId: string): Promise<void> {
  const late = arrivalOf("page_view", 3, { clientEventId: crypto.randomUUID() });
  await assert.rejects(missions.record(attemptId, late), {
    code: "ATTEMPT_EXPIRED",
    message: "Events of this attempt were removed",
  });
  await assert.rejects(missions.connect(attemptId, "conn_1", "hash"), {
    code: "ATTEMPT_EXPIRED",
  });
}

Deno.test("[M-18][M-70] nothing is removed while an export is read, and it has all that it told", async () => {
  await using app = await exhibition();
  app.clock.advance(2 * HOUR_MS);
  const opened = await app.missions.openExport("events", ALL_ATTEMPTS);
  assert.equal(await app.missions.removeOldEvents(), 0);
  const records = (await Array.fromAsync(opened.pages)).flat();
  assert.equal(records.length, opened.recordCount);
  assert.equal(await app.missions.removeOldEvents(), 2);
});

Deno.test("[M-70] a reader that went away without a word does not keep events for ever", async () => {
  await using app = await exhibition();
  app.clock.advance(2 * HOUR_MS);
  await app.missions.openExport("events", ALL_ATTEMPTS);
  assert.equal(await app.missions.removeOldEvents(), 0);
  app.clock.advance(11 * 60_000);
  assert.equal(await app.missions.removeOldEvents(), 2);
});

Deno.test("[M-18][M-70] exports say of how many attempts the events were removed", async () => {
  await using app = await exhibition();
  const before = await app.missions.openExport("events", ALL_ATTEMPTS);
  await Array.fromAsync(before.pages);
  await makeOld(app);
  const events = await app.missions.openExport("events", ALL_ATTEMPTS);
  assert.deepEqual([before.recordCount, before.withoutEvents], [14, 0]);
  assert.deepEqual([events.recordCount, events.withoutEvents], [7, 2]);
  const attempts = await app.missions.openExport("attempts", ALL_ATTEMPTS);
  const column = attempts.columns.findIndex(({ name }) => name === "eventsRemovedAt");
  const told = (await Array.fromAsync(attempts.pages)).flat().map((cells) => cells[column]);
  const at = new Date(app.clock.now()).toISOString();
  assert.deepEqual(told, [at, at, null, null]);
});

Deno.test("[M-18][M-70] what is left of removed events is imported elsewhere with its figures, once", async () => {
  await using source = await exhibition();
  await makeOld(source);
  await source.missions.exclude(source.old[0], { reason: "staff", by: "admin" });
  await source.missions.review(source.old[1], { rating: 5 });
  await using target = await openTestMissions();
  const facts = await exportFacts(source.missions);
  const report = await importLines(target.missions, facts);
  assert.deepEqual(
    [report.imported, report.refused, report.attempts],
    [facts.length, 0, 4],
    JSON.stringify(report.faults),
  );
  const again = await importLines(target.missions, facts);
  assert.deepEqual([again.known, again.refused], [facts.length, 0]);
  for (const attemptId of source.old) {
    const [here, there] = [
      await source.missions.get(attemptId),
      await target.missions.get(attemptId),
    ];
    assert.deepEqual({ ...there, position: 0 }, { ...here, position: 0 });
  }
  assert.deepEqual((await differencesOf(target.kv)).found, []);
});

Deno.test("[M-18][M-70] an older export does not bring removed events back, nor remove what is here", async () => {
  await using app = await exhibition();
  const older = await exportFacts(app.missions);
  await using mirror = await openTestMissions();
  await importLines(mirror.missions, older);
  await makeOld(app);
  const newer = await exportFacts(app.missions);

  const back = await importLines(app.missions, older);
  assert.equal(back.imported, 0);
  assert.equal(back.faults[0].message, "Events of this attempt were removed here");
  assert.equal((await app.missions.events(app.old[0], {})).events.length, 0);
  const removed = await importLines(mirror.missions, newer);
  assert.deepEqual([removed.imported, removed.refused], [0, 2]);
  assert.equal(removed.faults[0].message, "Attempt has its events here");
  assert.equal((await mirror.missions.events(app.old[0], {})).events.length, 5);
  assert.deepEqual((await differencesOf(app.kv)).found, []);
});

const BAD_ROWS: readonly [what: string, change: Record<string, unknown>, field: string][] = [
  ["another attempt's row", { attemptId: "attempt_1" }, "row.attemptId"],
  ["a mission that is not here", { missionType: "unknown" }, "missionType"],
  ["a rating of 9", { review: { reviewId: "review_1", rating: 9 } }, "review.rating"],
  ["a number of events below 0", { eventCount: -1 }, "eventCount"],
  ["no lifecycle", { lifecycle: undefined }, "row.lifecycle"],
];

for (const [what, change, field] of BAD_ROWS) {
  Deno.test(`[M-18] an import refuses removed events with ${what}`, async () => {
    await using source = await exhibition();
    await makeOld(source);
    const [fact] = await exportFacts(source.missions);
    assert.ok(fact.type === "missions.events_removed" && fact.row !== undefined);
    await using target = await openTestMissions();
    const review = { ...fact.row.review, ...Object(change.review) };
    const row = { ...fact.row, ...change, review };
    const { imported, faults } = await importLines(target.missions, [{ ...fact, row }]);
    assert.equal(imported, 0);
    assert.equal(faults[0].field, field, JSON.stringify(faults));
  });
}
