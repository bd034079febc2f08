import assert from "node:assert/strict";
import type { ServerMessage } from "../../ws/protocol.ts";
import { event, numbered } from "../support/events.ts";
import { eventually } from "../support/eventually.ts";
import { faultyKv } from "../support/faulty_kv.ts";
import { readEvents } from "../support/reading.ts";
import { connect } from "../support/socket_client.ts";
import { startMission, testApp } from "../support/test_app.ts";

/** An answer in one word: what it is about, and what became of it. */
function wordOf(message: ServerMessage): string {
  if (message.type === "event_ack") return `${message.duplicate ? "again" : "new"} ${message.seq}`;
  return message.type === "error" ? `${message.code} ${message.seq}` : message.type;
}

const MIXED = [
  [numbered(1), "new 1"],
  ["no JSON", "INVALID_EVENT undefined"],
  [numbered(1), "again 1"],
  [numbered(2), "new 2"],
  [numbered(3, { data: null }), "INVALID_EVENT 3"],
  [numbered(3), "new 3"],
  [numbered(2), "again 2"],
  [numbered(4, { attemptId: "attempt_1" }), "INVALID_EVENT 4"],
  [event({ seq: 3, clientEventId: "10000000-0000-4000-8000-000000000000" }), "INVALID_EVENT 3"],
  [numbered(4), "new 4"],
  [numbered(4), "again 4"],
] as const;

Deno.test("[M-25][M-26][T-M18] answers come in the order of arrival, errors and repeats among them", async () => {
  using real = await Deno.openKv(":memory:");
  const { kv, hold, commits } = faultyKv(real);
  await using app = await testApp({ parts: { kv } });
  const started = await startMission(app);
  const client = await connect(await app.listen(), started);
  await client.next("connection_ack");
  await readEvents(app, started);
  {
    using gate = hold();
    const before = commits();
    for (const [message] of MIXED) client.send(message);
    await eventually(() => commits() > before, "a commit is asked for");
    // Nothing overtakes the first event, whose commit is under way.
    assert.equal(client.received.length, 1);
    gate.open();
  }
  const words = [];
  for (const _ of MIXED) words.push(wordOf(await client.next()));
  assert.deepEqual(words, MIXED.map(([, word]) => word));
  assert.deepEqual((await readEvents(app, started)).map(({ seq }) => seq), [1, 2, 3, 4]);
  await client.close();
});

Deno.test("[T-M18] many events at once are acknowledged in order, each after its commit", async () => {
  await using app = await testApp({ env: { RATE_EVENT_BURST: "5000" } });
  const started = await startMission(app);
  const client = await connect(await app.listen(), started);
  const count = 2_000;
  for (let seq = 1; seq <= count; seq++) client.send(numbered(seq));
  for (let seq = 1; seq <= count; seq++) {
    const ack = await client.next("event_ack");
    assert.deepEqual([ack.seq, ack.ackUpTo, ack.duplicate], [seq, seq, false]);
  }
  assert.equal((await app.docent.missions.get(started.attemptId)).eventCount, count);
  await client.close();
});

/** Under 64 KiB as it is sent, over it as it would be stored. */
const EXPANDING = { a: "NUMBERS" };
function poisonous(seq: number): string {
  const numbers = `[${Array(16_000).fill("1e9").join(",")}]`;
  return JSON.stringify(numbered(seq, { data: EXPANDING })).replace('"NUMBERS"', numbers);
}

Deno.test("[T-M18] a poisonous event among good ones is answered, the good ones are stored", async () => {
  await using app = await testApp();
  const base = await app.listen();
  const hall = await Promise.all(
    Array.from({ length: 8 }, async () => {
      const started = await startMission(app);
      return { started, client: await connect(base, started) };
    }),
  );
  // All in one go: good and bad ones wait for the same commit.
  for (const { client } of hall) {
    client.send(numbered(1));
    client.send(poisonous(2));
    client.send(numbered(3));
  }
  for (const { started, client } of hall) {
    await client.next("connection_ack");
    assert.equal(wordOf(await client.next()), "new 1");
    const refused = await client.next("error");
    assert.equal(wordOf(refused), "PAYLOAD_TOO_LARGE 2");
    assert.match(refused.details?.expected ?? "", /^at most \d+ bytes$/);
    const last = await client.next("event_ack");
    // The refused one leaves a gap, that the client knows what is missing.
    assert.deepEqual([last.seq, last.ackUpTo], [3, 1]);
    assert.deepEqual((await readEvents(app, started)).map(({ seq }) => seq), [1, 3]);
    client.send(numbered(2));
    assert.equal((await client.next("event_ack")).ackUpTo, 3);
    await client.close();
  }
});

Deno.test("[M-26] events up to what fits are stored, the largest frames are answered", async () => {
  await using app = await testApp();
  const started = await startMission(app);
  const client = await connect(await app.listen(), started);
  const large = event({ data: { text: "가".repeat(20_000) } });
  client.send(large);
  await client.next("event_ack");
  const [stored] = await readEvents(app, started);
  assert.equal(stored.data.text, large.data.text);

  const empty = JSON.stringify(event({ data: { text: "" } })).length;
  client.send(event({ data: { text: "x".repeat(65_536 - empty) } }));
  assert.equal((await client.next("error")).code, "PAYLOAD_TOO_LARGE");
  client.send(event());
  await client.next("event_ack");
  await client.close();
});
