import assert from "node:assert/strict";
import { ask, assertError } from "../support/http.ts";
import { post, SESSION_ID, startMission, testApp } from "../support/test_app.ts";

const ORIGIN = "https://app.example";
const OTHER = "https://other.example";
const ENV = { ALLOWED_ORIGINS: `${ORIGIN},http://localhost:5173` };
const START = {
  sessionId: SESSION_ID,
  missionType: "portfolio",
  timestamp: "2025-01-19T10:30:00Z",
};

const allowedTo = (headers: Headers) => headers.get("access-control-allow-origin");

Deno.test("[M-61][T-M26] origins that are listed may ask, with credentials", async () => {
  await using app = await testApp({ env: ENV });
  for (const origin of [ORIGIN, "http://localhost:5173"]) {
    const { status, headers } = await ask(app, "/api/missions/start", post(START, { origin }));
    assert.equal(status, 201);
    assert.equal(allowedTo(headers), origin);
    assert.equal(headers.get("access-control-allow-credentials"), "true");
    assert.match(headers.get("vary") ?? "", /origin/i);
    assert.match(headers.get("access-control-expose-headers") ?? "", /retry-after/);
  }
});

Deno.test("[M-61][T-M26] origins that are not listed get no leave, however they are like one that is", async () => {
  await using app = await testApp({ env: ENV });
  const likes = [OTHER, `${ORIGIN}.evil.example`, "https://evil-app.example", "http://app.example"];
  for (const origin of [...likes, "null", "*", `${ORIGIN}:8443`]) {
    const { headers } = await ask(app, "/api/missions/start", post(START, { origin }));
    assert.equal(allowedTo(headers), null, origin);
  }
});

Deno.test("[M-61][T-M26] without a list it is the same origin only", async () => {
  for (const env of [{}, { ...ENV, ENABLE_CORS: "false" }]) {
    await using app = await testApp({ env });
    const { status, headers } = await ask(
      app,
      "/api/missions/start",
      post(START, { origin: ORIGIN }),
    );
    assert.equal(status, 201);
    assert.equal(allowedTo(headers), null);
  }
});

Deno.test("[M-61] a browser is told beforehand what a listed origin may send", async () => {
  await using app = await testApp({ env: ENV });
  const preflight = (origin: string) =>
    ask(app, "/api/missions/start", {
      method: "OPTIONS",
      headers: {
        origin,
        "access-control-request-method": "POST",
        "access-control-request-headers": "content-type,idempotency-key,authorization,x-kiosk-key",
      },
    });
  const { status, headers } = await preflight(ORIGIN);
  assert.equal(status, 204);
  assert.equal(allowedTo(headers), ORIGIN);
  assert.match(headers.get("access-control-allow-methods") ?? "", /POST/);
  const allowed = (headers.get("access-control-allow-headers") ?? "").split(",");
  for (const name of ["content-type", "idempotency-key", "authorization", "x-kiosk-key"]) {
    assert.ok(allowed.includes(name), name);
  }
  assert.equal(allowedTo((await preflight(OTHER)).headers), null);
});

Deno.test("[M-61] a listed origin can read errors as well", async () => {
  await using app = await testApp({ env: ENV });
  const headers = { origin: ORIGIN };
  const answers = [
    await ask(app, "/api/missions", { headers }),
    await ask(app, "/api/missions/attempt_1", { headers }),
    await ask(app, "/api/nowhere", { headers }),
    await ask(app, "/api/missions/start", post("{", headers)),
    await ask(app, "/api/missions", { headers: { ...headers, authorization: "Bearer x" } }),
    await ask(app, "/api/missions/start", post("x".repeat(70_000), headers)),
  ];
  assert.deepEqual(answers.map(({ status }) => status), [401, 404, 404, 400, 401, 413]);
  for (const answer of answers) assert.equal(allowedTo(answer.headers), ORIGIN);
});

Deno.test("[M-61] requests without an origin are nobody's business", async () => {
  await using app = await testApp({ env: ENV });
  const { status, headers } = await ask(app, "/api/missions/start", post(START));
  assert.equal(status, 201);
  assert.equal(allowedTo(headers), null);
});

Deno.test("each answer has a request id of its own, and is not to be sniffed", async () => {
  await using app = await testApp();
  const { attemptId } = await startMission(app);
  const paths = ["/health", "/nowhere", `/api/missions/${attemptId}`, "/api/missions", "/api/docs"];
  const ids = new Set<string | null>();
  for (const path of paths) {
    const { headers } = await ask(app, path);
    ids.add(headers.get("x-request-id"));
    assert.match(headers.get("x-request-id") ?? "", /^req_\d+$/);
    assert.equal(headers.get("x-content-type-options"), "nosniff");
  }
  assert.equal(ids.size, paths.length);
});

Deno.test("[M-62] a path that is no good text is an error of the one shape", async () => {
  await using app = await testApp();
  for (
    const path of ["/api/missions/%ff", "/api/missions/%", "/%E0%A4%A", `/${"x".repeat(9_000)}`]
  ) {
    const answer = await ask(app, path);
    const expected = answer.status === 400
      ? { status: 400, code: "VALIDATION_ERROR" as const }
      : { status: 404, code: "NOT_FOUND" as const };
    assertError(answer, expected);
  }
});

Deno.test("[T-M26] the port that is listened to serves what the app serves", async () => {
  await using app = await testApp();
  const base = await app.listen();
  const response = await fetch(`${base}/health`);
  assert.equal(response.status, 200);
  assert.equal((await response.json()).status, "ok");
});
