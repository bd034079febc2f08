import assert from "node:assert/strict";
import { START_AT } from "../../support/mission_facts.ts";
import { openTestMissions } from "../../support/open_missions.ts";
import { SESSION_ID } from "../../support/test_app.ts";

type App = Awaited<ReturnType<typeof openTestMissions>>;

async function start(app: App, test?: boolean, kioskId: string | null = null): Promise<string> {
  const input = { sessionId: SESSION_ID, missionType: "portfolio", timestamp: START_AT, test };
  return (await app.missions.start(input, { kioskId, idempotencyKey: null })).attemptId;
}

async function excludedIds({ missions }: App, page = { limit: 10, offset: 0 }) {
  const { rows, hasMore } = await missions.listExcluded(page);
  return { ids: rows.map(({ attemptId }) => attemptId), hasMore };
}

Deno.test("an exclusion has a reason, a name and a time; another reason takes its place", async () => {
  await using app = await openTestMissions();
  const attemptId = await start(app);
  const at = app.clock.now();
  const { exclusion } = await app.missions.exclude(attemptId, { reason: "staff", by: "kim" });
  assert.deepEqual(exclusion, { reason: "staff", by: "kim", at });
  app.clock.advance(1_000);
  await app.missions.exclude(attemptId, { reason: "staff", by: "lee" });
  assert.deepEqual((await app.missions.get(attemptId)).exclusion, exclusion);
  const other = await app.missions.exclude(attemptId, { reason: "broken kiosk", by: "lee" });
  assert.deepEqual(other.exclusion, { reason: "broken kiosk", by: "lee", at: at + 1_000 });
});

Deno.test("an exclusion can be undone, and the history tells of both", async () => {
  await using app = await openTestMissions();
  const attemptId = await start(app);
  await app.missions.include(attemptId, { by: "kim" });
  await app.missions.exclude(attemptId, { reason: "staff", by: "kim" });
  assert.equal((await app.missions.include(attemptId, { by: "lee" })).exclusion, null);
  const told = (await app.history.read(attemptId)).map(({ fact }) => fact);
  const at = app.clock.now();
  assert.deepEqual(told.slice(1), [
    { type: "missions.excluded", attemptId, reason: "staff", by: "kim", at },
    { type: "missions.included", attemptId, by: "lee", at },
  ]);
});

Deno.test("excluded attempts are listed, the last excluded first, page by page", async () => {
  await using app = await openTestMissions();
  const ids: string[] = [];
  for (let i = 0; i < 5; i++) {
    ids.push(await start(app));
    app.clock.advance(1_000);
    await app.missions.exclude(ids[i], { reason: "staff", by: "kim" });
  }
  await start(app);
  await app.missions.include(ids[2], { by: "kim" });
  const newest = [ids[4], ids[3], ids[1], ids[0]];
  assert.deepEqual(await excludedIds(app), { ids: newest, hasMore: false });
  const [first, second] = [{ limit: 3, offset: 0 }, { limit: 3, offset: 3 }];
  assert.deepEqual(await excludedIds(app, first), { ids: newest.slice(0, 3), hasMore: true });
  assert.deepEqual(await excludedIds(app, second), { ids: newest.slice(3), hasMore: false });
});

Deno.test("a test attempt is excluded from its start, by its kiosk", async () => {
  await using app = await openTestMissions();
  const at = app.clock.now();
  const anonymous = await app.missions.get(await start(app, true));
  assert.deepEqual(anonymous.exclusion, { reason: "test", by: "kiosk", at });
  const known = await app.missions.get(await start(app, true, "hall-1"));
  assert.deepEqual(known.exclusion, { reason: "test", by: "hall-1", at });
  assert.equal((await app.missions.get(await start(app, false))).exclusion, null);
  assert.equal((await excludedIds(app)).ids.length, 2);
});

Deno.test("exclusions outlast a rebuild", async () => {
  await using app = await openTestMissions();
  const attemptId = await start(app);
  const before = await app.missions.exclude(attemptId, { reason: "staff", by: "kim" });
  await app.missions.rebuild();
  assert.deepEqual(await app.missions.get(attemptId), before);
  assert.deepEqual(await excludedIds(app), { ids: [attemptId], hasMore: false });
});

Deno.test("an attempt that is not known is neither excluded nor included", async () => {
  await using app = await openTestMissions();
  const exclusion = { reason: "staff", by: "kim" };
  await assert.rejects(() => app.missions.exclude("attempt_1", exclusion), { code: "NOT_FOUND" });
  await assert.rejects(() => app.missions.include("attempt_1", exclusion), { code: "NOT_FOUND" });
});

Deno.test("[M-11] lists and their totals have excluded attempts all the same", async () => {
  await using app = await openTestMissions();
  const attemptId = await start(app);
  await app.missions.exclude(attemptId, { reason: "staff", by: "kim" });
  const { rows, total } = await app.missions.list({
    missionTypes: ["portfolio"],
    statuses: ["pending"],
    sort: "startTime",
    order: "desc",
    limit: 10,
    offset: 0,
  });
  assert.deepEqual([rows.length, total, rows[0].exclusion?.reason], [1, 1, "staff"]);
});
