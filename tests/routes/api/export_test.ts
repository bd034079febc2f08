import assert from "node:assert/strict";
import { asAdmin, ask, assertError, bearer } from "../../support/http.ts";
import { startMission, type TestApp, testApp } from "../../support/test_app.ts";
import { testClock } from "../../support/test_clock.ts";
import { playVisit, VISIT } from "../../support/visits.ts";

const EXPORT = "/api/admin/export";
const MIDNIGHT = Date.parse("2025-01-19T15:30:00.000Z");

/** Two attempts on one day in Seoul and one on the next; the clock stands at half past midnight. */
async function exhibition({ clock = testClock(MIDNIGHT), env = {} } = {}): Promise<TestApp> {
  const app = await testApp({ parts: { clock }, env });
  await playVisit(app.docent.missions);
  await playVisit(app.docent.missions, { startSec: 60, missionType: "vocabulary", events: [] });
  await playVisit(app.docent.missions, { startSec: 16_200 });
  return app;
}

async function get(app: TestApp, query: string) {
  return await ask(app, `${EXPORT}?${query}`, await asAdmin(app));
}

Deno.test("[M-18] the export is the document's: an attachment in its envelope, without success", async () => {
  await using app = await exhibition();
  const { status, headers, body } = await ask(app, EXPORT, await asAdmin(app));
  assert.equal(status, 200);
  assert.match(headers.get("content-type") ?? "", /^application\/json\b/);
  assert.equal(
    headers.get("content-disposition"),
    'attachment; filename="mission_data_2025-01-20.json"',
  );
  assert.deepEqual(Object.keys(body), ["exportedAt", "recordCount", "data"]);
  assert.equal(body.exportedAt, "2025-01-19T15:30:00.000Z");
  assert.equal(body.recordCount, 3);
  assert.equal(body.data.length, 3);
  assert.equal(headers.get("x-record-count"), "3");
  assert.equal(headers.get("cache-control"), "no-store");
});

const COUNTS: readonly [query: string, records: number][] = [
  ["missionType=all", 3],
  ["missionType=portfolio", 2],
  ["missionType=VOCABULARY", 1],
  ["startDate=2025-01-19&endDate=2025-01-19", 2],
  ["startDate=2025-01-20", 1],
  ["endDate=2025-01-19", 2],
  ["endDate=2025-01-18", 0],
  ["startDate=&endDate=", 3],
  ["startDate=2025-01-19T10:31:00Z", 2],
  ["startDate=2025-01-19T10:30:00Z&endDate=2025-01-19T10:31:00Z", 1],
  ["entity=events", 10],
  ["entity=reviews&missionType=portfolio&startDate=2025-01-20", 1],
];

for (const [query, records] of COUNTS) {
  Deno.test(`[M-18][T-M21] ?${query} has ${records} records in every format`, async () => {
    await using app = await exhibition();
    const { body } = await get(app, query);
    assert.equal(body.recordCount, records);
    assert.equal(body.data.length, records);
    const ndjson = await get(app, `${query}&format=ndjson`);
    assert.equal(ndjson.headers.get("content-type"), "application/x-ndjson");
    const lines = ndjson.body.split("\n").slice(0, -1);
    assert.deepEqual(lines.map((line: string) => JSON.parse(line)), body.data);
    const csv = await get(app, `${query}&format=csv`);
    assert.equal(csv.body.split("\r\n").length, records + 2);
    for (const answer of [ndjson, csv]) {
      assert.equal(answer.headers.get("x-record-count"), String(records));
      assert.match(
        answer.headers.get("content-disposition") ?? "",
        /mission_data_2025-01-20\.(ndjson|csv)"$/,
      );
    }
  });
}

Deno.test("[M-18][T-M20][E-8.8] CSV with a formula and Korean opens safe and readable", async () => {
  await using app = await testApp({ parts: { clock: testClock() } });
  const attemptId = await playVisit(app.docent.missions, { events: VISIT.slice(0, 2) });
  await app.docent.missions.review(attemptId, { rating: 5, feedback: '=1+1, "쉬워요"\n좋아요' });
  const response = await app.request(`${EXPORT}?format=csv&entity=reviews`, await asAdmin(app));
  assert.match(response.headers.get("content-type") ?? "", /^text\/csv; charset=utf-8/);
  const bytes = new Uint8Array(await response.arrayBuffer());
  assert.deepEqual([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf], "Excel knows UTF-8 by this");
  const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  assert.match(text, /,5,아주 쉬움,"'=1\+1, ""쉬워요""\n좋아요",true,/);
  const bare = await get(app, "format=csv&entity=reviews&bom=false");
  assert.match(bare.body, /^reviewId,/);
});

Deno.test("[M-18] facts come as lines, each a fact", async () => {
  await using app = await exhibition();
  const { headers, body } = await get(app, "entity=facts");
  assert.equal(headers.get("content-type"), "application/x-ndjson");
  assert.match(headers.get("content-disposition") ?? "", /\.ndjson"$/);
  assert.equal(headers.get("x-record-count"), null);
  const types = body.split("\n").slice(0, -1).map((line: string) => JSON.parse(line).type);
  assert.equal(types.filter((type: string) => type === "missions.attempt_started").length, 3);
  assert.equal(types.filter((type: string) => type === "missions.event_recorded").length, 10);
});

const REFUSED: readonly [query: string, field: string][] = [
  ["format=xml", "format"],
  ["entity=people", "entity"],
  ["missionType=theme", "missionType"],
  ["startDate=soon", "startDate"],
  ["endDate=2025-02-30", "endDate"],
  ["startDate=2025-01-20&endDate=2025-01-19", "startDate"],
  ["bom=maybe", "bom"],
  ["entity=facts&format=csv", "format"],
];

for (const [query, field] of REFUSED) {
  Deno.test(`[M-18][T-M21] ?${query} is refused by its field`, async () => {
    await using app = await testApp();
    assertError(await get(app, query), { status: 400, code: "VALIDATION_ERROR", field });
  });
}

Deno.test("[M-18][M-57] exports and the codebook want a login", async () => {
  await using app = await testApp();
  const { wsToken } = await startMission(app);
  for (const path of [EXPORT, `${EXPORT}/codebook`]) {
    assertError(await ask(app, path), { status: 401, code: "AUTH_FAILED" });
    assertError(await ask(app, path, bearer(wsToken)), { status: 403, code: "FORBIDDEN" });
  }
});

Deno.test("[M-18] the codebook describes the columns of a file, as JSON and as CSV", async () => {
  await using app = await exhibition();
  const { body } = await ask(app, `${EXPORT}/codebook`, await asAdmin(app));
  const { data: { columns } } = body;
  const { body: csv } = await get(app, "format=csv&bom=false");
  const named = columns.filter((it: { entity: string }) => it.entity === "attempts");
  assert.deepEqual(csv.split("\r\n")[0].split(","), named.map((it: { name: string }) => it.name));
  const table = await ask(app, `${EXPORT}/codebook?format=csv`, await asAdmin(app));
  assert.match(table.headers.get("content-type") ?? "", /^text\/csv/);
  assert.equal(table.body.split("\r\n").length, columns.length + 2);
});

Deno.test("[M-18][M-70] an export of events says of how many attempts they were removed", async () => {
  await using app = await exhibitionOfRemoved();
  const { headers, body } = await get(app, "entity=events");
  assert.deepEqual(Object.keys(body), [
    "exportedAt",
    "recordCount",
    "attemptsWithoutEvents",
    "data",
  ]);
  assert.deepEqual([body.recordCount, body.attemptsWithoutEvents], [0, 2]);
  assert.equal(headers.get("x-attempts-without-events"), "2");
  const csv = await get(app, "entity=events&format=csv");
  assert.equal(csv.headers.get("x-attempts-without-events"), "2");
  const attempts = await get(app, "entity=attempts");
  assert.equal(attempts.headers.get("x-attempts-without-events"), null);
  assert.deepEqual(
    attempts.body.data.map((record: Record<string, unknown>) => record.eventsRemovedAt),
    ["2025-01-20T16:30:00.000Z", null, "2025-01-20T16:30:00.000Z"],
  );
});

async function exhibitionOfRemoved(): Promise<TestApp> {
  const clock = testClock(MIDNIGHT);
  const app = await exhibition({ clock, env: { RETAIN_EVENTS_DAYS: "1" } });
  clock.advance(25 * 3_600_000);
  await app.docent.removeOldEvents();
  return app;
}
