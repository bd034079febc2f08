import assert from "node:assert/strict";
import { BATCH, batched, clientAttemptId } from "../../../support/batches.ts";
import { numbered } from "../../../support/events.ts";
import { asAdmin, ask, assertError } from "../../../support/http.ts";
import { connect } from "../../../support/socket_client.ts";
import { post, type TestApp, testApp } from "../../../support/test_app.ts";
import { testClock } from "../../../support/test_clock.ts";

const at = (sec: number) => new Date(Date.UTC(2025, 0, 19, 10, 30, sec)).toISOString();
const seen = (seq: number) => numbered(seq, { timestamp: at(seq) });
const END = numbered(3, {
  eventType: "mission_completed",
  timestamp: at(85),
  data: { totalDuration: 85 },
});

async function send(app: TestApp, attempts: unknown, status = 201, headers = {}) {
  const answer = await ask(app, BATCH, post({ attempts }, headers));
  assert.equal(answer.status, status, JSON.stringify(answer.body));
  return answer.body.data;
}

async function attemptOf(app: TestApp, attemptId: string) {
  return (await ask(app, `/api/missions/${attemptId}`)).body.data;
}

Deno.test("[T-M03][M-01] an attempt that began without a network comes whole, and is one however often it comes", async () => {
  await using app = await testApp({ parts: { clock: testClock() } });
  const whole = [batched([seen(1), seen(2), END])];
  const first = await send(app, whole);
  assert.deepEqual([first.accepted, first.rejected, first.attempts.length], [3, 0, 1]);
  assert.equal(first.timestamp, "2025-01-19T10:30:00.000Z");
  const [taken] = first.attempts;
  assert.equal(taken.attemptId, clientAttemptId());
  assert.match(taken.storedAs, /^attempt_\d{39}$/);
  assert.deepEqual(taken.results.map((it: { seq: number }) => it.seq), [1, 2, 3]);

  const again = await Promise.all([send(app, whole), send(app, whole)]);
  for (const { attempts: [repeated] } of again) {
    assert.equal(repeated.storedAs, taken.storedAs);
    const told = taken.results.map((it: unknown) => ({ ...(it as object), duplicate: true }));
    assert.deepEqual(repeated.results, told);
  }
  const attempt = await attemptOf(app, taken.storedAs);
  assert.deepEqual(
    [attempt.status, attempt.eventCount, attempt.totalDuration, attempt.startTime],
    ["completed", 3, 85, "2025-01-19T10:30:00.000Z"],
  );
});

Deno.test("[T-M03] the same new attempt in many batches at once is started once", async () => {
  await using app = await testApp();
  const answers = await Promise.all(
    Array.from({ length: 30 }, (_, i) => send(app, [batched([seen(i + 1)])])),
  );
  assert.equal(new Set(answers.map(({ attempts: [it] }) => it.storedAs)).size, 1);
  const attempt = await attemptOf(app, answers[0].attempts[0].storedAs);
  assert.equal(attempt.eventCount, 30);
  const { body } = await ask(app, "/api/missions", await asAdmin(app));
  assert.equal(body.data.pagination.total, 1);
});

Deno.test("[T-M03][M-01] a start and a batch that name one client's id are one attempt, also over a socket", async () => {
  await using app = await testApp();
  const base = await app.listen();
  const { events: _, ...start } = batched([]);
  const upper = { ...start, attemptId: clientAttemptId().toUpperCase() };
  const started = (await ask(app, "/api/missions/start", post(start))).body.data;
  const repeated = (await ask(app, "/api/missions/start", post(upper))).body.data;
  assert.equal(repeated.attemptId, started.attemptId);
  const client = await connect(base, started);
  await client.next("connection_ack");
  client.send(seen(1));
  const ack = await client.next("event_ack");
  const { attempts: [taken] } = await send(app, [batched([seen(1), seen(2)])]);
  assert.equal(taken.storedAs, started.attemptId);
  assert.deepEqual(taken.results[0], {
    clientEventId: seen(1).clientEventId,
    seq: 1,
    eventId: ack.eventId,
    duplicate: true,
  });
  assert.equal(taken.results[1].duplicate, false);
  await client.close();
});

Deno.test("[T-M03] a client's id that was used with another start is a conflict, by either way", async () => {
  await using app = await testApp();
  await send(app, [batched([seen(1)])]);
  const others = [
    { sessionId: "550e8400-e29b-41d4-a716-446655440001" },
    { missionType: "vocabulary" },
    { timestamp: at(1) },
  ];
  for (const parts of others) {
    const { attempts: [told] } = await send(app, [batched([seen(2)], parts)], 207);
    assert.deepEqual([told.error.code, told.error.details.field], ["CONFLICT", "attemptId"]);
    const { events: _, ...start } = batched([], parts);
    const answer = await ask(app, "/api/missions/start", post(start));
    assertError(answer, { status: 409, code: "CONFLICT", field: "attemptId" });
  }
});

Deno.test("[M-60][T-M08][X-03] each bad event is told by itself, and the good ones around it are stored", async () => {
  await using app = await testApp();
  const deep = JSON.parse(`${"[".repeat(40)}${"]".repeat(40)}`);
  const bad: [unknown, string, string][] = [
    [null, "INVALID_EVENT", "body"],
    [{ ...seen(2), eventType: "" }, "INVALID_EVENT", "eventType"],
    [{ ...seen(2), timestamp: "yesterday" }, "INVALID_EVENT", "timestamp"],
    [{ ...seen(2), data: undefined }, "INVALID_EVENT", "data"],
    [{ ...seen(2), data: { note: "a\0b" } }, "VALIDATION_ERROR", "body"],
    [{ ...seen(2), data: { deep } }, "VALIDATION_ERROR", "body"],
    [{ ...seen(2), data: { big: 2 ** 60 } }, "VALIDATION_ERROR", "body"],
    [{ ...seen(2), sessionId: clientAttemptId(7) }, "INVALID_EVENT", "sessionId"],
    [{ ...seen(2), attemptId: "attempt_1" }, "INVALID_EVENT", "attemptId"],
    [{ ...numbered(9), seq: 1 }, "INVALID_EVENT", "seq"],
  ];
  const events = [seen(1), ...bad.map(([event]) => event), seen(2)];
  const { accepted, rejected, attempts: [{ results }] } = await send(app, [batched(events)], 207);
  assert.deepEqual([accepted, rejected], [2, bad.length]);
  bad.forEach(([, code, field], i) => {
    const { error } = results[i + 1];
    assert.deepEqual([error.code, error.details.field], [code, field], JSON.stringify(error));
  });
});

Deno.test("[M-60][T-M27] a bad attempt is told by itself, and the others of its batch are stored", async () => {
  await using app = await testApp();
  const bad: [unknown, string][] = [
    [7, "body"],
    [batched([], { attemptId: "attempt_1737285000000000000001" }), "attemptId"],
    [batched([], { sessionId: "me" }), "sessionId"],
    [batched([], { missionType: "chess", attemptId: clientAttemptId(2) }), "missionType"],
    [batched([], { timestamp: 5 }), "timestamp"],
    [batched([], { events: "none" }), "events"],
    [batched([], { events: Array(501).fill(null) }), "events"],
  ];
  const good = batched([seen(1)], { attemptId: clientAttemptId(3) });
  const data = await send(app, [...bad.map(([it]) => it), good], 207);
  assert.deepEqual([data.accepted, data.rejected], [1, bad.length]);
  bad.forEach(([, field], i) => {
    const { error, results } = data.attempts[i];
    assert.deepEqual([error.details.field, results], [field, undefined], JSON.stringify(error));
  });
});

Deno.test("[M-60][X-03] what is no batch is refused as a whole", async () => {
  await using app = await testApp();
  const wrong = [
    "{",
    "[]",
    "null",
    {},
    { attempts: {} },
    { attempts: [] },
    { attempts: Array(21).fill(batched([])) },
  ];
  for (const body of wrong) {
    const answer = await ask(app, BATCH, post(body));
    assertError(answer, { status: 400, code: "VALIDATION_ERROR" });
  }
  const large = await ask(app, BATCH, post("x".repeat(70_000)));
  assertError(large, { status: 413, code: "PAYLOAD_TOO_LARGE" });
  const form = await ask(app, BATCH, post({}, { "content-type": "image/png" }));
  assertError(form, { status: 415, code: "UNSUPPORTED_MEDIA" });
});

Deno.test("[M-01][M-61] a beacon's plain text is taken from our pages and named ones, and from no other", async () => {
  const env = { ALLOWED_ORIGINS: "https://kiosk.example" };
  await using app = await testApp({ env });
  const beacon = (origin: string) =>
    ask(app, BATCH, {
      method: "POST",
      headers: { origin, "content-type": "text/plain;charset=UTF-8" },
      body: JSON.stringify({ attempts: [batched([seen(1)])] }),
    });
  assert.equal((await beacon("http://localhost")).status, 201);
  assert.equal((await beacon("https://kiosk.example")).status, 201);
  assertError(await beacon("https://foreign.example"), { status: 403, code: "FORBIDDEN" });
});

Deno.test("[T-M05][T-M09] with REQUIRE_KIOSK_KEY a batch needs the key, which names the kiosk", async () => {
  const key = "0123456789abcdef0123456789abcdef";
  const env = { KIOSK_KEYS: `hall-1:${key}`, REQUIRE_KIOSK_KEY: "true" };
  await using app = await testApp({ env });
  const body = { attempts: [batched([seen(1)])] };
  assertError(await ask(app, BATCH, post(body)), { status: 401, code: "AUTH_FAILED" });
  const [{ storedAs }] = (await send(app, body.attempts, 201, { "x-kiosk-key": key })).attempts;
  const { body: read } = await ask(app, `/api/missions/${storedAs}`, await asAdmin(app));
  assert.equal(read.data.kioskId, "kiosk_hall-1");
});

Deno.test("[T-M17] events of one attempt over the rate are refused one by one, with the time to wait", async () => {
  const env = { RATE_EVENTS_PER_SEC: "10", RATE_EVENT_BURST: "20" };
  const clock = testClock();
  await using app = await testApp({ env, parts: { clock } });
  const events = Array.from({ length: 25 }, (_, i) => seen(i + 1));
  const other = batched([seen(1)], { attemptId: clientAttemptId(2) });
  const { attempts } = await send(app, [batched(events), other], 207);
  const refused = attempts[0].results.slice(20);
  assert.equal(refused.length, 5);
  for (const { error, seq } of refused) {
    assert.equal(error.code, "RATE_LIMIT");
    assert.ok(error.details.retryAfterMs > 0 && seq > 20);
  }
  assert.equal(attempts[1].results[0].error, undefined);
  clock.advance(1_000);
  const rest = await send(app, [batched(events.slice(20))]);
  assert.equal(rest.accepted, 5);
});

Deno.test("[T-M17] a hall of kiosks behind one address hands in batches without being counted as strangers", async () => {
  await using app = await testApp();
  for (let i = 1; i <= 150; i++) {
    await send(app, [batched([seen(1)], { attemptId: clientAttemptId(i) })]);
  }
});

Deno.test("[T-M06][T-M24] an expired attempt takes by batch what happened before, and is revised by its end", async () => {
  const clock = testClock();
  await using app = await testApp({ parts: { clock } });
  const { attempts: [{ storedAs }] } = await send(app, [
    batched([{ ...seen(1), sentAt: at(0) }]),
  ]);
  clock.advance(3_600_000);
  await app.docent.missions.expireStale();
  assert.equal((await attemptOf(app, storedAs)).status, "expired");
  await send(app, [batched([seen(2), END])]);
  const attempt = await attemptOf(app, storedAs);
  assert.deepEqual([attempt.status, attempt.totalDuration], ["completed", 85]);
  const late = numbered(4, { timestamp: at(86) });
  const { attempts: [{ results }] } = await send(app, [batched([late])], 207);
  assert.equal(results[0].error.code, "ATTEMPT_EXPIRED");
});
