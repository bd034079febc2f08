import assert from "node:assert/strict";
import { AppError } from "../../../lib/errors.ts";
import { ATTEMPT_STATUSES } from "../../../lib/missions/schema.ts";
import { arrivalOf, MISSIONS, START_AT } from "../../support/mission_facts.ts";
import { openTestMissions } from "../../support/open_missions.ts";
import { SESSION_ID } from "../../support/test_app.ts";
import { differencesOf } from "../../support/verifying.ts";
import { playVisit } from "../../support/visits.ts";

const NO_KEYS = { kioskId: null, idempotencyKey: null };

Deno.test("[M-70] an attempt whose history cannot be read is told and left out, the others get their rows", async () => {
  await using app = await openTestMissions();
  const good = await playVisit(app.missions);
  const bad = await playVisit(app.missions, { startSec: 60 });
  const row = await app.missions.get(good);
  const [part] = await Array.fromAsync(app.history.parts(bad));
  await app.kv.set(part.key, new TextEncoder().encode("[["));

  assert.equal(app.rebuilds(), 0, "a new file has nothing to make anew");
  await app.missions.rebuild();
  assert.equal(app.rebuilds(), 1);
  assert.deepEqual(
    app.faults.map((fault) => fault instanceof AppError && fault.details?.key),
    [part.key.join("/")],
  );
  assert.deepEqual(await app.missions.get(good), row);
  await assert.rejects(app.missions.get(bad), { code: "NOT_FOUND" });
  const { rows, total } = await app.missions.list({
    missionTypes: MISSIONS.types,
    statuses: ATTEMPT_STATUSES,
    sort: "startTime",
    order: "asc",
    limit: 10,
    offset: 0,
  });
  assert.deepEqual([rows.map(({ attemptId }) => attemptId), total], [[good], 1]);
});

Deno.test("[M-70] an attempt whose history cannot be read acknowledges nothing more", async () => {
  await using app = await openTestMissions({ gateLimits: { idleGates: 0, bytes: 0 } });
  const attemptId = await playVisit(app.missions);
  const [part] = await Array.fromAsync(app.history.parts(attemptId));
  await app.kv.set(part.key, new TextEncoder().encode("[["));
  await app.missions.rebuild();
  const late = app.missions.record(attemptId, arrivalOf("page_view", 1));
  await assert.rejects(late, { code: "DATABASE_ERROR" });
});

Deno.test("[M-70] rows of hundreds of attempts with the longest ids are made together, and made anew", async () => {
  await using app = await openTestMissions();
  const ids = await Promise.all(Array.from({ length: 400 }, async (_, i) => {
    const input = { sessionId: SESSION_ID, missionType: "vocabulary", timestamp: START_AT + i };
    // Its number of 128 bits is written out.
    const started = { ...input, attemptId: crypto.randomUUID() };
    const { attemptId } = await app.missions.start(started, NO_KEYS);
    await app.missions.record(attemptId, arrivalOf("mission_completed", 80));
    return attemptId;
  }));
  await app.missions.get(ids[0]);
  const before = await app.attempts.findMany(ids);
  await app.missions.rebuild();
  assert.deepEqual((await differencesOf(app.kv)).found, []);
  assert.deepEqual(await app.attempts.findMany(ids), before);
});
