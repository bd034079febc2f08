import assert from "node:assert/strict";
import { asAdmin, ask, assertError } from "../../support/http.ts";
import { person } from "../../support/person.ts";
import { ADMIN, post, testApp } from "../../support/test_app.ts";

const PATH = "/api/admin/api-keys";
const INPUT = { name: "web shop", scopes: ["metrics:read", "events:write"] };

Deno.test("[E-22] a key is made, shown once, listed with its last use, and revoked", async () => {
  await using app = await testApp();
  const admin = await asAdmin(app);
  const made = await ask(app, PATH, post(INPUT, admin.headers));
  assert.equal(made.status, 201);
  const { key, ...row } = made.body.data;
  assert.match(key, /^ak_/);
  assert.deepEqual([row.name, row.scopes, row.createdBy, row.lastUsedAt, row.revokedAt], [
    "web shop",
    ["events:write", "metrics:read"],
    ADMIN.username,
    null,
    null,
  ]);
  const listed = async () => (await ask(app, PATH, admin)).body.data.keys;
  assert.deepEqual(await listed(), [row]);
  await ask(app, "/api/metrics/dashboard", { headers: { "x-api-key": key } });
  assert.notEqual((await listed())[0].lastUsedAt, null);
  const gone = await ask(app, `${PATH}/${row.keyId}`, { method: "DELETE", ...admin });
  assert.notEqual(gone.body.data.revokedAt, null);
  const after = await ask(app, "/api/metrics/dashboard", { headers: { "x-api-key": key } });
  assertError(after, { status: 401, code: "AUTH_FAILED" });
});

Deno.test("[E-22][T-M16] keys are for administrators alone, and a key makes no keys", async () => {
  await using app = await testApp();
  const admin = await asAdmin(app);
  const { key } = (await ask(app, PATH, post(INPUT, admin.headers))).body.data;
  for (const init of [undefined, post(INPUT)]) {
    assertError(await ask(app, PATH, init), { status: 401, code: "AUTH_FAILED" });
  }
  const forbidden = { status: 403, code: "FORBIDDEN" } as const;
  assertError(await ask(app, PATH, post(INPUT, { "x-api-key": key })), forbidden);
  for (const role of ["viewer", "operator", "researcher", "user"] as const) {
    const somebody = await person(app, role);
    assertError(await somebody.get(PATH), forbidden);
    assertError(await somebody.send("POST", PATH, INPUT), forbidden);
    assertError(await somebody.send("DELETE", `${PATH}/key_1`), forbidden);
  }
});

const REFUSED = [
  { body: {}, field: "name" },
  { body: { ...INPUT, name: " " }, field: "name" },
  { body: { ...INPUT, scopes: [] }, field: "scopes" },
  { body: { ...INPUT, scopes: ["everything"] }, field: "scopes.0" },
];

for (const { body, field } of REFUSED) {
  Deno.test(`[E-22] a key is not made: ${JSON.stringify(body)}`, async () => {
    await using app = await testApp();
    const answer = await ask(app, PATH, post(body, (await asAdmin(app)).headers));
    assertError(answer, { status: 400, code: "VALIDATION_ERROR", field });
  });
}

Deno.test("[E-22] a key that is not there is not revoked", async () => {
  await using app = await testApp();
  const init = { method: "DELETE", ...await asAdmin(app) };
  assertError(await ask(app, `${PATH}/key_1`, init), { status: 404, code: "NOT_FOUND" });
  assertError(await ask(app, `${PATH}/../a`, init), { status: 404, code: "NOT_FOUND" });
});

Deno.test("[E-22] a key opens nothing that its scopes do not name", async () => {
  await using app = await testApp();
  const { headers } = await asAdmin(app);
  const { key } = (await ask(app, PATH, post(INPUT, headers))).body.data;
  const withKey = { headers: { "x-api-key": key } };
  for (
    const path of [
      "/api/missions",
      "/api/missions/attempt_1/events",
      "/api/analytics/realtime",
      "/api/admin/export",
      "/api/admin/exclusions",
      "/api/auth/profile",
      "/admin/dashboard",
      PATH,
    ]
  ) {
    const { status } = await ask(app, path, withKey);
    assert.ok(status === 403 || status === 401, `${path} answers ${status}`);
  }
});

Deno.test("every change that an administrator makes is in the audit log", async () => {
  await using app = await testApp();
  const { headers } = await asAdmin(app);
  const send = (method: string, path: string, body?: unknown) =>
    ask(app, path, body === undefined ? { method, headers } : { ...post(body, headers), method });
  const { attemptId } = await app.docent.missions.start({
    sessionId: "550e8400-e29b-41d4-a716-446655440000",
    missionType: "portfolio",
    timestamp: Date.now(),
  }, { kioskId: null, idempotencyKey: null });
  await send("POST", `/api/admin/attempts/${attemptId}/exclusion`, { reason: "staff" });
  await send("DELETE", `/api/admin/attempts/${attemptId}/exclusion`);
  const note = { at: "2025-01-19T10:30:00Z", text: "school class" };
  const { annotationId } = (await send("POST", "/api/admin/annotations", note)).body.data;
  await send("DELETE", `/api/admin/annotations/${annotationId}`);
  const { keyId } = (await send("POST", PATH, INPUT)).body.data;
  await send("DELETE", `${PATH}/${keyId}`);
  const init = { method: "POST", headers: { ...headers, "content-type": "application/x-ndjson" } };
  assert.equal((await ask(app, "/api/admin/import", { ...init, body: "" })).status, 200);
  // What was refused is no deed.
  await send("POST", "/api/admin/annotations", {});
  const entries = await app.docent.audit.list({ limit: 100 });
  assert.deepEqual(entries.map(({ action, target, by }) => [action, target, by]).reverse(), [
    ["attempt.excluded", attemptId, ADMIN.username],
    ["attempt.included", attemptId, ADMIN.username],
    ["annotation.created", annotationId, ADMIN.username],
    ["annotation.deleted", annotationId, ADMIN.username],
    ["api_key.created", keyId, ADMIN.username],
    ["api_key.revoked", keyId, ADMIN.username],
    ["facts.imported", "", ADMIN.username],
  ]);
});
