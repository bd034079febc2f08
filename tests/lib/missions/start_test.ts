import assert from "node:assert/strict";
import type { StartOptions } from "../../../lib/missions/start.ts";
import type { AppError } from "../../../lib/errors.ts";
import { failingKv } from "../../support/failing_kv.ts";
import { PORTFOLIO, START_AT } from "../../support/mission_facts.ts";
import { openTestMissions } from "../../support/open_missions.ts";
import { SESSION_ID } from "../../support/test_app.ts";

const INPUT = { sessionId: SESSION_ID, missionType: "portfolio", timestamp: START_AT } as const;
const OTHER = { ...INPUT, timestamp: START_AT + 1 };
const PLAIN: StartOptions = { kioskId: null, idempotencyKey: null };
const KEYED: StartOptions = { kioskId: null, idempotencyKey: "key-1" };

const isConflict = (error: AppError) =>
  error.code === "CONFLICT" && error.details?.field === "Idempotency-Key";

Deno.test("[M-01][M-03] each start without a key is an attempt of its own, pending", async () => {
  await using app = await openTestMissions();
  const first = await app.missions.start(INPUT, PLAIN);
  const second = await app.missions.start(INPUT, PLAIN);
  assert.notEqual(first.attemptId, second.attemptId);
  assert.equal(first.sessionId, SESSION_ID);
  const row = await app.missions.get(first.attemptId);
  assert.deepEqual([row.lifecycle.phase, row.startAt], ["pending", START_AT]);
});

Deno.test("[M-02][T-M03] starts in one millisecond have ids of their own, within 50 characters", async () => {
  await using app = await openTestMissions();
  const starts = Array.from({ length: 200 }, () => app.missions.start(INPUT, PLAIN));
  const ids = (await Promise.all(starts)).map(({ attemptId }) => attemptId);
  assert.equal(new Set(ids).size, 200);
  for (const id of ids) assert.match(id, /^attempt_\d{22}$/);
});

Deno.test("[T-M27] the mission is found in any letter case and stored in its own", async () => {
  await using app = await openTestMissions();
  const { attemptId } = await app.missions.start({ ...INPUT, missionType: "VocaBULARY" }, PLAIN);
  assert.equal((await app.missions.get(attemptId)).missionType, "vocabulary");
});

Deno.test("[T-M27] a mission that is not defined is refused with the list", async () => {
  const definitions = [PORTFOLIO, { ...PORTFOLIO, version: 2 }];
  await using app = await openTestMissions({ definitions });
  await assert.rejects(
    () => app.missions.start({ ...INPUT, missionType: "vocabulary" }, PLAIN),
    (error: AppError) => {
      assert.equal(error.code, "VALIDATION_ERROR");
      assert.deepEqual(error.details, { field: "missionType", expected: "one of portfolio" });
      return true;
    },
  );
});

Deno.test("a start is of the newest version of its mission", async () => {
  const definitions = [PORTFOLIO, { ...PORTFOLIO, version: 2 }];
  await using app = await openTestMissions({ definitions });
  const { attemptId } = await app.missions.start(INPUT, PLAIN);
  assert.equal((await app.missions.get(attemptId)).missionVersion, 2);
});

Deno.test("the same key and body give the same attempt, at once and later", async () => {
  await using app = await openTestMissions();
  const together = Array.from({ length: 20 }, () => app.missions.start(INPUT, KEYED));
  const ids = new Set((await Promise.all(together)).map(({ attemptId }) => attemptId));
  ids.add((await app.missions.start(INPUT, KEYED)).attemptId);
  assert.equal(ids.size, 1);
});

Deno.test("the same key with another body is in conflict, at once and later", async () => {
  await using app = await openTestMissions();
  const bodies = [INPUT, OTHER];
  const results = await Promise.allSettled(
    bodies.map((body) => app.missions.start(body, KEYED)),
  );
  // Which of the two comes first is open, and that it alone counts is not.
  const first = results.findIndex(({ status }) => status === "fulfilled");
  const [won, lost] = [results[first], results[1 - first]];
  assert.ok(won.status === "fulfilled" && lost.status === "rejected");
  assert.ok(isConflict(lost.reason));
  await assert.rejects(() => app.missions.start(bodies[1 - first], KEYED), isConflict);
  assert.deepEqual(await app.missions.start(bodies[first], KEYED), won.value);
});

Deno.test("a key is good for a day, then it starts anew", async () => {
  await using app = await openTestMissions();
  const first = await app.missions.start(INPUT, KEYED);
  app.clock.advance(24 * 3_600_000 - 1);
  assert.deepEqual(await app.missions.start(INPUT, KEYED), first);
  app.clock.advance(1);
  const second = await app.missions.start(OTHER, KEYED);
  assert.notEqual(second.attemptId, first.attemptId);
  assert.deepEqual(await app.missions.start(OTHER, KEYED), second);
});

Deno.test("keys of two kiosks do not meet, and neither do two keys", async () => {
  await using app = await openTestMissions();
  const ids = await Promise.all([
    app.missions.start(INPUT, KEYED),
    app.missions.start(OTHER, { ...KEYED, kioskId: "kiosk_a" }),
    app.missions.start(OTHER, { ...KEYED, kioskId: "kiosk_b" }),
    app.missions.start(OTHER, { ...KEYED, idempotencyKey: "key-2" }),
  ]);
  assert.equal(new Set(ids.map(({ attemptId }) => attemptId)).size, 4);
});

Deno.test("a keyed start that the store refused can be tried again with its key", async () => {
  using real = await Deno.openKv(":memory:");
  const { kv, breakDown, mend } = failingKv(real);
  await using app = await openTestMissions({ kv });
  breakDown("writes");
  const isUnavailable = (error: AppError) => error.code === "UNAVAILABLE";
  await assert.rejects(() => app.missions.start(INPUT, KEYED), isUnavailable);
  mend();
  const { attemptId } = await app.missions.start(INPUT, KEYED);
  assert.equal((await app.missions.start(INPUT, KEYED)).attemptId, attemptId);
});
