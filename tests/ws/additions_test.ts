import assert from "node:assert/strict";
import { numbered } from "../support/events.ts";
import { faultyKv } from "../support/faulty_kv.ts";
import { eventually } from "../support/eventually.ts";
import { connect, type SocketClient } from "../support/socket_client.ts";
import { startMission, type TestApp, testApp } from "../support/test_app.ts";
import { testClock } from "../support/test_clock.ts";

const HELLO = { type: "hello", sdk: "docent-js 1.0", app: "kiosk", kioskId: "kiosk_hall-1" };

/** A client that knows the additions of the protocol. */
async function connectKnowing(
  app: TestApp,
  hello: Record<string, unknown> = HELLO,
): Promise<SocketClient> {
  const client = await connect(await app.listen(), await startMission(app));
  await client.next("connection_ack");
  client.send(hello);
  return client;
}

Deno.test("[T-M06][M-24] hello is answered with the server's time", async () => {
  const clock = testClock();
  await using app = await testApp({ parts: { clock } });
  const client = await connectKnowing(app);
  assert.deepEqual(await client.next(), {
    type: "time_sync",
    serverTime: "2025-01-19T10:30:00.000Z",
  });
  await client.close();
});

Deno.test("[T-M18] a client that comes back is told from where to send again", async () => {
  await using app = await testApp();
  const base = await app.listen();
  const started = await startMission(app);
  const first = await connect(base, started);
  for (const seq of [1, 2, 4]) first.send(numbered(seq));
  for (let i = 0; i < 3; i++) await first.next("event_ack");
  await first.close();

  const second = await connect(base, started);
  second.send({ ...HELLO, resumeFrom: 2 });
  assert.equal((await second.next("resend_from")).seq, 3);
  await second.close();
});

Deno.test("[T-M18] a gap is asked for, once", async () => {
  await using app = await testApp();
  const client = await connectKnowing(app);
  await client.next("time_sync");
  for (const seq of [1, 4, 5, 2, 3]) client.send(numbered(seq));
  const heard: string[] = [];
  for (let i = 0; i < 6; i++) {
    const message = await client.next();
    heard.push(message.type === "event_ack" ? `ack ${message.seq}` : JSON.stringify(message));
  }
  assert.deepEqual(heard, [
    "ack 1",
    "ack 4",
    '{"type":"resend_from","seq":2}',
    "ack 5",
    "ack 2",
    "ack 3",
  ]);
  await client.close();
});

Deno.test("[T-M18] what is not durable yet does not count for a client that comes back", async () => {
  using real = await Deno.openKv(":memory:");
  const { kv, hold, spoil, commits } = faultyKv(real);
  await using app = await testApp({ parts: { kv } });
  const base = await app.listen();
  const started = await startMission(app);
  const first = await connect(base, started);
  await first.next("connection_ack");
  await app.docent.missions.get(started.attemptId);

  using gate = hold();
  let before = commits();
  const coming = connect(base, started);
  await eventually(() => commits() > before, "the connection is being stored");
  before = commits();
  // It is taken while the new connection's commit is under way, and then its own commit fails.
  first.send(numbered(1));
  await eventually(() => app.docent.log.stats().waiting > 0, "the event waits");
  spoil("none", "fail", "fail");
  gate.open();
  const second = await coming;
  second.send({ ...HELLO, resumeFrom: 1 });
  assert.equal((await second.next("resend_from")).seq, 1);
  await second.close();
  await first.closed;
});

Deno.test("[T-M06][T-M07] heartbeats: the server pings, and renews the token before it ends", async () => {
  const clock = testClock();
  await using app = await testApp({ parts: { clock } });
  const client = await connectKnowing(app);
  await client.next("time_sync");
  for (let elapsed = 0; elapsed < 600_000; elapsed += 25_000) {
    await app.docent.hub.beat();
    const ping = await client.next("ping");
    assert.equal(ping.t, clock.now());
    client.send({ type: "pong", t: ping.t });
    client.send({ type: "heartbeat", queue: 0, battery: 0.8, charging: true, page: "/home" });
    await client.read();
    clock.advance(25_000);
  }
  const refreshes = client.received.filter((message) => message.type === "token_refresh");
  assert.equal(refreshes.length, 1);
  const [{ wsToken, expiresIn }] = refreshes;
  assert.equal(expiresIn, 600);
  const at = client.received.indexOf(refreshes[0]);
  const ping = client.received.slice(0, at).findLast((message) => message.type === "ping");
  const leftSec = 600 - ((ping?.t ?? 0) - Date.parse("2025-01-19T10:30:00.000Z")) / 1000;
  assert.ok(leftSec >= 60 && leftSec <= 85, `renewed ${leftSec} s before the end`);
  // The old token has ended by now, the new one has not.
  const { attemptId } = await app.docent.tokens.verifySocket(wsToken);
  const again = await connect(await app.listen(), { attemptId, wsToken });
  await again.close();
  await client.closed;
});

Deno.test("[M-24][M-71] a client that says no hello hears none of the additions", async () => {
  const clock = testClock();
  await using app = await testApp({ parts: { clock }, env: { RATE_EVENT_BURST: "2" } });
  const client = await connect(await app.listen(), await startMission(app));
  await client.next("connection_ack");
  // A heartbeat, a late token, a gap, a flood and the end of the server: nobody asked for words.
  client.send({ type: "heartbeat", queue: 3 });
  for (const seq of [1, 3, 4]) client.send(numbered(seq, { timestamp: new Date(clock.now()) }));
  await client.next("event_ack");
  await client.next("event_ack");
  assert.equal((await client.next("error")).code, "RATE_LIMIT");
  for (let i = 0; i < 23; i++) {
    clock.advance(25_000);
    client.send({ type: "pong", t: 0 });
    await client.read();
    await app.docent.hub.beat();
  }
  await app.docent.hub.shutDown();
  assert.equal((await client.closed).code, 1001);
  const types = new Set(client.received.map(({ type }) => type));
  assert.deepEqual([...types], ["connection_ack", "event_ack", "error"]);
});

Deno.test("[T-M07] a client that knows is told that the server goes, and when to come back", async () => {
  await using app = await testApp();
  const client = await connectKnowing(app);
  await client.next("time_sync");
  await app.docent.hub.shutDown();
  assert.ok((await client.next("server_shutdown")).reconnectInMs > 0);
  assert.deepEqual(await client.closed, { code: 1001, reason: "Server shuts down" });
});
