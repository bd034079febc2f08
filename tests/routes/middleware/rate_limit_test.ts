import assert from "node:assert/strict";
import type { Clock } from "../../../lib/clock.ts";
import { asAdmin, ask, assertError, bearer } from "../../support/http.ts";
import { arrivalOf, START_AT } from "../../support/mission_facts.ts";
import { ADMIN, post, SESSION_ID, type TestApp, testApp } from "../../support/test_app.ts";
import { testClock } from "../../support/test_clock.ts";

const KIOSK = { "x-kiosk-key": "key-of-the-kiosk-in-hall-a" };
const ENV = {
  TRUSTED_PROXIES: "127.0.0.1",
  KIOSK_KEYS: "hall-a:key-of-the-kiosk-in-hall-a,hall-b:key-of-the-kiosk-in-hall-b",
};
const START = {
  sessionId: SESSION_ID,
  missionType: "portfolio",
  timestamp: "2025-01-19T10:30:00Z",
};

const from = (address: string) => ({ "x-forwarded-for": address });
const HALL = from("203.0.113.7");

/** Asks until refused, at most so often; gives how many were let through, and the refusal. */
async function untilRefused(app: TestApp, most: number, [path, init]: [string, RequestInit]) {
  for (let count = 0; count < most; count++) {
    const answer = await ask(app, path, init);
    if (answer.status === 429) return { count, answer };
  }
  return { count: most, answer: null };
}

async function openApp(env: Record<string, string> = {}) {
  const clock = testClock();
  const app = await testApp({ env: { ...ENV, ...env }, parts: { clock } });
  return { app, clock, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() };
}

Deno.test("[M-58][T-M17] the 101st anonymous request in a quarter of an hour is refused", async () => {
  await using open = await openApp();
  const { app, clock } = open;
  const request: [string, RequestInit] = ["/api/missions/attempt_1", { headers: HALL }];
  const { count, answer } = await untilRefused(app, 150, request);
  assert.equal(count, 100);
  assert.ok(answer !== null);
  assertError(answer, { status: 429, code: "RATE_LIMIT" });
  assert.equal(answer.headers.get("retry-after"), "9");
  assert.equal(answer.headers.get("ratelimit-limit"), "100");
  assert.equal(answer.headers.get("ratelimit-remaining"), "0");

  const elsewhere = await ask(app, request[0], { headers: from("198.51.100.1") });
  assert.equal(elsewhere.status, 404);
  clock.advance(9_000);
  assert.equal((await ask(app, ...request)).status, 404, "after the time to wait");
  assert.equal((await ask(app, ...request)).status, 429);
  clock.advance(900_000);
  assert.equal((await untilRefused(app, 150, request)).count, 100);
});

Deno.test("[M-58][T-M17] starting and rating are not among the hundred", async () => {
  await using open = await openApp();
  const { app } = open;
  await untilRefused(app, 150, ["/api/missions/attempt_1", { headers: HALL }]);
  const { status, body } = await ask(app, "/api/missions/start", post(START, HALL));
  assert.equal(status, 201);
  const { attemptId, wsToken } = body.data;
  await app.docent.missions.record(attemptId, arrivalOf("page_view", 1));
  const path = `/api/missions/${attemptId}`;
  assert.equal((await ask(app, `${path}/review`, post({ rating: 4 }, HALL))).status, 201);
  const own = { headers: { ...HALL, ...bearer(wsToken).headers } };
  assert.equal((await ask(app, path, own)).status, 200);
  assert.equal((await ask(app, path, { headers: { ...HALL, ...KIOSK } })).status, 200);
  const admin = { headers: { ...HALL, ...(await asAdmin(app)).headers } };
  assert.equal((await ask(app, "/api/missions", admin)).status, 200);
});

Deno.test("[T-M17] health, metrics and the API's document are never limited", async () => {
  await using open = await openApp({ METRICS_TOKEN: "t" });
  const headers = HALL;
  for (const path of ["/health", "/api/health", "/metrics?token=t", "/api/openapi.json"]) {
    assert.equal((await untilRefused(open.app, 120, [path, { headers }])).answer, null, path);
  }
});

Deno.test("[T-M17] a kiosk starts thirty times a minute, each kiosk for itself", async () => {
  await using open = await openApp();
  const { app, clock } = open;
  const start: [string, RequestInit] = ["/api/missions/start", post(START, { ...HALL, ...KIOSK })];
  assert.equal((await untilRefused(app, 50, start)).count, 30);
  const other = { ...HALL, "x-kiosk-key": "key-of-the-kiosk-in-hall-b" };
  assert.equal((await ask(app, "/api/missions/start", post(START, other))).status, 201);
  clock.advance(2_000);
  assert.equal((await ask(app, ...start)).status, 201);
});

Deno.test("[T-M17] a kiosk and an attempt of one name do not use up each other's requests", async () => {
  await using open = await openApp({ RATE_KIOSK_PER_MIN: "60" });
  const { app } = open;
  const claims = { attemptId: "hall-a", sessionId: SESSION_ID };
  const attempt = bearer(await app.docent.tokens.signSocket(claims)).headers;
  for (const headers of [KIOSK, attempt]) {
    const request: [string, RequestInit] = ["/api/missions/attempt_1", { headers }];
    assert.equal((await untilRefused(app, 100, request)).count, 60);
  }
});

Deno.test("[T-M17] starts without a key are limited by the hall, far above what a hall needs", async () => {
  await using open = await openApp({ RATE_KIOSK_PER_MIN: "60" });
  const start: [string, RequestInit] = ["/api/missions/start", post(START, HALL)];
  assert.equal((await untilRefused(open.app, 100, start)).count, 60);
});

Deno.test("[T-M17] ratings are limited by attempt, and by the hall for who names many attempts", async () => {
  await using open = await openApp({ RATE_KIOSK_PER_MIN: "60" });
  const { app } = open;
  const review = (number: number): [string, RequestInit] => [
    `/api/missions/attempt_${number}/review`,
    post({ rating: 4 }, HALL),
  ];
  assert.equal((await untilRefused(app, 50, review(1))).count, 30);
  let letThrough = 30;
  for (let number = 2; number < 100; number++) {
    if ((await ask(app, ...review(number))).status === 404) letThrough++;
  }
  assert.equal(letThrough, 60);
});

Deno.test("[T-M17] who asks with a token is counted by it, 600 times a minute", async () => {
  await using open = await openApp();
  const { app } = open;
  const { body } = await ask(app, "/api/missions/start", post(START, HALL));
  const path = `/api/missions/${body.data.attemptId}`;
  const headers = { ...HALL, ...bearer(body.data.wsToken).headers };
  const { count } = await untilRefused(app, 700, [path, { headers }]);
  assert.equal(count, 600);
});

Deno.test("[T-M17] keys and tokens that are not good are counted like none: nobody tries them all", async () => {
  await using open = await openApp();
  const bad = [{ "x-kiosk-key": "guess" }, bearer("guess").headers];
  let refused = 0;
  for (let i = 0; i < 110; i++) {
    const headers = { ...HALL, ...bad[i % 2] };
    const { status } = await ask(open.app, "/api/missions/attempt_1", { headers });
    if (status === 429) refused++;
    else assert.equal(status, 401);
  }
  assert.equal(refused, 10);
});

Deno.test("[T-M06][T-M17] kiosks that come with expired tokens are told so, and do not use up the hundred", async () => {
  await using open = await openApp();
  const { app, clock } = open;
  const { body } = await ask(app, "/api/missions/start", post(START, HALL));
  const path = `/api/missions/${body.data.attemptId}`;
  clock.advance(601_000);
  const headers = { ...HALL, ...bearer(body.data.wsToken).headers };
  for (let i = 0; i < 200; i++) {
    assertError(await ask(app, path, { headers }), { status: 401, code: "AUTH_FAILED" });
  }
  assert.equal((await untilRefused(app, 500, [path, { headers }])).count, 400);
  assert.equal(
    (await untilRefused(app, 150, ["/api/missions/attempt_1", { headers: HALL }])).count,
    100,
  );
});

Deno.test("[T-M17] a forwarded address that no trusted proxy tells is not believed", async () => {
  await using app = await testApp({ parts: { clock: testClock() } });
  for (let i = 0; i < 100; i++) {
    await ask(app, "/api/missions/attempt_1", { headers: from(`203.0.113.${i}`) });
  }
  const { status } = await ask(app, "/api/missions/attempt_1", { headers: from("198.51.100.1") });
  assert.equal(status, 429);
});

Deno.test("[T-M17] a wall clock that is set back refuses nobody", async () => {
  let now = START_AT;
  let elapsed = 1;
  const clock: Clock = { now: () => now, monotonic: () => elapsed };
  await using app = await testApp({ parts: { clock } });
  const request: [string, RequestInit] = ["/api/missions/attempt_1", {}];
  assert.equal((await ask(app, ...request)).status, 404);
  now -= 3_600_000;
  elapsed += 1_000;
  assert.equal((await ask(app, ...request)).status, 404);
});

Deno.test("[E-8.10][T-M17] twelve kiosks behind one address are never refused in half an hour", async () => {
  await using open = await openApp();
  const { app, clock } = open;
  const refused: string[] = [];

  async function request(path: string, init: RequestInit) {
    const answer = await ask(app, path, init);
    if (answer.status === 429) refused.push(path);
    return answer.body.data;
  }

  /** A visit of one minute: start, sixty events, a look at the attempt, a rating. */
  async function visit(): Promise<void> {
    const timestamp = new Date(clock.now()).toISOString();
    const started = await request("/api/missions/start", post({ ...START, timestamp }, HALL));
    const path = `/api/missions/${started.attemptId}`;
    const atSec = (clock.now() - START_AT) / 1000;
    const events = Array.from({ length: 60 }, (_, i) => arrivalOf("page_view", atSec + i));
    await Promise.all(events.map((it) => app.docent.missions.record(started.attemptId, it)));
    const own = { headers: { ...HALL, ...bearer(started.wsToken).headers } };
    await request(path, own);
    await request(`${path}/events?limit=1`, own);
    await request(`${path}/review`, post({ rating: 4 }, HALL));
  }

  for (let minute = 0; minute < 30; minute++) {
    await Promise.all(Array.from({ length: 12 }, visit));
    clock.advance(60_000);
  }
  assert.deepEqual(refused, []);
  const { pagination } = (await ask(app, "/api/missions", await asAdmin(app))).body.data;
  assert.equal(pagination.total, 360);
});

Deno.test("[M-56][T-M16] a sixth try to sign in within a minute waits, a good one as well", async () => {
  await using open = await openApp();
  const { app, clock } = open;
  const login = (body: unknown, headers = HALL) =>
    ask(app, "/api/admin/login", post(body, headers));
  for (let i = 0; i < 5; i++) assert.equal((await login({ ...ADMIN, password: "no" })).status, 401);
  const refused = await login(ADMIN);
  assertError(refused, { status: 429, code: "RATE_LIMIT" });
  assert.equal(refused.headers.get("retry-after"), "60");
  assert.equal((await login(ADMIN, from("198.51.100.1"))).status, 200, "from another address");
  clock.advance(60_000);
  assert.equal((await login(ADMIN)).status, 200);
});

Deno.test("[T-M16][T-M17] whoever tries one name after the other is stopped by his address", async () => {
  await using open = await openApp();
  const login: [string, RequestInit] = ["/api/admin/login", post({ username: "x" }, HALL)];
  assert.equal((await untilRefused(open.app, 50, login)).count, 30);
});
