import assert from "node:assert/strict";
import { asAdmin, ask, assertError } from "../../support/http.ts";
import { ADMIN, post, type TestApp, testApp } from "../../support/test_app.ts";
import { testClock } from "../../support/test_clock.ts";

const NOW = "2025-01-19T10:30:00.000Z";
const PATH = "/api/admin/annotations";

async function annotate(app: TestApp, body: unknown) {
  return await ask(app, PATH, post(body, (await asAdmin(app)).headers));
}

Deno.test("a note on the time line is made, listed and deleted", async () => {
  await using app = await testApp({ parts: { clock: testClock(Date.parse(NOW)) } });
  const admin = await asAdmin(app);
  const made = await annotate(app, {
    at: "2025-01-18T15:00:00+09:00",
    text: "학교 단체 관람",
    missionType: "portfolio",
  });
  assert.equal(made.status, 201);
  const annotation = made.body.data;
  assert.match(annotation.annotationId, /^ann_\d+$/);
  assert.deepEqual({ ...annotation, annotationId: "" }, {
    annotationId: "",
    at: "2025-01-18T06:00:00.000Z",
    text: "학교 단체 관람",
    missionType: "portfolio",
    by: ADMIN.username,
    createdAt: NOW,
  });
  const listed = async (query = "") =>
    (await ask(app, `${PATH}${query}`, admin)).body.data.annotations;
  assert.deepEqual(await listed(), [annotation]);
  assert.deepEqual(await listed("?startDate=2025-01-18&endDate=2025-01-18"), [annotation]);
  assert.deepEqual(await listed("?startDate=2025-01-19"), []);
  assert.deepEqual(await listed("?missionType=vocabulary"), []);

  const address = `${PATH}/${annotation.annotationId}`;
  const gone = await ask(app, address, { method: "DELETE", ...admin });
  assert.deepEqual(gone.body, { success: true, data: { annotationId: annotation.annotationId } });
  assert.deepEqual(await listed(), []);
  const again = await ask(app, address, { method: "DELETE", ...admin });
  assertError(again, { status: 404, code: "NOT_FOUND" });
});

const REFUSED = [
  { body: { text: "a" }, field: "at" },
  { body: { at: "yesterday", text: "a" }, field: "at" },
  { body: { at: NOW, text: " " }, field: "text" },
  { body: { at: NOW, text: "a".repeat(501) }, field: "text" },
  { body: { at: NOW, text: "a", missionType: "nothing" }, field: "missionType" },
];

for (const { body, field } of REFUSED) {
  Deno.test(`a note is refused for its ${field}: ${JSON.stringify(body).slice(0, 60)}`, async () => {
    await using app = await testApp();
    assertError(await annotate(app, body), { status: 400, code: "VALIDATION_ERROR", field });
  });
}

Deno.test("[M-57][T-M16] notes want a login", async () => {
  await using app = await testApp();
  const wanted = { status: 401, code: "AUTH_FAILED" } as const;
  assertError(await ask(app, PATH), wanted);
  assertError(await ask(app, PATH, post({ at: NOW, text: "a" })), wanted);
  assertError(await ask(app, `${PATH}/ann_1`, { method: "DELETE" }), wanted);
});
