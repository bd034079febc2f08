import assert from "node:assert/strict";
import { event, numbered } from "../support/events.ts";
import { eventually } from "../support/eventually.ts";
import { faultyKv } from "../support/faulty_kv.ts";
import { readAttempt, readEvents } from "../support/reading.ts";
import { connect } from "../support/socket_client.ts";
import { startMission, testApp } from "../support/test_app.ts";
import { testClock } from "../support/test_clock.ts";

const MINUTE_MS = 60_000;

Deno.test("[E-8.9][M-30][T-M07] a second tab takes over, the first is told, no event is lost", async () => {
  using real = await Deno.openKv(":memory:");
  const { kv, hold, commits } = faultyKv(real);
  await using app = await testApp({ parts: { kv } });
  const base = await app.listen();
  const started = await startMission(app);
  const first = await connect(base, started);
  await first.next("connection_ack");
  await readEvents(app, started);
  using gate = hold();
  const before = commits();
  first.send(numbered(1));
  await eventually(() => commits() > before, "a commit is asked for");
  // The second tab is let in by one commit with, or before, what the first still sends.
  const coming = connect(base, started);
  await eventually(() => app.docent.log.stats().waiting === 1, "the second tab waits");
  for (const seq of [2, 3]) first.send(numbered(seq));
  await eventually(() => app.docent.log.stats().waiting === 3, "the events wait");
  gate.open();
  const second = await coming;
  for (const seq of [1, 2, 3]) assert.equal((await first.next("event_ack")).seq, seq);
  assert.deepEqual(await first.closed, {
    code: 4001,
    reason: "Superseded by a newer connection",
  });
  second.send(numbered(4));
  assert.equal((await second.next("event_ack")).ackUpTo, 4);
  assert.deepEqual((await readEvents(app, started)).map(({ seq }) => seq), [1, 2, 3, 4]);
  await second.close();
});

Deno.test("[E-8.9][T-M07] events of two tabs that push each other out are all stored, once", async () => {
  await using app = await testApp();
  const base = await app.listen();
  const started = await startMission(app);
  const total = 60;
  let tab = await connect(base, started);
  const acked = new Set<number>();
  // Each tab sends some, and the next one comes before they are answered.
  for (let seq = 1; seq <= total; seq += 10) {
    for (let at = seq; at < seq + 10; at++) tab.send(numbered(at));
    const next = await connect(base, started);
    assert.equal((await tab.closed).code, 4001);
    for (const message of tab.received) {
      if (message.type === "event_ack") acked.add(message.seq ?? 0);
    }
    tab = next;
  }
  // What had not arrived before the close is sent again, as a client does.
  for (let seq = 1; seq <= total; seq++) if (!acked.has(seq)) tab.send(numbered(seq));
  await eventually(async () => (await readAttempt(app, started)).eventCount >= total, "all are in");
  const stored = (await readEvents(app, started)).map(({ seq }) => seq ?? 0);
  assert.equal(stored.length, total);
  assert.equal(new Set(stored).size, total);
  await tab.close();
});

Deno.test("[M-30][T-M07] the close of the old connection leaves the new one alone", async () => {
  await using app = await testApp();
  const base = await app.listen();
  const started = await startMission(app);
  const first = await connect(base, started);
  const second = await connect(base, started);
  await first.closed;
  const { connection } = await app.docent.missions.get(started.attemptId);
  assert.equal(connection?.status, "active");
  assert.match(connection?.tokenHash ?? "", /^[0-9a-f]{64}$/);
  assert.equal(app.docent.hub.count(), 1);
  second.send(event());
  await second.next("event_ack");
  await second.close();
  await eventually(async () => {
    const row = await app.docent.missions.get(started.attemptId);
    return row.connection?.status === "disconnected";
  }, "the connection is recorded as gone");
  assert.equal(app.docent.hub.count(), 0);
});

Deno.test("[T-M07] a peer without a sign of life for a minute is closed with 4408", async () => {
  const clock = testClock();
  await using app = await testApp({ parts: { clock } });
  const base = await app.listen();
  const [dead, alive] = [
    await connect(base, await startMission(app)),
    await connect(base, await startMission(app)),
  ];
  clock.advance(MINUTE_MS);
  alive.send({ type: "heartbeat" });
  await alive.read();
  clock.advance(1);
  await app.docent.hub.beat();
  assert.equal((await dead.closed).code, 4408);
  await alive.read();
  assert.equal(app.docent.hub.count(), 1);
  await alive.close();
});

Deno.test("[T-M07][T-M09] a server's clock that is set ahead or back neither kills the living nor keeps the dead", async () => {
  const clock = testClock();
  await using app = await testApp({ parts: { clock } });
  const client = await connect(await app.listen(), await startMission(app));
  await client.next("connection_ack");
  clock.jump(300 * MINUTE_MS);
  await app.docent.hub.beat();
  await client.read();
  assert.equal(app.docent.hub.count(), 1);
  clock.jump(-600 * MINUTE_MS);
  clock.advance(MINUTE_MS + 1);
  await app.docent.hub.beat();
  assert.equal((await client.closed).code, 4408);
});

Deno.test("[T-M07] the answer to a ping keeps a bare client's connection", async () => {
  const clock = testClock();
  await using app = await testApp({ parts: { clock } });
  const client = await connect(await app.listen(), await startMission(app));
  await client.next("connection_ack");
  for (let i = 0; i < 4; i++) {
    clock.advance(45_000);
    await app.docent.hub.beat();
    await client.read();
  }
  assert.equal(app.docent.hub.count(), 1);
  await client.close();
});

Deno.test("[T-M06] a client that stays after the end is closed with 4410, one that comes back too", async () => {
  const clock = testClock();
  await using app = await testApp({ parts: { clock } });
  const base = await app.listen();
  const started = await startMission(app, { timestamp: new Date(clock.now()).toISOString() });
  const end = event({ eventType: "mission_completed", timestamp: new Date(clock.now()) });
  for (const message of [end, { type: "unknown" }]) {
    const client = await connect(base, started);
    await client.next("connection_ack");
    client.send(message);
    await client.next();
    clock.advance(50_000);
    await app.docent.hub.beat();
    await client.read();
    assert.equal(app.docent.hub.count(), 1);
    for (let i = 0; i < 2; i++) {
      clock.advance(50_000);
      await app.docent.hub.beat();
      await client.read();
    }
    assert.deepEqual(await client.closed, { code: 4410, reason: "Attempt has ended" });
  }
});

Deno.test("[T-M06][T-M29] the sweep ends an idle attempt and closes its connection with 4410", async () => {
  const clock = testClock();
  await using app = await testApp({ parts: { clock } });
  const base = await app.listen();
  const timestamp = new Date(clock.now()).toISOString();
  const [idle, busy] = [
    await startMission(app, { timestamp }),
    await startMission(app, { timestamp }),
  ];
  const idleClient = await connect(base, idle);
  const busyClient = await connect(base, busy);
  clock.advance(10 * MINUTE_MS);
  busyClient.send(event({ timestamp: new Date(clock.now()) }));
  await busyClient.next("event_ack");
  clock.advance(5 * MINUTE_MS);
  await app.docent.expireStale();
  assert.equal((await idleClient.closed).code, 4410);
  const read = async (attemptId: string) => await app.docent.missions.get(attemptId);
  assert.equal((await read(idle.attemptId)).lifecycle.phase, "expired");
  assert.equal((await read(busy.attemptId)).lifecycle.phase, "in_progress");
  await busyClient.close();
});
