import assert from "node:assert/strict";
import { asAdmin, ask, assertError, bearer } from "../../support/http.ts";
import { startMission, type TestApp, testApp } from "../../support/test_app.ts";
import { testClock } from "../../support/test_clock.ts";
import { playVisit } from "../../support/visits.ts";

const IMPORT = "/api/admin/import";
const LINES = { "content-type": "application/x-ndjson" };

async function upload(
  app: TestApp,
  body: BodyInit | null,
  headers: Record<string, string> = LINES,
) {
  const { headers: signedIn } = await asAdmin(app);
  return await ask(app, IMPORT, { method: "POST", headers: { ...signedIn, ...headers }, body });
}

async function download(app: TestApp, query: string) {
  return (await ask(app, `/api/admin/export?${query}`, await asAdmin(app))).body;
}

const start = () => testApp({ parts: { clock: testClock() } });

Deno.test("[M-18] an export of facts is imported by another server, more than a body may have elsewhere", async () => {
  await using source = await start();
  for (let startSec = 0; startSec < 100; startSec++) {
    await playVisit(source.docent.missions, { startSec });
  }
  const facts: string = await download(source, "entity=facts");
  assert.ok(facts.length > 128 * 1024);
  await using target = await start();
  const { status, body } = await upload(target, facts);
  assert.equal(status, 200, JSON.stringify(body));
  assert.deepEqual(body, {
    success: true,
    data: { lines: 700, imported: 700, known: 0, refused: 0, attempts: 100, faults: [] },
  });
  for (const query of ["entity=attempts&format=csv", "entity=events&format=csv"]) {
    assert.equal(await download(target, query), await download(source, query));
  }
  assert.equal((await upload(target, facts)).body.data.known, 700);
});

Deno.test("[M-18] refused lines are told with number, field and what was expected", async () => {
  await using app = await start();
  const { status, body } = await upload(app, '\n{"type": "x"}\n');
  assert.equal(status, 200);
  assert.deepEqual([body.data.lines, body.data.refused], [1, 1]);
  const [fault] = body.data.faults;
  assert.deepEqual([fault.line, fault.message, fault.field], [
    2,
    "Fact is of no known type",
    "type",
  ]);
  assert.match(fault.expected, /^one of missions\.attempt_started, /);
});

Deno.test("[M-18] an import of nothing is nothing", async () => {
  await using app = await start();
  for (const body of [null, "", "\n\n"]) {
    assert.equal((await upload(app, body)).body.data.lines, 0);
  }
});

Deno.test("[M-18][M-57] an import wants a login, and lines", async () => {
  await using app = await start();
  const { wsToken } = await startMission(app);
  const init = { method: "POST", headers: LINES, body: "{}" };
  assertError(await ask(app, IMPORT, init), { status: 401, code: "AUTH_FAILED" });
  const foreign = { ...init, headers: { ...LINES, ...bearer(wsToken).headers } };
  assertError(await ask(app, IMPORT, foreign), { status: 403, code: "FORBIDDEN" });
  for (const type of ["application/json", "text/plain", "multipart/form-data; boundary=x"]) {
    assertError(await upload(app, "{}", { "content-type": type }), {
      status: 415,
      code: "UNSUPPORTED_MEDIA",
      field: "Content-Type",
    });
  }
});

Deno.test("[M-18] an import that a server reads from the network is read as it is stored", async () => {
  await using source = await start();
  await playVisit(source.docent.missions);
  const facts: string = await download(source, "entity=facts");
  await using target = await start();
  const base = await target.listen();
  // A body of unknown length, in pieces.
  const body = ReadableStream.from([facts.slice(0, 100), facts.slice(100)])
    .pipeThrough(new TextEncoderStream());
  const response = await fetch(base + IMPORT, {
    method: "POST",
    headers: { ...LINES, ...(await asAdmin(target)).headers },
    body,
  });
  assert.equal((await response.json()).data.imported, 7);
});
