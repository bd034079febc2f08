import assert from "node:assert/strict";
import { asAdmin, ask, assertError, bearer } from "../../../support/http.ts";
import { arrivalOf, START_AT } from "../../../support/mission_facts.ts";
import { SESSION_ID, startMission, type TestApp, testApp } from "../../../support/test_app.ts";

interface Visit {
  readonly missionType?: string;
  readonly startSec?: number;
  readonly end?: string;
  /** Seconds from the start to the end. */
  readonly duration?: number;
  readonly rating?: number;
}

async function visit(app: TestApp, visit: Visit): Promise<string> {
  const { missionType = "portfolio", startSec = 0, end, duration = 0, rating } = visit;
  const timestamp = new Date(START_AT + startSec * 1000).toISOString();
  const { attemptId } = await startMission(app, { missionType, timestamp });
  const { missions } = app.docent;
  if (end !== undefined) await missions.record(attemptId, arrivalOf(end, startSec + duration));
  if (rating !== undefined) await missions.review(attemptId, { rating });
  return attemptId;
}

/** The list's rows and pagination, asked for by an administrator. */
async function list(app: TestApp, query: string) {
  const { status, body } = await ask(app, `/api/missions${query}`, await asAdmin(app));
  assert.equal(status, 200, JSON.stringify(body));
  return body.data;
}

const VISITS: readonly Visit[] = [
  { startSec: 10, end: "mission_completed", duration: 90, rating: 5 },
  { startSec: 20, end: "mission_quitted", duration: 30 },
  { startSec: 30, end: "mission_completed", duration: 60, rating: 2, missionType: "vocabulary" },
  { startSec: 40, end: "page_view", missionType: "vocabulary" },
  { startSec: 50 },
];

async function visits(app: TestApp): Promise<Map<string, number>> {
  const numbers = new Map<string, number>();
  for (const [index, one] of VISITS.entries()) numbers.set(await visit(app, one), index);
  return numbers;
}

Deno.test("[M-11][T-M14] a row has the document's fields, and no other", async () => {
  await using app = await testApp();
  const attemptId = await visit(app, VISITS[0]);
  const { attempts, pagination } = await list(app, "");
  assert.deepEqual(attempts, [{
    attemptId,
    sessionId: SESSION_ID,
    missionType: "portfolio",
    status: "completed",
    startTime: "2025-01-19T10:30:10.000Z",
    totalDuration: 90,
    rating: 5,
  }]);
  assert.deepEqual(pagination, { total: 1, limit: 20, offset: 0, hasMore: false });
});

Deno.test("[M-11] what is not known yet is null in a row", async () => {
  await using app = await testApp();
  await visit(app, {});
  const { attempts: [row] } = await list(app, "");
  assert.deepEqual([row.status, row.totalDuration, row.rating], ["pending", null, null]);
});

const QUERIES: readonly [query: string, numbers: number[]][] = [
  ["", [4, 3, 2, 1, 0]],
  ["?order=asc", [0, 1, 2, 3, 4]],
  ["?missionType=vocabulary", [3, 2]],
  ["?missionType=VOCABULARY", [3, 2]],
  ["?missionType=all&status=all", [4, 3, 2, 1, 0]],
  ["?status=completed", [2, 0]],
  ["?status=quitted", [1]],
  ["?status=pending", [4]],
  ["?status=in_progress", [3]],
  ["?status=expired", []],
  ["?status=completed&missionType=portfolio", [0]],
  ["?sortBy=duration&order=asc&status=completed", [2, 0]],
  ["?sortBy=duration", [0, 2, 1, 4, 3]],
  ["?sortBy=rating&order=asc", [2, 0, 1, 3, 4]],
  ["?sortBy=rating&order=desc", [0, 2, 4, 3, 1]],
];

for (const [query, numbers] of QUERIES) {
  Deno.test(`[M-10][T-M15] the list ${query || "by default"} gives ${numbers}`, async () => {
    await using app = await testApp();
    const known = await visits(app);
    const { attempts, pagination } = await list(app, query);
    assert.deepEqual(attempts.map((it: { attemptId: string }) => known.get(it.attemptId)), numbers);
    assert.equal(pagination.total, numbers.length);
  });
}

Deno.test("[M-10][T-M06] expired attempts can be asked for", async () => {
  await using app = await testApp();
  const attemptId = await visit(app, {});
  await app.docent.log.append([
    { type: "missions.attempt_expired", attemptId, at: START_AT } as { type: string },
  ]);
  const { attempts } = await list(app, "?status=expired");
  assert.deepEqual(attempts.map((it: { attemptId: string }) => it.attemptId), [attemptId]);
});

Deno.test("[E-8.4][M-11][T-M15] hasMore at 150, limit and offset being texts", async () => {
  await using app = await testApp();
  await Promise.all(Array.from({ length: 150 }, () => startMission(app)));
  const pageAt = async (query: string) => {
    const { attempts, pagination } = await list(app, query);
    return [attempts.length, pagination.total, pagination.hasMore];
  };
  assert.deepEqual(await pageAt("?limit=20&offset=20"), [20, 150, true]);
  assert.deepEqual(await pageAt("?limit=20&offset=129"), [20, 150, true]);
  assert.deepEqual(await pageAt("?limit=20&offset=130"), [20, 150, false]);
  assert.deepEqual(await pageAt("?limit=20&offset=140"), [10, 150, false]);
  assert.deepEqual(await pageAt("?limit=20&offset=150"), [0, 150, false]);
  assert.deepEqual(await pageAt("?limit=1000"), [100, 150, true]);
});

const CLAMPED: readonly [limit: string, used: number][] = [
  ["1", 1],
  ["100", 100],
  ["101", 100],
  ["999999999", 100],
  ["0", 1],
  ["-5", 1],
];

Deno.test("[M-10][T-M15] a limit is brought to between 1 and 100", async () => {
  await using app = await testApp();
  for (const [limit, used] of CLAMPED) {
    const { pagination } = await list(app, `?limit=${limit}`);
    assert.equal(pagination.limit, used, limit);
  }
});

const BAD: readonly [field: string, query: string][] = [
  ["limit", "?limit=abc"],
  ["limit", "?limit="],
  ["limit", "?limit=%20"],
  ["limit", "?limit=1.5"],
  ["limit", "?limit=1e1"],
  ["limit", "?limit=0x10"],
  ["limit", "?limit=NaN"],
  ["limit", "?limit=Infinity"],
  ["limit", "?limit=9007199254740993"],
  ["limit", "?limit=1&limit=2"],
  ["offset", "?offset=-1"],
  ["offset", "?offset=x"],
  ["offset", "?offset="],
  ["status", "?status=done"],
  ["status", "?status=EXPIRED"],
  ["sortBy", "?sortBy=attemptId"],
  ["sortBy", "?sortBy=review.rating"],
  ["sortBy", "?sortBy=__proto__"],
  ["order", "?order=up"],
  ["missionType", "?missionType=etf"],
  ["missionType", "?missionType="],
];

Deno.test("[M-10][T-M15] a query that is not right is refused by its field", async () => {
  await using app = await testApp();
  const admin = await asAdmin(app);
  for (const [field, query] of BAD) {
    const answer = await ask(app, `/api/missions${query}`, admin);
    assertError(answer, { status: 400, code: "VALIDATION_ERROR", field });
  }
});

Deno.test("[M-10] what a query asks that nobody knows is ignored", async () => {
  await using app = await testApp();
  assert.equal((await list(app, "?page=7&_=1")).pagination.offset, 0);
});

Deno.test("[M-57][T-M05] the list wants a login: no token is 401, an attempt's token 403", async () => {
  await using app = await testApp();
  const { wsToken } = await startMission(app);
  assertError(await ask(app, "/api/missions"), { status: 401, code: "AUTH_FAILED" });
  assertError(await ask(app, "/api/missions", bearer(wsToken)), { status: 403, code: "FORBIDDEN" });
  assert.equal((await ask(app, "/api/missions", { method: "HEAD" })).status, 401);
});
