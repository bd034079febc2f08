import assert from "node:assert/strict";
import type { LogRecord } from "../../lib/log/mod.ts";
import { event, numbered } from "../support/events.ts";
import { eventually } from "../support/eventually.ts";
import { assertError } from "../support/http.ts";
import { askRaw, upgradeRequest } from "../support/raw_socket.ts";
import { readAttempt } from "../support/reading.ts";
import { connect, type SocketClient } from "../support/socket_client.ts";
import { type Started, startMission, testApp } from "../support/test_app.ts";
import { testClock } from "../support/test_clock.ts";

/** How many of the next answers are acknowledgements, and how many say that it is too much. */
async function countAnswers(client: SocketClient, answers: number) {
  const counts = { acks: 0, limited: 0 };
  for (let i = 0; i < answers; i++) {
    const message = await client.next();
    if (message.type === "event_ack") counts.acks++;
    else if (message.type === "error" && message.code === "RATE_LIMIT") counts.limited++;
    else throw new Error(`Not expected: ${JSON.stringify(message)}`);
  }
  return counts;
}

Deno.test("[T-M17][M-26] a flood is answered message by message, with the time to wait", async () => {
  const clock = testClock();
  await using app = await testApp({ parts: { clock } });
  const started = await startMission(app);
  const client = await connect(await app.listen(), started);
  await client.next("connection_ack");
  for (let seq = 1; seq <= 300; seq++) client.send(numbered(seq));
  assert.deepEqual(await countAnswers(client, 300), { acks: 200, limited: 100 });
  const refused = client.received.filter((message) => message.type === "error");
  assert.deepEqual(refused.map(({ seq }) => seq), Array.from({ length: 100 }, (_, i) => 201 + i));
  for (const { details } of refused) assert.equal(details?.retryAfterMs, 20);

  // After that time there is room for one, after a second for fifty.
  clock.advance(20);
  client.send(numbered(201));
  assert.equal((await client.next("event_ack")).ackUpTo, 201);
  clock.advance(1_000);
  for (let seq = 202; seq <= 252; seq++) client.send(numbered(seq));
  assert.deepEqual(await countAnswers(client, 51), { acks: 50, limited: 1 });
  assert.equal((await readAttempt(app, started)).eventCount, 251);
  await client.close();
});

Deno.test("[T-M17] a client that knows is asked to pause, once for each flood", async () => {
  const clock = testClock();
  await using app = await testApp({ parts: { clock }, env: { RATE_EVENT_BURST: "10" } });
  const client = await connect(await app.listen(), await startMission(app));
  client.send({ type: "hello" });
  for (let flood = 1; flood <= 2; flood++) {
    for (let i = 0; i < 20; i++) client.send(event());
    for (let i = 0; i < 10; i++) await client.next("error");
    const pauses = client.received.filter((message) => message.type === "pause");
    assert.equal(pauses.length, flood);
    assert.ok(pauses.every(({ ms }) => ms >= 500));
    clock.advance(1_000);
  }
  await client.close();
});

Deno.test("[T-M17] one who never stops is closed with 4429, after the last answer", async () => {
  const clock = testClock();
  await using app = await testApp({ parts: { clock }, env: { RATE_EVENT_BURST: "1" } });
  const client = await connect(await app.listen(), await startMission(app));
  await client.next("connection_ack");
  client.send(event());
  await client.next("event_ack");
  for (let i = 0; i < 2_000; i++) client.send(event());
  assert.deepEqual(await countAnswers(client, 2_000), { acks: 0, limited: 2_000 });
  assert.deepEqual(await client.closed, { code: 4429, reason: "Too many messages" });
});

Deno.test("[T-M17] a flood is a flood though some of it is within the rate", async () => {
  const clock = testClock();
  await using app = await testApp({ parts: { clock }, env: { RATE_EVENT_BURST: "10" } });
  const client = await connect(await app.listen(), await startMission(app));
  // A thousand a second, of which fifty are taken: closed within three seconds.
  let closed = false;
  client.closed.then(() => closed = true);
  for (let ms = 0; ms < 3_000 && !closed; ms += 20) {
    for (let i = 0; i < 20; i++) client.send(event());
    await client.read();
    clock.advance(20);
  }
  assert.equal((await client.closed).code, 4429);
});

Deno.test("[T-M17] heartbeats have a rate of their own, events beside them are taken", async () => {
  const clock = testClock();
  await using app = await testApp({ parts: { clock } });
  const client = await connect(await app.listen(), await startMission(app));
  await client.next("connection_ack");
  for (let i = 0; i < 210; i++) client.send({ type: "heartbeat", queue: i });
  for (let i = 0; i < 10; i++) {
    const { code, details } = await client.next("error");
    assert.deepEqual([code, details?.retryAfterMs], ["RATE_LIMIT", 50]);
  }
  client.send(event());
  await client.next("event_ack");

  clock.advance(1_000);
  for (let i = 0; i < 20; i++) client.send({ type: "heartbeat", queue: i });
  client.send(event());
  assert.equal((await client.next()).type, "event_ack");
  await client.close();
});

for (const type of ["heartbeat", "hello", "pong"]) {
  Deno.test(`[T-M17] who floods with ${type} messages is closed with 4429`, async () => {
    const clock = testClock();
    await using app = await testApp({ parts: { clock } });
    const client = await connect(await app.listen(), await startMission(app));
    for (let t = 0; t < 2_200; t++) client.send({ type, t });
    assert.equal((await client.closed).code, 4429);
  });
}

Deno.test("[T-M17] one who keeps to what he is told is never closed", async () => {
  const clock = testClock();
  await using app = await testApp({ parts: { clock } });
  const started = await startMission(app);
  const client = await connect(await app.listen(), started);
  await client.next("connection_ack");
  // A queue of an hour offline: half of it is refused at first, and sent again after the pause.
  const queue = Array.from({ length: 1_000 }, (_, i) => i + 1);
  while (queue.length > 0) {
    const burst = queue.splice(0, 100);
    for (const seq of burst) client.send(numbered(seq));
    let waitMs = 0;
    for (const seq of burst) {
      const answer = await client.next();
      if (answer.type !== "error") continue;
      queue.push(seq);
      waitMs = answer.details?.retryAfterMs ?? 0;
    }
    clock.advance(waitMs * 25);
  }
  assert.equal((await readAttempt(app, started)).eventCount, 1_000);
  await client.close();
});

Deno.test("[E-8.10][M-58][T-M17] twelve kiosks behind one address for half an hour see no limit", async () => {
  const clock = testClock();
  await using app = await testApp({ parts: { clock } });
  const base = await app.listen();
  const KIOSKS = 12, MINUTES = 30, PER_MINUTE = 60;
  for (let minute = 0; minute < MINUTES; minute++) {
    // Each visitor stays a minute: a start, a connection, sixty events, the end, the rating.
    await Promise.all(Array.from({ length: KIOSKS }, async () => {
      const started = await startMission(app, { timestamp: new Date(clock.now()).toISOString() });
      const client = await connect(base, started);
      await client.next("connection_ack");
      for (let seq = 1; seq <= PER_MINUTE; seq++) {
        const eventType = seq < PER_MINUTE ? "page_view" : "mission_completed";
        client.send(numbered(seq, { eventType, timestamp: new Date(clock.now()) }));
      }
      assert.deepEqual(await countAnswers(client, PER_MINUTE), { acks: PER_MINUTE, limited: 0 });
      await client.close();
      const review = await app.request(`/api/missions/${started.attemptId}/review`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ rating: 4 }),
      });
      assert.equal(review.status, 201);
      await review.body?.cancel();
    }));
    clock.advance(60_000);
  }
});

Deno.test("[M-59][T-M17] the limit of connections is answered with 503 and when to come back", async () => {
  await using app = await testApp({ env: { MAX_CONNECTIONS: "2" } });
  const base = await app.listen();
  const clients = [
    await connect(base, await startMission(app)),
    await connect(base, await startMission(app)),
  ];
  const late = await startMission(app);
  for (let i = 0; i < 12; i++) {
    await assert.rejects(connect(base, late), /^Error: Upgrade refused with 503$/);
  }
  await clients[0].close();
  // Being turned away for want of room is nobody's failure: there was no 429.
  const client = await connect(base, late);
  await client.close();
  await clients[1].close();
});

Deno.test("[M-30][T-M17] an attempt that only comes and goes is refused with 429, others are not", async () => {
  const clock = testClock();
  await using app = await testApp({ parts: { clock } });
  const base = await app.listen();
  const started = await startMission(app);
  const comeAndGo = async (of: Started) => {
    const client = await connect(base, of);
    await client.close();
  };
  for (let i = 0; i < 30; i++) await comeAndGo(started);
  // More of them than an address has failures: one attempt does not use up those of its hall.
  for (let i = 0; i < 15; i++) {
    const refused = await askRaw(base, upgradeRequest(started));
    const answer = { ...refused, body: JSON.parse(refused.body) };
    assertError(answer, { status: 429, code: "RATE_LIMIT" });
    assert.equal(refused.headers.get("retry-after"), "2");
  }
  const bad = await askRaw(base, upgradeRequest({ ...started, wsToken: "garbage" }));
  assert.equal(bad.status, 401);
  await comeAndGo(await startMission(app));
  const isOf = ({ fact }: LogRecord) => Reflect.get(fact, "attemptId") === started.attemptId;
  await eventually(async () => {
    const facts = (await app.docent.log.read(0, 1_000)).filter(isOf);
    return facts.length === 1 + 30 * 2;
  }, "the start and both facts of each connection are there, and none of a refused one");
  clock.advance(2_000);
  await comeAndGo(started);
  await assert.rejects(connect(base, started), /refused with 429/);
});
