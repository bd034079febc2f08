import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { writeQueueFile } from "../../../../client/kiosk/export.ts";
import { sha256 } from "../../../../lib/digest.ts";
import { openBrowser } from "../../../support/browser.ts";
import { asAdmin, ask, assertError } from "../../../support/http.ts";
import {
  type PairedKiosk,
  pairedKiosk,
  pairWith,
  REGISTRY,
} from "../../../support/kiosk_registry.ts";
import { kioskDevice } from "../../../support/kiosks.ts";
import { person } from "../../../support/person.ts";
import { storedVisits, told } from "../../../support/stored_visits.ts";
import { SESSION_ID, type TestApp, testApp } from "../../../support/test_app.ts";
import { testClock } from "../../../support/test_clock.ts";

const PATH = `${REGISTRY}/import`;
const LINES = { "content-type": "application/x-ndjson" };
const HOUR_MS = 3_600_000;
const VISIT = ["1 mission_started", "2 page_view", "3 mission_completed"];
const systemClock = { now: () => Date.now(), monotonic: () => performance.now() };

/** A device without a network on which one visitor has been. */
async function playedDevice(base: string, aheadMs = 0) {
  const device = kioskDevice(base);
  device.net.isCut = true;
  device.aheadMs = aheadMs;
  const page = device.open();
  await page.kiosk.startMission("portfolio");
  await page.kiosk.track("page_view", { url: "/portfolio/create/auto" });
  await page.kiosk.complete();
  const write = async ({ kioskId, kioskKey }: PairedKiosk, clockOffsetMs: number | null = 0) => {
    const clock = { ...systemClock, now: () => systemClock.now() + aheadMs };
    const options = { kioskId, kioskKey, clockOffsetMs };
    const written = await writeQueueFile(options, { store: device.store, clock });
    return { ...written, text: await written.file.text() };
  };
  return { device, ...page, write };
}

async function importFile(app: TestApp, body: string) {
  const { headers } = await asAdmin(app);
  return await ask(app, PATH, { method: "POST", headers: { ...headers, ...LINES }, body });
}

const countsOf = ({ attempts, events, stored, known, refused }: Record<string, number>) => ({
  attempts,
  events,
  stored,
  known,
  refused,
});

/** Lines as a kiosk of the key would have signed them. */
function signed(kioskKey: string, lines: readonly unknown[]): string {
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
  const signature = createHmac("sha256", sha256(kioskKey)).update(text).digest("hex");
  return `${text}${JSON.stringify({ signature })}\n`;
}

const headOf = (kioskId: string) => ({
  format: "docent-kiosk-queue",
  version: 1,
  kioskId,
  exportedAt: "2026-01-19T10:30:00Z",
  clockOffsetMs: null,
});

const START = {
  attemptId: "1f0e4a2c-93b7-4a52-8f0a-6f6f1f0e4a2c",
  sessionId: SESSION_ID,
  missionType: "portfolio",
  timestamp: "2026-01-19T10:00:00Z",
};

Deno.test("[M-04][T-M06] a queue that is carried by hand is stored once, whatever comes after it", async () => {
  await using app = await testApp();
  const paired = await pairedKiosk(app);
  const { device, kiosk, signs, write } = await playedDevice(await app.listen());
  const file = await write(paired);
  assert.match(file.name, /^kiosk_\d+-\d{4}-[\dTZ-]+\.ndjson$/);
  assert.deepEqual([file.attempts, file.events], [1, 3]);
  const first = await importFile(app, file.text);
  assert.equal(first.status, 200, JSON.stringify(first.body));
  const all = { attempts: 1, events: 3, stored: 3, known: 0, refused: 0 };
  assert.deepEqual(countsOf(first.body.data), all);
  assert.equal(first.body.data.kioskId, paired.kioskId);
  const visits = await storedVisits(app);
  assert.deepEqual(visits.map(told), [VISIT]);
  const again = await importFile(app, file.text.replaceAll("\n", "\r\n"));
  assert.deepEqual(countsOf(again.body.data), { ...all, stored: 0, known: 3 });
  device.net.isCut = false;
  signs.online();
  await kiosk.drained();
  await kiosk.close();
  assert.deepEqual(await storedVisits(app), visits);
  assert.equal(kiosk.status().refused, 0);
  const { attemptId } = visits[0].attempt;
  assert.equal((await app.docent.missions.get(attemptId)).kioskId, paired.kioskId);
  const [entry] = await app.docent.audit.list({ limit: 1 });
  assert.deepEqual([entry.action, entry.target, entry.detail], [
    "queue.imported",
    paired.kioskId,
    "0 of 3 events were new",
  ]);
});

Deno.test("[T-M09] a kiosk's clock that is three hours fast is set right by what the file says of it", async () => {
  await using app = await testApp();
  const paired = await pairedKiosk(app);
  const { kiosk, write } = await playedDevice(await app.listen(), 3 * HOUR_MS);
  const happenedAt = Date.now();
  await importFile(app, (await write(paired, 3 * HOUR_MS)).text);
  const [{ events }] = await storedVisits(app);
  for (const { timestamp, clockOffsetMs } of events) {
    const correctedAt = Date.parse(timestamp) - clockOffsetMs;
    assert.ok(Math.abs(correctedAt - happenedAt) < 1_000, `${correctedAt - happenedAt} ms off`);
  }
  await kiosk.close();
});

Deno.test("[T-M09] the days that a file is carried are no fault of a clock that was never measured", async () => {
  const clock = testClock();
  await using app = await testApp({ parts: { clock } });
  const { kioskId, kioskKey } = await pairedKiosk(app);
  const YEARS_MS = Date.parse("1970-01-01T02:00:00Z") - clock.now();
  const seen = [];
  for (const aheadMs of [0, 3 * HOUR_MS, YEARS_MS]) {
    const at = (agoMs: number) => new Date(clock.now() + aheadMs - agoMs).toISOString();
    const start = { ...START, attemptId: crypto.randomUUID(), timestamp: at(20_000) };
    const event = { eventType: "page_view", timestamp: at(10_000), data: { url: "/a" } };
    const head = { ...headOf(kioskId), exportedAt: at(0) };
    const exportedAt = clock.now();
    const body = signed(kioskKey, [head, { ...start, events: [event] }]);
    clock.advance(aheadMs === 0 ? 26 * HOUR_MS : 0);
    assert.equal((await importFile(app, body)).body.data.stored, 1);
    const { events } = (await storedVisits(app)).at(-1)!;
    const { timestamp, clockOffsetMs } = events[0];
    seen.push(Date.parse(timestamp) - clockOffsetMs - exportedAt);
  }
  assert.deepEqual(seen, [-10_000, -10_000, -10_000]);
});

Deno.test("[T-M05] the file of a device that was replaced is still taken", async () => {
  await using app = await testApp();
  const old = await pairedKiosk(app);
  const { kiosk, write } = await playedDevice(await app.listen());
  const { text } = await write(old);
  const { code } = await app.docent.kiosks.openCode(old.kioskId, "admin");
  await pairWith(app, code);
  assert.equal((await importFile(app, text)).body.data.stored, 3);
  await kiosk.close();
});

Deno.test("[T-M05] a file that its kiosk did not sign, or that was changed, stores nothing", async () => {
  await using app = await testApp();
  const mine = await pairedKiosk(app, "A");
  const other = await pairedKiosk(app, "B");
  const { kiosk, write } = await playedDevice(await app.listen());
  const { text } = await write(mine);
  await kiosk.close();
  const invalid = { status: 400, code: "VALIDATION_ERROR" } as const;
  const unsigned = { ...invalid, field: "signature" };
  const changed = text.replace("/portfolio/create/auto", "/portfolio/create/auto/step5");
  assert.notEqual(changed, text);
  assertError(await importFile(app, changed), unsigned);
  assertError(await importFile(app, text.replace(mine.kioskId, other.kioskId)), unsigned);
  assertError(
    await importFile(app, (await write({ ...mine, kioskKey: other.kioskKey })).text),
    unsigned,
  );
  const lines = text.trimEnd().split("\n");
  assertError(await importFile(app, lines.slice(0, -1).join("\n")), unsigned);
  assertError(await importFile(app, [lines[0], ...lines.slice(2)].join("\n")), unsigned);
  const stranger = signed("a-key", [headOf("kiosk_1")]);
  assertError(await importFile(app, stranger), { status: 404, code: "NOT_FOUND" });
  for (const body of ["", "{}", "not json\n{}", `${lines[0]}\n`, "x".repeat(200_000)]) {
    assertError(await importFile(app, body), invalid);
  }
  const huge = `${"x".repeat(100_000)}\n`.repeat(170);
  assertError(await importFile(app, huge), {
    status: 413,
    code: "PAYLOAD_TOO_LARGE",
    field: "file",
  });
  assert.deepEqual(await storedVisits(app), []);
});

Deno.test("[T-M08] what is bad in a signed file is told, and the rest of it is stored", async () => {
  await using app = await testApp();
  const { kioskId, kioskKey } = await pairedKiosk(app);
  const event = { eventType: "page_view", timestamp: "2026-01-19T10:01:00Z", data: { url: "/a" } };
  const body = signed(kioskKey, [
    headOf(kioskId),
    { ...START, events: [event, { ...event, eventType: "" }, "nonsense"] },
    { ...START, missionType: "unknown", attemptId: crypto.randomUUID(), events: [event] },
    { nonsense: true },
  ]);
  const { status, body: answer } = await importFile(app, body);
  assert.equal(status, 200);
  const { faults, ...report } = answer.data;
  assert.deepEqual(countsOf(report), { attempts: 1, events: 3, stored: 1, known: 0, refused: 4 });
  assert.deepEqual(faults.map((fault: { field: string }) => fault.field), [
    "eventType",
    "body",
    "missionType",
    "sessionId",
  ]);
});

Deno.test("[X-10] operators import; others, and what is not declared as lines, are refused", async () => {
  await using app = await testApp();
  const { kioskId, kioskKey } = await pairedKiosk(app);
  const body = signed(kioskKey, [headOf(kioskId), { ...START, events: [] }]);
  const send = (headers: Record<string, string>) =>
    ask(app, PATH, { method: "POST", headers, body });
  assertError(await send(LINES), { status: 401, code: "AUTH_FAILED" });
  assertError(await send({ ...LINES, "x-kiosk-key": kioskKey }), {
    status: 401,
    code: "AUTH_FAILED",
  });
  for (const role of ["viewer", "researcher"] as const) {
    const { token } = await person(app, role);
    const headers = { ...LINES, authorization: `Bearer ${token}` };
    assertError(await send(headers), { status: 403, code: "FORBIDDEN" });
  }
  const authorization = `Bearer ${(await person(app, "operator")).token}`;
  assertError(await send({ authorization, "content-type": "application/json" }), {
    status: 415,
    code: "UNSUPPORTED_MEDIA",
  });
  assert.equal((await send({ ...LINES, authorization })).status, 200);
  assert.equal((await storedVisits(app)).length, 1);
});

Deno.test("[T-M05] the page takes the file, and says what became of it", async () => {
  await using app = await testApp();
  const { kioskId, kioskKey } = await pairedKiosk(app);
  const browser = openBrowser(app);
  await browser.signIn();
  const csrf = await browser.csrfToken();
  const send = async (file: string | null, token = csrf) => {
    const form = new FormData();
    form.set("_csrf", token);
    if (file !== null) form.set("queue", new Blob([file]), "queue.ndjson");
    const answer = await browser.send("/admin/kiosks/import", form, { "accept-language": "en" });
    return { status: answer.status, html: await answer.text() };
  };
  const event = { eventType: "page_view", timestamp: "2026-01-19T10:01:00Z", data: { url: "/a" } };
  const file = signed(kioskKey, [
    headOf(kioskId),
    { ...START, events: [event, { ...event, eventType: "" }] },
  ]);
  assert.equal((await send(file, "x")).status, 403);
  const good = await send(file);
  assert.equal(good.status, 200);
  assert.match(good.html, new RegExp(`The queue of ${kioskId}[^]*Stored now[^]*What was refused`));
  const changed = await send(file.replace("/a", "/b"));
  assert.equal(changed.status, 400);
  assert.match(changed.html, /its signature is not good/);
  assert.match((await send(signed("k", [headOf("kiosk_1")]))).html, /is not known here/);
  assert.match((await send(null)).html, /Choose a file first/);
  assert.match((await send(`${"x".repeat(100_000)}\n`.repeat(170))).html, /larger than 16 MiB/);
  assert.equal((await storedVisits(app)).length, 1);
});
