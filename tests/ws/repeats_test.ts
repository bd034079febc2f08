import assert from "node:assert/strict";
import type { EventAck } from "../../ws/protocol.ts";
import { event, numbered, type TestEvent } from "../support/events.ts";
import { eventually } from "../support/eventually.ts";
import { faultyKv } from "../support/faulty_kv.ts";
import { readEvents } from "../support/reading.ts";
import { connect, type SocketClient } from "../support/socket_client.ts";
import { startMission, testApp } from "../support/test_app.ts";

const ID = "6f1d1c3e-8a2b-4c5d-9e0f-1a2b3c4d5e6f";

async function sendFor(client: SocketClient, message: TestEvent): Promise<EventAck> {
  client.send(message);
  return await client.next("event_ack");
}

const MARKED: readonly [name: string, TestEvent][] = [
  ["an id and a number", event({ clientEventId: ID, seq: 1 })],
  ["an id", event({ clientEventId: ID })],
  ["a number", event({ seq: 1 })],
];

for (const [name, message] of MARKED) {
  Deno.test(`[T-M18] an event with ${name} is stored once, however often it is sent`, async () => {
    await using app = await testApp();
    const base = await app.listen();
    const started = await startMission(app);
    const first = await connect(base, started);
    const ack = await sendFor(first, message);
    assert.equal(ack.duplicate, false);
    assert.deepEqual([ack.clientEventId, ack.seq], [message.clientEventId, message.seq]);
    const again = await sendFor(first, message);
    await first.close();
    const second = await connect(base, started);
    const onNewConnection = await sendFor(second, message);
    for (const { eventId, duplicate, ackUpTo } of [again, onNewConnection]) {
      assert.deepEqual({ eventId, duplicate, ackUpTo }, {
        eventId: ack.eventId,
        duplicate: true,
        ackUpTo: message.seq ?? 0,
      });
    }
    assert.equal((await readEvents(app, started)).length, 1);
    await second.close();
  });
}

Deno.test("[T-M18] the letter case of an id does not make another event", async () => {
  await using app = await testApp();
  const started = await startMission(app);
  const client = await connect(await app.listen(), started);
  const { eventId } = await sendFor(client, event({ clientEventId: ID }));
  const again = await sendFor(client, event({ clientEventId: ID.toUpperCase() }));
  assert.deepEqual([again.eventId, again.duplicate], [eventId, true]);
  await client.close();
});

Deno.test("[T-M18] an event without id and number is a new one each time", async () => {
  await using app = await testApp();
  const started = await startMission(app);
  const client = await connect(await app.listen(), started);
  const same = event();
  const ids = [await sendFor(client, same), await sendFor(client, same)].map((it) => it.eventId);
  assert.deepEqual((await readEvents(app, started)).map(({ eventId }) => eventId), ids);
  await client.close();
});

Deno.test("[T-M18][M-28] a repeat after a restart gets the first event's id", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const env = { KV_PATH: `${folder}/docent.kv` };
    let started;
    let before: EventAck;
    {
      await using app = await testApp({ env });
      started = await startMission(app);
      const client = await connect(await app.listen(), started);
      before = await sendFor(client, numbered(1));
      await client.close();
    }
    await using app = await testApp({ env });
    const client = await connect(await app.listen(), started);
    const after = await sendFor(client, numbered(1));
    assert.deepEqual([after.eventId, after.duplicate, after.ackUpTo], [before.eventId, true, 1]);
    assert.equal((await readEvents(app, started)).length, 1);
    await client.close();
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("[T-M18] a repeat waits for the first one's commit", async () => {
  using real = await Deno.openKv(":memory:");
  const { kv, hold, commits } = faultyKv(real);
  await using app = await testApp({ parts: { kv } });
  const started = await startMission(app);
  const client = await connect(await app.listen(), started);
  await client.next("connection_ack");
  // With the rows up to date, the next commit is that of the event.
  await readEvents(app, started);
  using gate = hold();
  const before = commits();
  client.send(numbered(1));
  client.send(numbered(1));
  await eventually(() => commits() > before, "a commit is asked for");
  assert.equal(client.received.length, 1);
  gate.open();
  const first = await client.next("event_ack");
  const second = await client.next("event_ack");
  assert.deepEqual([first.duplicate, second.duplicate], [false, true]);
  assert.equal(first.eventId, second.eventId);
  assert.equal((await readEvents(app, started)).length, 1);
  await client.close();
});

Deno.test("[T-M18] an event and its repeat are refused together when the commit fails", async () => {
  using real = await Deno.openKv(":memory:");
  const { kv, hold, spoil, commits } = faultyKv(real);
  await using app = await testApp({ parts: { kv } });
  const started = await startMission(app);
  const client = await connect(await app.listen(), started);
  await client.next("connection_ack");
  await readEvents(app, started);
  using gate = hold();
  const before = commits();
  client.send(numbered(1));
  client.send(numbered(1));
  await eventually(() => commits() > before, "a commit is asked for");
  spoil("fail");
  gate.open();
  for (let i = 0; i < 2; i++) {
    const { code, seq } = await client.next("error");
    assert.deepEqual([code, seq], ["UNAVAILABLE", 1]);
  }
  assert.equal((await readEvents(app, started)).length, 0);
  const ack = await sendFor(client, numbered(1));
  assert.deepEqual([ack.duplicate, ack.ackUpTo], [false, 1]);
  assert.equal((await readEvents(app, started)).length, 1);
  await client.close();
});

Deno.test("[T-M18] what was stored though its commit threw is a repeat when it is sent again", async () => {
  using real = await Deno.openKv(":memory:");
  const { kv, spoil } = faultyKv(real);
  await using app = await testApp({ parts: { kv } });
  const started = await startMission(app);
  const client = await connect(await app.listen(), started);
  await client.next("connection_ack");
  await readEvents(app, started);
  spoil("lose");
  client.send(numbered(1));
  assert.equal((await client.next("error")).code, "UNAVAILABLE");
  assert.equal((await sendFor(client, numbered(1))).duplicate, true);
  assert.equal((await readEvents(app, started)).length, 1);
  await client.close();
});

Deno.test("[T-M18] ackUpTo stops at a gap, and passes it when it is filled", async () => {
  await using app = await testApp();
  const started = await startMission(app);
  const client = await connect(await app.listen(), started);
  const ackUpTo = [];
  for (const seq of [2, 1, 4, 7, 3, 6, 5]) {
    ackUpTo.push((await sendFor(client, numbered(seq))).ackUpTo);
  }
  assert.deepEqual(ackUpTo, [0, 2, 2, 2, 4, 4, 7]);
  await client.close();
});
