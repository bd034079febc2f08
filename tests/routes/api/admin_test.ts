import assert from "node:assert/strict";
import { ask, assertError, bearer } from "../../support/http.ts";
import { ADMIN, post, testApp } from "../../support/test_app.ts";
import { testClock } from "../../support/test_clock.ts";

Deno.test("[M-56][M-57] the administrator gets a bearer token for a day", async () => {
  const clock = testClock();
  await using app = await testApp({ parts: { clock } });
  const { status, body } = await ask(app, "/api/admin/login", post(ADMIN));
  assert.equal(status, 200);
  assert.deepEqual(Object.keys(body), ["success", "data"]);
  assert.deepEqual(Object.keys(body.data), ["token", "expiresIn"]);
  assert.equal(body.data.expiresIn, 86_400);
  const list = () => ask(app, "/api/missions", bearer(body.data.token));
  assert.equal((await list()).status, 200);
  clock.advance(86_399_000);
  assert.equal((await list()).status, 200);
  clock.advance(1_000);
  assertError(await list(), { status: 401, code: "AUTH_FAILED" });
});

Deno.test("[M-57] how long a login lasts can be set", async () => {
  await using app = await testApp({ env: { JWT_EXPIRES_IN: "2h" } });
  const { body } = await ask(app, "/api/admin/login", post(ADMIN));
  assert.equal(body.data.expiresIn, 7_200);
});

Deno.test("[M-56] a wrong password and an unknown name get the same answer", async () => {
  await using app = await testApp();
  const wrong = [
    { ...ADMIN, password: "wrong" },
    { ...ADMIN, username: "root" },
    { ...ADMIN, password: `${ADMIN.password} ` },
    { ...ADMIN, password: "x".repeat(100) },
  ];
  for (const credentials of wrong) {
    const answer = await ask(app, "/api/admin/login", post(credentials));
    assertError(answer, { status: 401, code: "AUTH_FAILED" });
    assert.equal(answer.body.error.message, "Invalid credentials");
    assert.equal(answer.body.error.details, null);
  }
});

Deno.test("[M-56] where no password is set nobody can sign in", async () => {
  await using app = await testApp({ env: { ADMIN_PASSWORD_HASH: "", ADMIN_USERNAME: "" } });
  const answer = await ask(app, "/api/admin/login", post(ADMIN));
  assertError(answer, { status: 401, code: "AUTH_FAILED" });
});

Deno.test("[M-56][M-62] credentials that are none are refused by their field", async () => {
  const bad: readonly [field: string, body: unknown][] = [
    ["username", {}],
    ["username", { ...ADMIN, username: "" }],
    ["username", { ...ADMIN, username: { $ne: null } }],
    ["password", { username: "admin" }],
    ["password", { ...ADMIN, password: "x".repeat(201) }],
  ];
  await using app = await testApp();
  for (const [field, body] of bad) {
    const answer = await ask(app, "/api/admin/login", post(body));
    assertError(answer, { status: 400, code: "VALIDATION_ERROR", field });
  }
});

Deno.test("[M-56] credentials are taken as JSON only, and by POST", async () => {
  await using app = await testApp();
  const form = new URLSearchParams(ADMIN);
  const answer = await ask(app, "/api/admin/login", { method: "POST", body: form });
  assertError(answer, { status: 415, code: "UNSUPPORTED_MEDIA", field: "Content-Type" });
  const query = await ask(app, `/api/admin/login?${form}`);
  assertError(query, { status: 401, code: "AUTH_FAILED" });
});
