import assert from "node:assert/strict";
import { asAdmin, ask, assertError } from "../../../support/http.ts";
import {
  addKiosk,
  HEARTBEAT,
  pairedKiosk,
  pairWith,
  readKiosk,
  REGISTRY,
} from "../../../support/kiosk_registry.ts";
import { person } from "../../../support/person.ts";
import { post, SESSION_ID, testApp } from "../../../support/test_app.ts";
import { testClock } from "../../../support/test_clock.ts";

const START = { sessionId: SESSION_ID, missionType: "portfolio" };

Deno.test("[T-M05] a device is paired, and its key is good wherever one of KIOSK_KEYS is", async () => {
  await using app = await testApp({ env: { REQUIRE_KIOSK_KEY: "true" } });
  const timestamp = new Date().toISOString();
  const refused = await ask(app, "/api/missions/start", post({ ...START, timestamp }));
  assertError(refused, { status: 401, code: "AUTH_FAILED", field: "X-Kiosk-Key" });
  const { kioskId, code } = await addKiosk(app);
  assert.equal((await readKiosk(app, kioskId)).state, "unpaired");
  const kiosk = await pairWith(app, code);
  assert.equal(kiosk.kioskId, kioskId);
  assert.match(kiosk.kioskKey, /^kk_[\w-]{43}$/);
  const started = await ask(
    app,
    "/api/missions/start",
    post({ ...START, timestamp }, kiosk.headers),
  );
  assert.equal(started.status, 201);
  const attempt = await app.docent.missions.get(started.body.data.attemptId);
  assert.equal(attempt.kioskId, kioskId);
  const again = await ask(app, "/api/kiosks/pair", post({ code }));
  assertError(again, { status: 401, code: "AUTH_FAILED" });
});

Deno.test("[T-M07] a heartbeat is heard, shown, and answered with what staff have to say", async () => {
  const clock = testClock();
  await using app = await testApp({ parts: { clock } });
  const kiosk = await pairedKiosk(app, "A");
  const other = await pairedKiosk(app, "B");
  const beat = (body: unknown, { headers } = kiosk) => ask(app, HEARTBEAT, post(body, headers));
  const heard = {
    queue: 4,
    battery: 0.31,
    charging: false,
    page: "/mission-selection",
    lastTouchAt: "2025-01-19T13:29:12.000Z",
    version: "hall 1.4.0",
    clockOffsetMs: 10_800_000,
  };
  assert.deepEqual((await beat(heard)).body, {
    success: true,
    data: { serverTime: "2025-01-19T10:30:00.000Z", commands: [] },
  });
  const { headers } = await asAdmin(app);
  const command = `${REGISTRY}/${kiosk.kioskId}/commands`;
  const sent = await ask(app, command, post({ name: "message", text: " Back at 3 " }, headers));
  assert.deepEqual([sent.status, sent.body.data.command.deliveredAt], [202, null]);
  assert.deepEqual((await beat({}, other)).body.data.commands, []);
  assert.deepEqual((await beat({})).body.data.commands, [{ name: "message", text: "Back at 3" }]);
  const { kiosks } = (await ask(app, REGISTRY, { headers })).body.data;
  const shown = kiosks.map((it: typeof heard & { name: string; state: string }) => {
    const { queue, battery, charging, page, lastTouchAt, version, clockOffsetMs } = it;
    return [it.name, it.state, {
      queue,
      battery,
      charging,
      page,
      lastTouchAt,
      version,
      clockOffsetMs,
    }];
  });
  const nothing = Object.fromEntries(Object.keys(heard).map((name) => [name, null]));
  // By our clock, which the kiosk's is ahead of.
  const seen = { ...heard, lastTouchAt: "2025-01-19T10:29:12.000Z" };
  assert.deepEqual(shown, [["A", "online", seen], ["B", "online", nothing]]);
  clock.advance(45_000);
  assert.equal((await readKiosk(app, kiosk.kioskId)).state, "unknown");
});

Deno.test("[T-M05][X-10] operators read and command; administrators pair, replace and remove", async () => {
  await using app = await testApp();
  const { kioskId } = await pairedKiosk(app);
  const one = `${REGISTRY}/${kioskId}`;
  const command = { name: "reload" };
  for (const role of ["viewer", "researcher", "user", "kiosk"] as const) {
    const { get, send } = await person(app, role);
    for (const path of [REGISTRY, one]) {
      assertError(await get(path), { status: 403, code: "FORBIDDEN" });
    }
    const told = await send("POST", `${one}/commands`, command);
    assertError(told, { status: 403, code: "FORBIDDEN" });
  }
  const operator = await person(app, "operator");
  assert.equal((await operator.get(REGISTRY)).status, 200);
  assert.equal((await operator.get(one)).status, 200);
  assert.equal((await operator.send("POST", `${one}/commands`, command)).status, 202);
  for (
    const [method, path, body] of [
      ["POST", REGISTRY, { name: "B" }],
      ["POST", `${one}/code`],
      ["DELETE", one],
    ] as const
  ) {
    assertError(await operator.send(method, path, body), { status: 403, code: "FORBIDDEN" });
    const unsigned = body === undefined ? { method } : { ...post(body), method };
    assertError(await ask(app, path, unsigned), { status: 401, code: "AUTH_FAILED" });
  }
  assertError(await ask(app, REGISTRY), { status: 401, code: "AUTH_FAILED" });
  const admin = await person(app, "admin");
  assert.equal((await admin.send("POST", `${one}/code`)).status, 201);
  assert.equal((await admin.send("DELETE", one)).status, 200);
  assertError(await admin.get(one), { status: 404, code: "NOT_FOUND" });
});

Deno.test("[T-M05] another device is paired under the same id, and the old key ends", async () => {
  await using app = await testApp();
  const old = await pairedKiosk(app);
  const { headers } = await asAdmin(app);
  const opened = await ask(app, `${REGISTRY}/${old.kioskId}/code`, { method: "POST", headers });
  assert.equal((await ask(app, HEARTBEAT, post({ queue: 2 }, old.headers))).status, 200);
  const replaced = await pairWith(app, opened.body.data.code);
  assert.equal(replaced.kioskId, old.kioskId);
  const late = await ask(app, HEARTBEAT, post({ queue: 2 }, old.headers));
  assertError(late, { status: 401, code: "AUTH_FAILED" });
  assert.equal((await ask(app, HEARTBEAT, post({}, replaced.headers))).status, 200);
  assert.equal((await readKiosk(app, old.kioskId)).queue, null);
});

const REFUSED = [
  { path: REGISTRY, body: {}, field: "name" },
  { path: REGISTRY, body: { name: "  " }, field: "name" },
  { path: REGISTRY, body: { name: "x".repeat(61) }, field: "name" },
  { path: REGISTRY, body: { name: "A", place: 5 }, field: "place" },
  { path: `${REGISTRY}/kiosk_1/commands`, body: { name: "explode" }, field: "name" },
  { path: `${REGISTRY}/kiosk_1/commands`, body: { name: "message" }, field: "text" },
  {
    path: `${REGISTRY}/kiosk_1/commands`,
    body: { name: "message", text: "x".repeat(201) },
    field: "text",
  },
  { path: `${REGISTRY}/Kiosk 1/commands`, body: { name: "reload" }, field: "kioskId" },
  { path: "/api/kiosks/pair", body: { code: "12345" }, field: "code" },
  { path: "/api/kiosks/pair", body: { code: 123_456 }, field: "code" },
  { path: "/api/kiosks/pair", body: {}, field: "code" },
  { path: HEARTBEAT, body: { queue: -1 }, field: "queue" },
  { path: HEARTBEAT, body: { battery: 80 }, field: "battery" },
  { path: HEARTBEAT, body: { lastTouchAt: "yesterday" }, field: "lastTouchAt" },
  { path: HEARTBEAT, body: { page: "x".repeat(501) }, field: "page" },
  { path: HEARTBEAT, body: { clockOffsetMs: "fast" }, field: "clockOffsetMs" },
];

for (const { path, body, field } of REFUSED) {
  Deno.test(`[T-M05] ${path} refuses ${JSON.stringify(body).slice(0, 60)}`, async () => {
    await using app = await testApp();
    const { headers } = await asAdmin(app);
    const kiosk = await pairedKiosk(app);
    const answer = await ask(app, path, post(body, { ...headers, ...kiosk.headers }));
    assertError(answer, { status: 400, code: "VALIDATION_ERROR", field });
  });
}

Deno.test("[T-M05] a kiosk that is not there, or has no device, is told nothing", async () => {
  await using app = await testApp();
  const { headers } = await asAdmin(app);
  const reload = post({ name: "reload" }, headers);
  const gone = await ask(app, `${REGISTRY}/kiosk_1/commands`, reload);
  assertError(gone, { status: 404, code: "NOT_FOUND" });
  const { kioskId } = await addKiosk(app);
  const early = await ask(app, `${REGISTRY}/${kioskId}/commands`, reload);
  assertError(early, { status: 409, code: "CONFLICT" });
  assertError(await ask(app, HEARTBEAT, post({})), { status: 401, code: "AUTH_FAILED" });
  const form = { ...post("queue=1"), headers: { "content-type": "text/plain" } };
  assertError(await ask(app, HEARTBEAT, form), { status: 415, code: "UNSUPPORTED_MEDIA" });
});

Deno.test("[T-M05][T-M17] an address tries ten codes in a minute", async () => {
  await using app = await testApp({ parts: { clock: testClock() } });
  const { code } = await addKiosk(app);
  const wrong = code === "000000" ? "000001" : "000000";
  for (let n = 0; n < 10; n++) {
    const answer = await ask(app, "/api/kiosks/pair", post({ code: wrong }));
    assertError(answer, { status: 401, code: "AUTH_FAILED" });
  }
  const answer = await ask(app, "/api/kiosks/pair", post({ code }));
  assertError(answer, { status: 429, code: "RATE_LIMIT" });
});

Deno.test("[M-04] an administrator renames a kiosk", async () => {
  await using app = await testApp();
  const { kioskId } = await pairedKiosk(app, "A");
  const { headers } = await asAdmin(app);
  const path = `${REGISTRY}/${kioskId}`;
  const patch = (body: unknown, to = path) =>
    ask(app, to, { ...post(body, headers), method: "PATCH" });
  const { status, body } = await patch({ name: " B ", place: "2F" });
  assert.deepEqual([status, body.data.name, body.data.place], [200, "B", "2F"]);
  assert.equal((await patch({ name: "" })).status, 400);
  assert.equal((await patch({ name: "B" }, `${REGISTRY}/kiosk_none`)).status, 404);
});
