import assert from "node:assert/strict";
import { jwtVerify } from "jose";
import { asAdmin, ask, assertError } from "../../../support/http.ts";
import { post, SESSION_ID, testApp } from "../../../support/test_app.ts";
import { testClock } from "../../../support/test_clock.ts";

const JWT_SECRET = "a secret of thirty-two characters";
/** As it stands in the source document. */
const BODY = {
  sessionId: "550e8400-e29b-41d4-a716-446655440000",
  missionType: "portfolio",
  timestamp: "2025-01-19T10:30:00.000Z",
};

Deno.test("[E-8.1][M-01][M-71][T-M01][T-M04] the document's start gives an attempt and a token for it", async () => {
  const clock = testClock();
  await using app = await testApp({ env: { JWT_SECRET }, parts: { clock } });
  const { status, body } = await ask(app, "/api/missions/start", post(BODY));
  assert.equal(status, 201);
  assert.deepEqual(Object.keys(body), ["success", "data"]);
  assert.deepEqual(Object.keys(body.data), ["attemptId", "wsUrl", "wsToken", "expiresIn"]);
  assert.match(body.data.attemptId, /^attempt_\d+$/);
  assert.equal(body.data.wsUrl, "ws://localhost/ws");
  assert.equal(body.data.expiresIn, 600);

  const key = new TextEncoder().encode(JWT_SECRET);
  const currentDate = new Date(clock.now());
  const { payload, protectedHeader } = await jwtVerify(body.data.wsToken, key, { currentDate });
  assert.equal(protectedHeader.alg, "HS256");
  assert.equal(payload.type, "ws_auth");
  assert.equal(payload.attemptId, body.data.attemptId);
  assert.equal(payload.sessionId, SESSION_ID);
  assert.ok(Number(payload.exp) * 1000 - clock.now() >= 590_000);
});

Deno.test("[M-03] a start is stored pending, named in Korean, with the client's time of start", async () => {
  await using app = await testApp({ parts: { clock: testClock() } });
  const { body } = await ask(
    app,
    "/api/missions/start",
    post({ ...BODY, missionType: "vocabulary" }),
  );
  const attempt = (await ask(app, `/api/missions/${body.data.attemptId}`)).body.data;
  assert.equal(attempt.status, "pending");
  assert.equal(attempt.missionName, "단어카드 열람 미션");
  assert.equal(attempt.startTime, BODY.timestamp);
  assert.equal(attempt.createdAt, "2025-01-19T10:30:00.000Z");
  assert.equal(attempt.updatedAt, attempt.createdAt);
});

Deno.test("[E-8.2][M-02][T-M03] 500 starts at once give 500 ids", async () => {
  await using app = await testApp();
  const ask500 = Array.from({ length: 500 }, () => ask(app, "/api/missions/start", post(BODY)));
  const ids = (await Promise.all(ask500)).map(({ body }) => body.data.attemptId);
  assert.equal(new Set(ids).size, 500);
  assert.ok(ids.every((id) => /^attempt_\d{1,42}$/.test(id)));
  const { body } = await ask(app, "/api/missions", await asAdmin(app));
  assert.equal(body.data.pagination.total, 500);
});

Deno.test("[T-M27] the mission is named in any letter case", async () => {
  await using app = await testApp();
  const { status, body } = await ask(
    app,
    "/api/missions/start",
    post({ ...BODY, missionType: "PORTFOLIO" }),
  );
  assert.equal(status, 201);
  const attempt = await ask(app, `/api/missions/${body.data.attemptId}`);
  assert.equal(attempt.body.data.missionType, "portfolio");
});

Deno.test("[T-M27] a mission that is not defined is refused with the list", async () => {
  await using app = await testApp();
  const answer = await ask(app, "/api/missions/start", post({ ...BODY, missionType: "etf" }));
  assertError(answer, { status: 400, code: "VALIDATION_ERROR", field: "missionType" });
  assert.equal(answer.body.error.details.expected, "one of portfolio, vocabulary");
});

const BAD: readonly [field: string, body: Record<string, unknown>, expected: string][] = [
  ["sessionId", { ...BODY, sessionId: undefined }, "string"],
  ["sessionId", { ...BODY, sessionId: "1234" }, "UUID"],
  ["missionType", { ...BODY, missionType: 7 }, "string"],
  ["missionType", { ...BODY, missionType: "x".repeat(21) }, "at most 20 characters"],
  ["timestamp", { ...BODY, timestamp: "today" }, "ISO 8601 date and time with a zone"],
  ["timestamp", { ...BODY, timestamp: undefined }, "string"],
];

Deno.test("[M-01][M-60][M-62] a start that is not right is told which field, and what belongs there", async () => {
  await using app = await testApp();
  for (const [field, body, expected] of BAD) {
    const answer = await ask(app, "/api/missions/start", post(body));
    assertError(answer, { status: 400, code: "VALIDATION_ERROR", field });
    assert.equal(answer.body.error.details.expected, expected);
  }
});

const WS_URLS: readonly [name: string, env: Record<string, string>, wsUrl: string][] = [
  ["as set", { WS_URL: "wss://sockets.example/ws" }, "wss://sockets.example/ws"],
  ["from PUBLIC_URL", { PUBLIC_URL: "https://docent.example" }, "wss://docent.example/ws"],
  ["from where the request came in", {}, "ws://localhost/ws"],
];

for (const [name, env, wsUrl] of WS_URLS) {
  Deno.test(`[M-01] the socket's address is ${name}`, async () => {
    await using app = await testApp({ env });
    const { body } = await ask(app, "/api/missions/start", post(BODY));
    assert.equal(body.data.wsUrl, wsUrl);
  });
}

const KEYED = { "idempotency-key": "visit-1" };

Deno.test("a start that is sent again with its Idempotency-Key gives the same attempt", async () => {
  await using app = await testApp();
  const together = Array.from(
    { length: 10 },
    () => ask(app, "/api/missions/start", post(BODY, KEYED)),
  );
  const answers = [
    ...await Promise.all(together),
    await ask(app, "/api/missions/start", post(BODY, KEYED)),
  ];
  assert.deepEqual([...new Set(answers.map(({ status }) => status))], [201]);
  assert.equal(new Set(answers.map(({ body }) => body.data.attemptId)).size, 1);
  const { body } = await ask(app, "/api/missions", await asAdmin(app));
  assert.equal(body.data.pagination.total, 1);
});

Deno.test("[M-63] an Idempotency-Key with another body is in conflict", async () => {
  await using app = await testApp();
  await ask(app, "/api/missions/start", post(BODY, KEYED));
  const other = { ...BODY, missionType: "vocabulary" };
  const answer = await ask(app, "/api/missions/start", post(other, KEYED));
  assertError(answer, { status: 409, code: "CONFLICT", field: "Idempotency-Key" });
});

Deno.test("an Idempotency-Key that is empty or too long is refused", async () => {
  await using app = await testApp();
  for (const key of ["", "x".repeat(201)]) {
    const answer = await ask(app, "/api/missions/start", post(BODY, { "idempotency-key": key }));
    assertError(answer, { status: 400, code: "VALIDATION_ERROR", field: "idempotency-key" });
  }
});

Deno.test("an Idempotency-Key is good over a restart", async () => {
  const folder = await Deno.makeTempDir();
  const env = { KV_PATH: `${folder}/docent.kv` };
  const ids: string[] = [];
  for (let run = 0; run < 2; run++) {
    await using app = await testApp({ env });
    const { body } = await ask(app, "/api/missions/start", post(BODY, KEYED));
    ids.push(body.data.attemptId);
    const other = { ...BODY, missionType: "vocabulary" };
    assert.equal((await ask(app, "/api/missions/start", post(other, KEYED))).status, 409);
  }
  assert.equal(ids[0], ids[1]);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("[M-62] a header that is there and bad is not said to be missing", async () => {
  await using app = await testApp();
  for (const key of ["", "x".repeat(201)]) {
    const init = post(BODY, { "idempotency-key": key });
    const answer = await ask(app, "/api/missions/start", init);
    assertError(answer, { status: 400, code: "VALIDATION_ERROR", field: "idempotency-key" });
    assert.match(answer.body.error.message, /: invalid field /);
  }
});
