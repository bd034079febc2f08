import assert from "node:assert/strict";
import { AppError, ERROR_CODES, type ErrorCode } from "../../../lib/errors.ts";
import type { Logger } from "../../../lib/logger.ts";
import { silentLogger } from "../../../lib/logger.ts";
import { isFault, renderError, toAppError } from "../../../routes/middleware/errors.ts";
import { failingKv } from "../../support/failing_kv.ts";
import { ask, assertError, bearer } from "../../support/http.ts";
import { person } from "../../support/person.ts";
import { START_AT } from "../../support/mission_facts.ts";
import { post, SESSION_ID, startMission, testApp } from "../../support/test_app.ts";

const STATUSES: Record<ErrorCode, readonly [status: number, type: string]> = {
  VALIDATION_ERROR: [400, "validation_error"],
  INVALID_EVENT: [400, "validation_error"],
  AUTH_FAILED: [401, "auth_error"],
  FORBIDDEN: [403, "auth_error"],
  NOT_FOUND: [404, "validation_error"],
  METHOD_NOT_ALLOWED: [405, "validation_error"],
  CONFLICT: [409, "validation_error"],
  ATTEMPT_EXPIRED: [410, "validation_error"],
  PAYLOAD_TOO_LARGE: [413, "validation_error"],
  OUT_OF_RANGE: [416, "validation_error"],
  UNSUPPORTED_MEDIA: [415, "validation_error"],
  RATE_LIMIT: [429, "rate_limit_error"],
  INTERNAL_ERROR: [500, "internal_error"],
  DATABASE_ERROR: [500, "database_error"],
  WS_ERROR: [500, "network_error"],
  PROCESSING_ERROR: [500, "internal_error"],
  AI_SERVICE_ERROR: [502, "ai_service_error"],
  OAUTH_NOT_CONFIGURED: [503, "auth_error"],
  UNAVAILABLE: [503, "database_error"],
};

for (const code of ERROR_CODES) {
  const [status, type] = STATUSES[code];
  Deno.test(`[M-62][M-63][T-M02] ${code} is ${status} over HTTP, of type ${type}`, () => {
    const error = new AppError(code, "Something is so", { details: { field: "rating" } });
    const rendered = renderError(error, "req_1", START_AT);
    assert.equal(rendered.status, status);
    const timestamp = "2025-01-19T10:30:00.000Z";
    assert.deepEqual(rendered.body, {
      success: false,
      error: { type, code, message: "Something is so", details: { field: "rating" }, timestamp },
      requestId: "req_1",
      timestamp,
    });
    assert.equal(isFault(error), status >= 500);
    assert.equal(rendered.headers["www-authenticate"], status === 401 ? "Bearer" : undefined);
  });
}

Deno.test("[M-62] the document's error is part of ours", () => {
  const details = { field: "data", expected: "object" };
  const message = "Invalid event format: missing required field 'data'";
  const { body } = renderError(
    new AppError("VALIDATION_ERROR", message, { details }),
    "r",
    START_AT,
  );
  const { code, timestamp } = body.error;
  assert.deepEqual(
    {
      success: body.success,
      error: { code, message: body.error.message, details: body.error.details },
    },
    { success: false, error: { code: "VALIDATION_ERROR", message, details } },
  );
  assert.equal(timestamp, "2025-01-19T10:30:00.000Z");
});

Deno.test("[M-62] an error without details has null for them", () => {
  const { body } = renderError(new AppError("NOT_FOUND", "Not here"), "r", START_AT);
  assert.equal(body.error.details, null);
});

Deno.test("[T-M17] how long to wait is told in whole seconds, rounded up", () => {
  for (const [retryAfterMs, seconds] of [[1, "1"], [1_000, "1"], [1_001, "2"]] as const) {
    const error = new AppError("RATE_LIMIT", "Wait", { details: { retryAfterMs } });
    assert.equal(renderError(error, "r", START_AT).headers["retry-after"], seconds);
  }
});

Deno.test("an error that nobody foresaw tells the client nothing of itself", () => {
  for (const thrown of [new TypeError("secret /etc/passwd"), "secret", null, { secret: 1 }]) {
    const error = toAppError(thrown);
    assert.equal(error.code, "INTERNAL_ERROR");
    const { body } = renderError(error, "req_1", START_AT);
    assert.doesNotMatch(JSON.stringify(body), /secret|passwd|stack|cause/);
  }
});

const TYPES = [
  "auth_error",
  "validation_error",
  "ai_service_error",
  "database_error",
  "rate_limit_error",
  "network_error",
  "internal_error",
];

Deno.test("[P-24] each code is of one of the seven types, and each type has a code", () => {
  const types = ERROR_CODES.map((code) =>
    renderError(new AppError(code, "Something is so"), "r", START_AT).body.error.type
  );
  assert.deepEqual([...new Set(types)].sort(), TYPES.toSorted());
});

for (
  const [path, code] of [
    ["/api/sessions", "AUTH_FAILED"],
    ["/api/questions/none-1-ko", "AUTH_FAILED"],
    ["/api/nowhere", "NOT_FOUND"],
    ["/api/missions?limit=x", "AUTH_FAILED"],
  ] as const
) {
  Deno.test(`[P-25][T-P19] an error at ${path} has the one body, an ISO time and a listed code`, async () => {
    await using app = await testApp();
    const response = await app.request(path);
    const { success, error, requestId, timestamp, ...more } = await response.json();
    assert.deepEqual([success, more], [false, {}]);
    assert.deepEqual(Object.keys(error), ["type", "code", "message", "details", "timestamp"]);
    assert.ok(TYPES.includes(error.type) && ERROR_CODES.includes(error.code));
    assert.equal(error.code, code);
    assert.equal(requestId, response.headers.get("x-request-id"));
    for (const time of [timestamp, error.timestamp]) {
      assert.match(time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    }
  });
}

for (
  const [profile, address, isTold] of [
    ["development", undefined, true],
    ["development", "203.0.113.7", false],
    ["staging", undefined, false],
    ["production", undefined, false],
    ["test", undefined, false],
  ] as const
) {
  Deno.test(`[P-26] in ${profile}, the stack of a fault is ${isTold ? "" : "not "}told to ${address ?? "this machine"}`, async () => {
    using real = await Deno.openKv(":memory:");
    const { kv, breakDown } = failingKv(real);
    await using app = await testApp({ parts: { kv }, env: { NODE_ENV: profile } });
    const kim = await person(app);
    breakDown("all");
    const headers = new Headers(bearer(kim.token).headers);
    if (address !== undefined) headers.set("x-forwarded-for", address);
    const { body } = await ask(app, "/api/sessions", { headers });
    assert.equal(typeof body.error.details?.stack === "string", isTold);
    assert.equal(JSON.stringify(body).includes("errors_test.ts"), false);
  });
}

Deno.test("[P-34] a request that fails is logged with what was asked, by whom, and its id", async () => {
  using real = await Deno.openKv(":memory:");
  const { kv, breakDown } = failingKv(real);
  const logged: Record<string, unknown>[] = [];
  const error: Logger["error"] = (_message, properties) => void logged.push(properties ?? {});
  await using app = await testApp({ parts: { kv, logger: { ...silentLogger, error } } });
  const kim = await person(app);
  breakDown("all");
  const { body } = await kim.get("/api/sessions");
  const { operation, requestId } = logged.find(({ requestId }) => requestId === body.requestId)!;
  assert.deepEqual([operation, requestId], ["GET /api/sessions", body.requestId]);
});

Deno.test("[M-62][T-M02] every kind of error has one shape, over all of HTTP", async () => {
  await using app = await testApp({ env: { KIOSK_KEYS: "hall-a:key-of-the-hall-a-kiosk" } });
  const own = await startMission(app);
  const other = await startMission(app);
  const start = (body: unknown, headers = {}) =>
    ask(app, "/api/missions/start", post(body, headers));
  const get = (path: string, headers = {}) => ask(app, path, { headers });
  const good = {
    sessionId: SESSION_ID,
    missionType: "portfolio",
    timestamp: "2025-01-19T10:30:00Z",
  };

  assertError(await start("{"), { status: 400, code: "VALIDATION_ERROR" });
  assertError(await start({}), { status: 400, code: "VALIDATION_ERROR", field: "sessionId" });
  assertError(await get("/api/missions"), { status: 401, code: "AUTH_FAILED" });
  assertError(await get("/api/missions", { "x-kiosk-key": "wrong" }), {
    status: 401,
    code: "AUTH_FAILED",
  });
  assertError(await get("/api/missions", { authorization: "Bearer x.y.z" }), {
    status: 401,
    code: "AUTH_FAILED",
  });
  const foreign = await ask(app, `/api/missions/${own.attemptId}`, bearer(other.wsToken));
  assertError(foreign, { status: 403, code: "FORBIDDEN" });
  for (
    const path of ["/", "/nowhere", "/api", "/api/nowhere", "/api/missions/", "/api/missions/a/b/c"]
  ) {
    assertError(await get(path), { status: 404, code: "NOT_FOUND" });
  }
  for (const method of ["PUT", "DELETE", "PATCH"]) {
    const answer = await ask(app, `/api/missions/${own.attemptId}`, { method });
    assertError(answer, { status: 405, code: "METHOD_NOT_ALLOWED", field: "method" });
  }
  await start(good, { "idempotency-key": "k" });
  const conflict = await start({ ...good, missionType: "vocabulary" }, { "idempotency-key": "k" });
  assertError(conflict, { status: 409, code: "CONFLICT", field: "Idempotency-Key" });
  const large = await start({ ...good, extra: "x".repeat(70_000) });
  assertError(large, { status: 413, code: "PAYLOAD_TOO_LARGE", field: "body" });
  const plain = await ask(app, "/api/missions/start", { method: "POST", body: "x" });
  assertError(plain, { status: 415, code: "UNSUPPORTED_MEDIA", field: "Content-Type" });
});

for (const what of ["all", "writes"] as const) {
  Deno.test(`[M-62][T-M18] while ${what} of the store fails: 503 with a time to wait, then as before`, async () => {
    using real = await Deno.openKv(":memory:");
    const { kv, breakDown, mend } = failingKv(real);
    const logged: string[] = [];
    const logger: Logger = { ...silentLogger, error: (message) => void logged.push(message) };
    await using app = await testApp({ parts: { kv, logger } });
    const { attemptId } = await startMission(app);
    await app.docent.missions.get(attemptId);
    const body = {
      sessionId: SESSION_ID,
      missionType: "portfolio",
      timestamp: "2025-01-19T10:30:00Z",
    };
    const asked = (): Promise<Response>[] => [
      app.request("/api/missions/start", post(body)),
      app.request("/api/missions/start", post(body, { "idempotency-key": `k-${what}` })),
      ...(what === "all" ? [app.request(`/api/missions/${attemptId}`)] : []),
    ];

    breakDown(what);
    for (const response of await Promise.all(asked())) {
      const { status, headers } = response;
      const answer = { status, headers, body: await response.json() };
      assertError(answer, { status: 503, code: "UNAVAILABLE" });
      assert.notEqual(headers.get("retry-after"), null);
      assert.doesNotMatch(JSON.stringify(answer.body), /disk/);
    }
    assert.ok(logged.includes("Request failed"));

    mend();
    const good = await Promise.all(asked());
    assert.deepEqual(good.map(({ status }) => status < 300), good.map(() => true));
    for (const response of good) await response.body?.cancel();
  });
}
