import assert from "node:assert/strict";
import { asAdmin, ask, assertError, bearer } from "../../support/http.ts";
import { playMission } from "../../support/played_missions.ts";
import {
  ADMIN,
  post,
  SESSION_ID,
  startMission,
  type TestApp,
  testApp,
} from "../../support/test_app.ts";
import { testClock } from "../../support/test_clock.ts";

const NOW = "2025-01-19T10:30:00.000Z";
const clock = () => testClock(Date.parse(NOW));

async function change(app: TestApp, method: "POST" | "DELETE", attemptId: string, body?: unknown) {
  const { headers } = await asAdmin(app);
  const init = method === "POST" ? post(body, headers) : { method, headers };
  return await ask(app, `/api/admin/attempts/${attemptId}/exclusion`, init);
}

async function read(app: TestApp, path: string) {
  const { status, body } = await ask(app, path, await asAdmin(app));
  assert.equal(status, 200, JSON.stringify(body));
  return body.data;
}

const visit = {
  missionType: "portfolio",
  startTime: "2025-01-19T10:00:00.000Z",
  events: [["mission_completed", 60]],
  rating: 4,
} as const;

Deno.test("[M-15] an excluded attempt is in no number, and in all of them again when included", async () => {
  await using app = await testApp({ parts: { clock: clock() } });
  const attemptId = await playMission(app, visit);
  const numbers = async () => {
    const { totalAttempts, avgRating } = await read(app, "/api/analytics/missions/portfolio");
    const { completedToday } = await read(app, "/api/analytics/realtime");
    return [totalAttempts, avgRating, completedToday];
  };
  assert.deepEqual(await numbers(), [1, 4, 1]);
  const excluded = await change(app, "POST", attemptId, { reason: " staff showed it " });
  assert.deepEqual([excluded.status, excluded.body], [200, {
    success: true,
    data: {
      attemptId,
      missionType: "portfolio",
      startTime: visit.startTime,
      exclusion: { reason: "staff showed it", by: ADMIN.username, at: NOW },
    },
  }]);
  assert.deepEqual(await numbers(), [0, null, 0]);
  const { status, body } = await change(app, "DELETE", attemptId);
  assert.deepEqual([status, body.data.exclusion], [200, null]);
  assert.deepEqual(await numbers(), [1, 4, 1]);
});

Deno.test("[M-11] lists show excluded attempts with a flag; exclusions are listed with reasons", async () => {
  await using app = await testApp({ parts: { clock: clock() } });
  const attemptId = await playMission(app, visit);
  const other = await playMission(app, visit);
  await change(app, "POST", attemptId, { reason: "staff" });
  const { attempts } = await read(app, "/api/missions");
  const flags = attempts.map((it: { attemptId: string; excluded?: true }) => [
    it.attemptId,
    it.excluded,
  ]);
  assert.deepEqual(flags.sort(), [[attemptId, true], [other, undefined]].sort());
  assert.equal((await read(app, `/api/missions/${attemptId}`)).excluded, true);
  assert.ok(!("excluded" in await read(app, `/api/missions/${other}`)));
  assert.deepEqual(await read(app, "/api/admin/exclusions?limit=1"), {
    attempts: [{
      attemptId,
      missionType: "portfolio",
      startTime: visit.startTime,
      exclusion: { reason: "staff", by: ADMIN.username, at: NOW },
    }],
    pagination: { limit: 1, offset: 0, hasMore: false },
  });
});

Deno.test("[M-01] a start may say that it is a test, and then counts nowhere", async () => {
  await using app = await testApp({ parts: { clock: clock() } });
  const body = { sessionId: SESSION_ID, missionType: "portfolio", timestamp: NOW, test: true };
  assert.equal((await ask(app, "/api/missions/start", post(body))).status, 201);
  const wrong = await ask(app, "/api/missions/start", post({ ...body, test: "yes" }));
  assertError(wrong, { status: 400, code: "VALIDATION_ERROR", field: "test" });
  const { attempts } = await read(app, "/api/admin/exclusions");
  assert.equal(attempts[0].exclusion.reason, "test");
  const today = "/api/analytics/missions/all?endDate=2025-01-19";
  assert.equal((await read(app, today)).totalAttempts, 0);
});

Deno.test("[M-57][T-M16] excluding wants a login, a reason and an attempt", async () => {
  await using app = await testApp();
  const { attemptId, wsToken } = await startMission(app);
  const path = `/api/admin/attempts/${attemptId}/exclusion`;
  const own = bearer(wsToken).headers;
  const reason = { reason: "staff" };
  assertError(await ask(app, path, post(reason)), { status: 401, code: "AUTH_FAILED" });
  assertError(await ask(app, path, post(reason, own)), { status: 403, code: "FORBIDDEN" });
  for (const body of [{}, { reason: "" }, { reason: "  " }, { reason: "a".repeat(201) }]) {
    const answer = await change(app, "POST", attemptId, body);
    assertError(answer, { status: 400, code: "VALIDATION_ERROR", field: "reason" });
  }
  for (const method of ["POST", "DELETE"] as const) {
    const answer = await change(app, method, "attempt_1", reason);
    assertError(answer, { status: 404, code: "NOT_FOUND" });
  }
  assertError(await ask(app, "/api/admin/exclusions"), { status: 401, code: "AUTH_FAILED" });
});
