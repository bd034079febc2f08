import assert from "node:assert/strict";
import { asAdmin, ask, assertError, bearer } from "../../support/http.ts";
import { arrivalOf } from "../../support/mission_facts.ts";
import {
  post,
  SESSION_ID,
  type Started,
  startMission,
  type TestApp,
  testApp,
} from "../../support/test_app.ts";
import { testClock } from "../../support/test_clock.ts";

const KIOSK_KEY = "key-of-the-kiosk-in-hall-a";
const KIOSK = { "x-kiosk-key": KIOSK_KEY };
const CLOSED = { KIOSK_KEYS: `hall-a:${KIOSK_KEY}`, REQUIRE_KIOSK_KEY: "true" };
const OPEN = { KIOSK_KEYS: `hall-a:${KIOSK_KEY}` };
const START = {
  sessionId: SESSION_ID,
  missionType: "portfolio",
  timestamp: "2025-01-19T10:30:00Z",
};

async function start(app: TestApp): Promise<Started> {
  const { status, body } = await ask(app, "/api/missions/start", post(START, KIOSK));
  assert.equal(status, 201);
  await app.docent.missions.record(body.data.attemptId, arrivalOf("page_view", 1));
  return body.data;
}

type Who = "nobody" | "kiosk" | "own token" | "other token" | "admin";
type Route = "start" | "get" | "events" | "post review" | "get review" | "list" | "realtime";

/** The status by route and by who asks; without and with REQUIRE_KIOSK_KEY. */
const OPEN_ROWS: Record<Route, Record<Who, number>> = {
  "start": { "nobody": 201, "kiosk": 201, "own token": 201, "other token": 201, "admin": 201 },
  "get": { "nobody": 200, "kiosk": 200, "own token": 200, "other token": 403, "admin": 200 },
  "events": { "nobody": 401, "kiosk": 401, "own token": 200, "other token": 403, "admin": 200 },
  "post review": {
    "nobody": 201,
    "kiosk": 201,
    "own token": 201,
    "other token": 403,
    "admin": 201,
  },
  "get review": { "nobody": 200, "kiosk": 200, "own token": 200, "other token": 403, "admin": 200 },
  "list": { "nobody": 401, "kiosk": 401, "own token": 403, "other token": 403, "admin": 200 },
  "realtime": { "nobody": 401, "kiosk": 401, "own token": 403, "other token": 403, "admin": 200 },
};
const CLOSED_ROWS: typeof OPEN_ROWS = {
  ...OPEN_ROWS,
  "start": { "nobody": 401, "kiosk": 201, "own token": 401, "other token": 401, "admin": 201 },
  "get": { "nobody": 401, "kiosk": 200, "own token": 200, "other token": 403, "admin": 200 },
  "post review": {
    "nobody": 401,
    "kiosk": 201,
    "own token": 201,
    "other token": 403,
    "admin": 201,
  },
  "get review": { "nobody": 401, "kiosk": 200, "own token": 200, "other token": 403, "admin": 200 },
};

async function statusesOf(app: TestApp): Promise<Record<string, Record<string, number>>> {
  const own = await start(app);
  const other = await start(app);
  const path = `/api/missions/${own.attemptId}`;
  const routes: Record<Route, [path: string, init: RequestInit]> = {
    "start": ["/api/missions/start", post(START)],
    "get": [path, {}],
    "events": [`${path}/events`, {}],
    "post review": [`${path}/review`, post({ rating: 4 })],
    "get review": [`${path}/review`, {}],
    "list": ["/api/missions", {}],
    "realtime": ["/api/analytics/realtime", {}],
  };
  const people: Record<Who, Record<string, string>> = {
    "nobody": {},
    "kiosk": KIOSK,
    "own token": bearer(own.wsToken).headers,
    "other token": bearer(other.wsToken).headers,
    "admin": (await asAdmin(app)).headers,
  };
  await app.docent.missions.review(own.attemptId, { rating: 4 });
  const found: Record<string, Record<string, number>> = {};
  for (const [route, [path, init]] of Object.entries(routes)) {
    found[route] = {};
    for (const [who, headers] of Object.entries(people)) {
      const asked = { ...init, headers: { ...init.headers, ...headers } };
      const answer = await ask(app, path, asked);
      found[route][who] = answer.status;
      if (answer.status === 401) assertError(answer, { status: 401, code: "AUTH_FAILED" });
      if (answer.status === 403) assertError(answer, { status: 403, code: "FORBIDDEN" });
    }
  }
  return found;
}

Deno.test("[M-57][T-M05] who may do what, kiosks open to all", async () => {
  await using app = await testApp({ env: OPEN });
  assert.deepEqual(await statusesOf(app), OPEN_ROWS);
});

Deno.test("[M-57][T-M05] who may do what, kiosks with their keys only", async () => {
  await using app = await testApp({ env: CLOSED });
  assert.deepEqual(await statusesOf(app), CLOSED_ROWS);
});

Deno.test("[T-M05] a kiosk without its key is told which header is missing", async () => {
  await using app = await testApp({ env: CLOSED });
  const answer = await ask(app, "/api/missions/start", post(START));
  assertError(answer, { status: 401, code: "AUTH_FAILED", field: "X-Kiosk-Key" });
});

Deno.test("[T-M05] a kiosk's id is kept with its attempts, its key is not", async () => {
  await using app = await testApp({ env: OPEN });
  const { attemptId } = await start(app);
  const { body } = await ask(app, `/api/missions/${attemptId}`);
  assert.equal(body.data.kioskId, "kiosk_hall-a");
  assert.ok(!JSON.stringify(body).includes(KIOSK_KEY));
});

Deno.test("[T-M05] a wrong kiosk key is refused everywhere, also where none is asked for", async () => {
  await using app = await testApp({ env: OPEN });
  for (const key of ["wrong", `${KIOSK_KEY} `.repeat(2), "constructor", "__proto__"]) {
    const headers = { "x-kiosk-key": key };
    const started = await ask(app, "/api/missions/start", post(START, headers));
    assertError(started, { status: 401, code: "AUTH_FAILED" });
    assert.equal((await ask(app, "/health", { headers })).status, 200, "a probe is answered");
  }
});

Deno.test("[M-57] a token that is not good is refused everywhere, also where none is asked for", async () => {
  const clock = testClock();
  await using app = await testApp({ parts: { clock } });
  const { attemptId, wsToken } = await startMission(app);
  const admin = await app.adminToken();
  const forged = [wsToken, admin].map((token) => `${token.slice(0, -3)}abc`);
  const [header, payload] = admin.split(".");
  const none = btoa('{"alg":"none","typ":"JWT"}').replace(/=+$/, "");
  const bad = ["x", "a.b.c", ...forged, `${header}.${payload}.`, `${none}.${payload}.`];
  for (const token of bad) {
    for (const path of [`/api/missions/${attemptId}`, "/api/missions"]) {
      assertError(await ask(app, path, bearer(token)), { status: 401, code: "AUTH_FAILED" });
    }
  }
  clock.advance(24 * 3_600_000 + 1_000);
  for (const token of [wsToken, admin]) {
    const answer = await ask(app, `/api/missions/${attemptId}`, bearer(token));
    assertError(answer, { status: 401, code: "AUTH_FAILED" });
  }
});

Deno.test("[M-57] a token is asked for by its scheme, in any letter case; another scheme is no token", async () => {
  await using app = await testApp();
  const token = await app.adminToken();
  const statusOf = async (authorization: string) =>
    (await ask(app, "/api/missions", { headers: { authorization } })).status;
  assert.equal(await statusOf(`Bearer ${token}`), 200);
  assert.equal(await statusOf(`bearer   ${token}`), 200);
  assert.equal(await statusOf(`Basic ${btoa("admin:secret")}`), 401);
  assert.equal(await statusOf(token), 401);
  assert.equal(await statusOf("Bearer"), 401);
});
