import assert from "node:assert/strict";
import { apiKey } from "../../support/api_key.ts";
import { type Answer, asAdmin, ask, assertError } from "../../support/http.ts";
import { person } from "../../support/person.ts";
import { post, startMission, type TestApp, testApp } from "../../support/test_app.ts";
import { testClock } from "../../support/test_clock.ts";

const PATH = "/api/events";
const login = { eventName: "login", userId: "user_1" };

async function totalOf(app: TestApp): Promise<number> {
  return (await app.docent.metrics.dashboard()).totalEvents;
}

function dataOf(answer: Answer, status = 201) {
  assert.equal(answer.status, status, JSON.stringify(answer.body));
  assert.equal(answer.body.success, true);
  return answer.body.data;
}

Deno.test("[E-22] an event is stored for a key in either header, and for a sign-in", async () => {
  await using app = await testApp();
  const key = await apiKey(app, "events:write");
  const bearer = { authorization: `Bearer ${key["x-api-key"]}` };
  const visitor = await person(app);
  for (
    const headers of [
      key,
      bearer,
      (await asAdmin(app)).headers,
      { authorization: `Bearer ${visitor.token}` },
    ]
  ) {
    const data = dataOf(await ask(app, PATH, post(login, headers)));
    assert.match(data.eventId, /^event_\d{22}$/);
    assert.equal(data.duplicate, false);
  }
  assert.equal(await totalOf(app), 4);
});

Deno.test("[E-22] of a batch the good events are stored and the others told one by one", async () => {
  await using app = await testApp();
  const key = await apiKey(app, "events:write");
  const good = dataOf(await ask(app, PATH, post({ events: [login, login] }, key)));
  assert.deepEqual([good.accepted, good.rejected, good.results.length], [2, 0, 2]);
  const events = [{ ...login, clientEventId: "a" }, { eventName: "" }, {
    ...login,
    clientEventId: "a",
  }];
  const mixed = dataOf(await ask(app, PATH, post({ events }, key)), 207);
  assert.deepEqual([mixed.accepted, mixed.rejected], [2, 1]);
  assert.deepEqual(mixed.results[2], { eventId: mixed.results[0].eventId, duplicate: true });
  assert.deepEqual(mixed.results[1].error, {
    code: "INVALID_EVENT",
    message: "Event validation failed: invalid field 'eventName'",
    details: { field: "eventName", expected: "at least 1 character" },
  });
  const bad = dataOf(await ask(app, PATH, post({ events: [null] }, key)), 207);
  assert.deepEqual([bad.accepted, bad.rejected], [0, 1]);
  assert.equal(await totalOf(app), 3);
});

Deno.test("[E-22] a repeat is answered with the first one's id", async () => {
  await using app = await testApp();
  const key = await apiKey(app, "events:write");
  const send = async () =>
    dataOf(await ask(app, PATH, post({ ...login, clientEventId: "3f-1" }, key)));
  const { eventId } = await send();
  assert.deepEqual(await send(), { eventId, duplicate: true });
  const other = await apiKey(app, "events:write");
  const foreign = dataOf(await ask(app, PATH, post({ ...login, clientEventId: "3f-1" }, other)));
  assert.equal(foreign.duplicate, false);
});

const REFUSED: readonly [body: unknown, status: number, code: string, field?: string][] = [
  ["{", 400, "VALIDATION_ERROR", "body"],
  [[], 400, "INVALID_EVENT", "body"],
  [{}, 400, "INVALID_EVENT", "eventName"],
  [{ events: [] }, 400, "VALIDATION_ERROR", "events"],
  [{ events: login }, 400, "VALIDATION_ERROR", "events"],
  [{ events: Array(501).fill({ eventName: "a" }) }, 400, "VALIDATION_ERROR", "events"],
  [{ eventName: "a", userId: "a\u0000b" }, 400, "VALIDATION_ERROR"],
  [{ eventName: "a".repeat(65 * 1024) }, 413, "PAYLOAD_TOO_LARGE", "body"],
];

for (const [body, status, code, field] of REFUSED) {
  Deno.test(`[E-22] events are refused whole: ${JSON.stringify(body).slice(0, 60)}`, async () => {
    await using app = await testApp();
    const key = await apiKey(app, "events:write");
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const headers = { ...key, "content-length": String(text.length) };
    const answer = await ask(app, PATH, post(text, headers));
    assertError(answer, { status, code, field } as Parameters<typeof assertError>[1]);
    assert.equal(await totalOf(app), 0);
  });
}

Deno.test("[E-22] events are taken from nobody unknown, and from no key without the scope", async () => {
  await using app = await testApp();
  const reader = await apiKey(app, "metrics:read");
  const { wsToken } = await startMission(app);
  const unknown = { status: 401, code: "AUTH_FAILED" } as const;
  const forbidden = { status: 403, code: "FORBIDDEN" } as const;
  assertError(await ask(app, PATH, post(login)), unknown);
  assertError(await ask(app, PATH, post(login, { "x-api-key": "ak_made-up" })), unknown);
  assertError(await ask(app, PATH, post(login, { "x-api-key": "made up" })), unknown);
  assertError(await ask(app, PATH, post(login, { authorization: "Bearer ak_made-up" })), unknown);
  assertError(await ask(app, PATH, post(login, reader)), forbidden);
  assertError(await ask(app, PATH, post(login, { authorization: `Bearer ${wsToken}` })), forbidden);
  const form = { method: "POST", headers: reader, body: "eventName=login" };
  assertError(await ask(app, PATH, form), forbidden);
  assert.equal(await totalOf(app), 0);
});

Deno.test("[E-22] a body that is not declared as JSON is refused", async () => {
  await using app = await testApp();
  const headers = { ...await apiKey(app, "events:write"), "content-type": "text/plain" };
  const answer = await ask(app, PATH, { method: "POST", headers, body: JSON.stringify(login) });
  assertError(answer, { status: 415, code: "UNSUPPORTED_MEDIA", field: "Content-Type" });
});

Deno.test("[E-22] a revoked key sends nothing more", async () => {
  await using app = await testApp();
  const key = await apiKey(app, "events:write");
  const admin = await asAdmin(app);
  const [{ keyId }] = (await ask(app, "/api/admin/api-keys", admin)).body.data.keys;
  await ask(app, `/api/admin/api-keys/${keyId}`, { method: "DELETE", ...admin });
  assertError(await ask(app, PATH, post(login, key)), { status: 401, code: "AUTH_FAILED" });
});

Deno.test("[E-22] a thousand requests a minute are taken of one caller, whatever the others do", async () => {
  const clock = testClock();
  await using app = await testApp({
    env: { RATE_EVENT_REQUESTS_PER_MIN: "3" },
    parts: { clock },
  });
  const [one, two] = [await apiKey(app, "events:write"), await apiKey(app, "events:write")];
  for (let i = 0; i < 3; i++) dataOf(await ask(app, PATH, post(login, one)));
  const refused = await ask(app, PATH, post(login, one));
  assertError(refused, { status: 429, code: "RATE_LIMIT" });
  dataOf(await ask(app, PATH, post(login, two)));
  clock.advance(20_000);
  dataOf(await ask(app, PATH, post(login, one)));
});

Deno.test("[E-22] ten thousand events a minute are taken of a key, all of a batch or none", async () => {
  const clock = testClock();
  await using app = await testApp({ env: { RATE_KEY_EVENTS_PER_MIN: "10" }, parts: { clock } });
  const key = await apiKey(app, "events:write");
  const batch = (size: number) => post({ events: Array(size).fill(login) }, key);
  dataOf(await ask(app, PATH, batch(7)));
  assertError(await ask(app, PATH, batch(4)), { status: 429, code: "RATE_LIMIT" });
  dataOf(await ask(app, PATH, batch(3)));
  clock.advance(60_000);
  dataOf(await ask(app, PATH, batch(10)));
  assert.equal(await totalOf(app), 20);
  // More than ever are allowed at once wait for a full minute, not for ever.
  clock.advance(60_000);
  dataOf(await ask(app, PATH, batch(12)));
});

Deno.test("[E-14][T-E09] a country is told by the event, or by a proxy that is trusted", async () => {
  const env = { COUNTRY_HEADER: "CF-IPCountry", TRUSTED_PROXIES: "127.0.0.1" };
  for (
    const [settings, header, country] of [
      [env, "KR", "KR"],
      [env, "XX", "unknown"],
      [env, "T1", "unknown"],
      [env, "kr, US", "unknown"],
      [{ ...env, TRUSTED_PROXIES: "10.0.0.1" }, "KR", "unknown"],
      [{ TRUSTED_PROXIES: "127.0.0.1" }, "KR", "unknown"],
    ] as const
  ) {
    await using app = await testApp({ env: settings });
    const headers = { ...await apiKey(app, "events:write"), "cf-ipcountry": header };
    dataOf(await ask(app, PATH, post(login, headers)));
    dataOf(await ask(app, PATH, post({ ...login, country: "eg" }, headers)));
    const { geographicDistribution } = await app.docent.metrics.dashboard();
    const counted = new Map(geographicDistribution.map((it) => [it.country, it.count]));
    assert.deepEqual(counted, new Map([["EG", 1], [country, 1]]), `${header} ${country}`);
  }
});

Deno.test("[E-15] a device is told by the event, or by the user agent", async () => {
  await using app = await testApp();
  const headers = {
    ...await apiKey(app, "events:write"),
    "user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0",
  };
  dataOf(await ask(app, PATH, post(login, headers)));
  dataOf(await ask(app, PATH, post({ ...login, device: "tablet" }, headers)));
  const { deviceTypes } = await app.docent.metrics.dashboard();
  assert.deepEqual(deviceTypes, [{ device: "tablet", count: 1 }, { device: "web", count: 1 }]);
});
