import assert from "node:assert/strict";
import { encodeJson } from "../../../../lib/kv/json_value.ts";
import { logKeys } from "../../../../lib/log/keys.ts";
import { openStoredLog } from "../../../../lib/log/mod.ts";
import { missionKeys } from "../../../../lib/missions/keys.ts";
import { ATTEMPTS_PROJECTION } from "../../../../lib/missions/projection.ts";
import { START_AT } from "../../../support/mission_facts.ts";
import { openTestMissions } from "../../../support/open_missions.ts";
import { differencesOf } from "../../../support/verifying.ts";
import { playVisit, VISIT } from "../../../support/visits.ts";

type TestMissions = Awaited<ReturnType<typeof openTestMissions>>;

/** Attempts in two missions and hours: in order, out of order, running, excluded, expired. */
async function exhibition(): Promise<TestMissions & { readonly first: string }> {
  const app = await openTestMissions();
  const first = await playVisit(app.missions);
  await playVisit(app.missions, { startSec: 60, missionType: "vocabulary" });
  await playVisit(app.missions, { startSec: 3_700, events: [VISIT[4], VISIT[2], VISIT[0]] });
  const staff = await playVisit(app.missions, { startSec: 90 });
  await app.missions.exclude(staff, { reason: "staff", by: "admin" });
  app.clock.advance(5 * 3_600_000);
  await playVisit(app.missions, { startSec: 120, events: VISIT.slice(0, 2) });
  await app.missions.expireStale();
  await playVisit(app.missions, { startSec: 200, events: [] });
  await app.missions.refreshHours();
  await atRest(app);
  return { ...app, first };
}

/** As a server that stopped leaves its store: what is read has all of the log. */
async function atRest({ missions }: TestMissions): Promise<void> {
  await missions.realtime();
}

Deno.test("[M-70] a store that was written by the server has no difference", async () => {
  await using app = await exhibition();
  const { found, verified } = await differencesOf(app.kv);
  assert.deepEqual(found, []);
  assert.deepEqual([verified.attempts, verified.differences], [6, 0]);
  assert.ok(verified.facts > 25);
});

Deno.test("[M-70] an empty store has no difference", async () => {
  await using app = await openTestMissions();
  assert.deepEqual((await differencesOf(app.kv)).verified, {
    attempts: 0,
    facts: 0,
    waiting: 0,
    areRowsOutdated: false,
    differences: 0,
  });
});

Deno.test("[M-70] facts that a killed server had not put into rows are counted, not faulted", async () => {
  await using app = await exhibition();
  // The rows stop following; what is acknowledged from here on is in the log alone.
  await app.log.close();
  await playVisit(app.missions, { startSec: 300, events: VISIT.slice(0, 2) });
  const { found, verified } = await differencesOf(app.kv);
  assert.deepEqual([found, verified.attempts, verified.waiting], [[], 6, 3]);
});

Deno.test("[M-70] rows of a program of another version are not compared, their facts are", async () => {
  await using app = await exhibition();
  const { position } = await openStoredLog(app.kv, {}).cursor(ATTEMPTS_PROJECTION);
  await app.kv.set(logKeys.cursor(ATTEMPTS_PROJECTION), encodeJson({ position, version: 1 }));
  await app.kv.set(missionKeys.attempt(app.first), encodeJson({ of: "another form" }));
  const { found, verified } = await differencesOf(app.kv);
  assert.deepEqual([found, verified.attempts, verified.areRowsOutdated], [[], 6, true]);
  assert.ok(verified.facts > 25);

  const [part] = await Array.fromAsync(app.history.parts(app.first));
  await app.kv.set(part.key, encodeJson([[1, { type: "missions.unknown" }]]));
  const broken = await differencesOf(app.kv);
  assert.equal(broken.found[0], `${app.first} A fact of the history cannot be read`);
});

Deno.test("[M-70] a row that was changed is told by its fields", async () => {
  await using app = await exhibition();
  const row = await app.missions.get(app.first);
  const changed = { ...row, eventCount: 99, kioskId: "kiosk_other" };
  await app.kv.set(missionKeys.attempt(app.first), encodeJson(changed));
  const { found } = await differencesOf(app.kv);
  assert.deepEqual(found, [`${app.first} Row differs from its history in kioskId, eventCount`]);
});

Deno.test("[M-70] a row that is missing is told, with what stands for it", async () => {
  await using app = await exhibition();
  await app.kv.delete(missionKeys.attempt(app.first));
  const { found } = await differencesOf(app.kv);
  assert.ok(found.includes(`${app.first} Row is missing`));
  assert.ok(found.includes("- Count of portfolio completed is 3, rows are 2"));
  assert.ok(found.some((line) => line.includes("Index entry has no row: missions/attempts_by_")));
});

Deno.test("[M-70] a history that is missing, or cannot be read, is told", async () => {
  await using app = await exhibition();
  const [part] = await Array.fromAsync(app.history.parts(app.first));
  await app.kv.set(part.key, encodeJson([[1, { type: "missions.forgotten" }]]));
  assert.deepEqual((await differencesOf(app.kv)).found, [
    `${app.first} A fact of the history cannot be read`,
    // Its row is not compared, and so not counted.
    "- Count of portfolio completed is 3, rows are 2",
    ...(await differencesOf(app.kv)).found.slice(2),
  ]);
  for await (const { key } of app.kv.list({ prefix: missionKeys.history(app.first) })) {
    await app.kv.delete(key);
  }
  assert.deepEqual((await differencesOf(app.kv)).found, [
    `${app.first} History is missing, or has no start`,
    `${app.first} History lacks 7 facts of the log, the first is "missions.attempt_started" of position 1`,
  ]);
});

Deno.test("[M-70] an index entry too few and one too many are told", async () => {
  await using app = await exhibition();
  const missing = missionKeys.started(START_AT, "portfolio", app.first);
  await app.kv.delete(missing);
  await app.kv.set(missionKeys.ended(START_AT, "completed", app.first), null);
  const { found } = await differencesOf(app.kv);
  assert.deepEqual(found.slice(0, 2), [
    `${app.first} Index entry is missing: ${missing.join("/")}`,
    `${app.first} Index entry has no row: missions/attempts_by_end/${START_AT}/completed/${app.first}`,
  ]);
});

Deno.test("[M-70] counts that are off are told", async () => {
  await using app = await exhibition();
  const counts = await app.attempts.counts();
  const changed = { ...counts, portfolio: { ...counts.portfolio, quitted: 7 } };
  await app.kv.set(missionKeys.counts, encodeJson(changed));
  const { found } = await differencesOf(app.kv);
  assert.deepEqual(found, ["- Count of portfolio quitted is 7, rows are 0"]);
});

Deno.test("[M-70] figures of an hour that are off are told, unless the hour is marked", async () => {
  await using app = await exhibition();
  const hour = Math.floor(START_AT / 3_600_000) * 3_600_000;
  const place = { kind: "core", missionType: "vocabulary", hour };
  for await (const { key } of app.kv.list({ prefix: missionKeys.hour(place) })) {
    await app.kv.delete(key);
  }
  assert.deepEqual((await differencesOf(app.kv)).found, [
    "- Hour 2025-01-19T10:00:00.000Z of vocabulary has no core figures and is not marked",
  ]);
  const other = { kind: "core", missionType: "portfolio", hour };
  for await (const { key, value } of app.kv.list({ prefix: missionKeys.hour(other) })) {
    await app.kv.set([...key.slice(0, 3), "vocabulary", ...key.slice(4)], value);
  }
  assert.deepEqual((await differencesOf(app.kv)).found, [
    "- Hour 2025-01-19T10:00:00.000Z of vocabulary has other core figures",
  ]);
  await app.kv.set(missionKeys.hourMark("vocabulary", hour), encodeJson({ position: 1 }));
  assert.deepEqual((await differencesOf(app.kv)).found, []);
  const empty = { ...place, hour: hour - 3_600_000 };
  await app.kv.set(missionKeys.hourPart(empty, 0), new Uint8Array(8));
  assert.deepEqual((await differencesOf(app.kv)).found, [
    "- Hour 2025-01-19T09:00:00.000Z of vocabulary has core figures and no attempts",
  ]);
});

Deno.test("[M-70] what a rebuild makes has no difference", async () => {
  await using app = await exhibition();
  await app.kv.delete(missionKeys.attempt(app.first));
  await app.kv.set(missionKeys.counts, encodeJson({}));
  await app.missions.rebuild();
  assert.deepEqual((await differencesOf(app.kv)).found, []);
});

Deno.test("[M-70] a history that lacks what the log has is told, though the row fits it", async () => {
  await using app = await exhibition();
  const parts = await Array.fromAsync(app.history.parts(app.first));
  const records = parts.flatMap((part) =>
    part.records.map(({ position, fact }) => [position, fact])
  );
  for (const { key } of parts) await app.kv.delete(key);
  const [start, ...rest] = records;
  await app.kv.set(parts[0].key, encodeJson([start, ...rest.slice(1)]));
  const { found } = await differencesOf(app.kv);
  assert.match(found.at(-1) ?? "", / History lacks 1 facts of the log, .*event_recorded.* 2$/);
});

Deno.test("[M-70] a hole in the log and a log that ends too early are told", async () => {
  await using app = await exhibition();
  const keys = await Array.fromAsync(app.kv.list({ prefix: ["log", "entries"] }), (it) => it.key);
  const positions = keys.map((key) => Number(key.at(-1)));
  await app.kv.delete(keys[1]);
  await app.kv.delete(keys[keys.length - 1]);
  const last = positions[positions.length - 1];
  assert.deepEqual((await differencesOf(app.kv)).found, [
    `- Log has no fact of position ${positions[1]}`,
    `- Log ends at position ${last - 1}, its head says ${app.log.head()}`,
  ]);
});

Deno.test("[M-70] counts that cannot be read are told with their key, the rest is compared", async () => {
  await using app = await exhibition();
  await app.kv.set(missionKeys.counts, encodeJson("many"));
  assert.deepEqual((await differencesOf(app.kv)).found, [
    "- Stored value cannot be read: missions/counts",
  ]);
});
