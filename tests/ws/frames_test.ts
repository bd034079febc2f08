import assert from "node:assert/strict";
import { BAD_FRAMES } from "../support/bad_frames.ts";
import { event } from "../support/events.ts";
import { eventually } from "../support/eventually.ts";
import { closePayload, concat, frame, OPCODE } from "../support/frames.ts";
import { type RawSocket, upgradeRaw } from "../support/raw_socket.ts";
import { readEvents } from "../support/reading.ts";
import { connect } from "../support/socket_client.ts";
import { startMission, type TestApp, testApp } from "../support/test_app.ts";

const { continuation, text, binary, close, ping, pong } = OPCODE;
const good = JSON.stringify(event({ data: { title: "한글" } }));

/** A connection past its handshake and the first message of the server. */
async function open(app: TestApp) {
  const started = await startMission(app);
  const raw = await upgradeRaw(await app.listen(), started);
  assert.match((await raw.nextFrame())?.text ?? "", /connection_ack/);
  return { started, raw };
}

async function nextMessage(raw: RawSocket) {
  const next = await raw.nextFrame();
  assert.equal(next?.opcode, text);
  return JSON.parse(next.text);
}

async function assertServes(app: TestApp): Promise<void> {
  const client = await connect(await app.listen(), await startMission(app));
  client.send(event());
  await client.next("event_ack");
  await client.close();
}

Deno.test("[M-21] frames against the protocol are closed with the right code", async (t) => {
  assert.ok(BAD_FRAMES.length >= 20);
  await using app = await testApp();
  for (const { name, bytes, code } of BAD_FRAMES) {
    await t.step(`${name} is closed with ${code}`, async () => {
      const { raw } = await open(app);
      using _ = raw;
      const [heard] = await Promise.all([raw.closeCode(), raw.write(bytes)]);
      assert.equal(heard, code);
      await assertServes(app);
    });
  }
});

Deno.test("[M-21] messages in pieces, split within a letter and with a ping between, are whole", async () => {
  await using app = await testApp();
  const { raw, started } = await open(app);
  using _ = raw;
  const whole = new TextEncoder().encode(good);
  const cut = whole.indexOf(0xed) + 1;
  await raw.write(concat([
    frame({ opcode: text, fin: false, payload: whole.subarray(0, cut) }),
    frame({ opcode: ping, payload: "between" }),
    frame({ opcode: continuation, fin: false }),
    frame({ opcode: continuation, payload: whole.subarray(cut) }),
  ]));
  const answer = await raw.nextFrame();
  assert.deepEqual([answer?.opcode, answer?.text], [pong, "between"]);
  assert.equal((await nextMessage(raw)).type, "event_ack");
  const [stored] = await readEvents(app, started);
  assert.equal(stored.data.title, "한글");
});

Deno.test("[M-21] many messages in one packet, and one message in many packets", async () => {
  await using app = await testApp();
  const { raw } = await open(app);
  using _ = raw;
  const one = frame({ opcode: text, payload: good });
  await raw.write(concat(Array(50).fill(one)));
  for (let i = 0; i < 50; i++) assert.equal((await nextMessage(raw)).type, "event_ack");
  for (const byte of one) await raw.write(new Uint8Array([byte]));
  assert.equal((await nextMessage(raw)).type, "event_ack");
});

Deno.test("[M-21][M-26] a binary frame and an empty one are answered, and the connection stays", async () => {
  await using app = await testApp();
  const { raw } = await open(app);
  using _ = raw;
  for (const opcode of [binary, text]) {
    for (const payload of ["", opcode === binary ? good : "{"]) {
      await raw.write(frame({ opcode, payload }));
      const { type, code, details } = await nextMessage(raw);
      assert.deepEqual([type, code], ["error", "INVALID_EVENT"]);
      assert.equal(details.field, "frame");
    }
  }
  await raw.write(frame({ opcode: text, payload: good }));
  assert.equal((await nextMessage(raw)).type, "event_ack");
});

Deno.test("[M-21] a close is answered with its code, and what comes behind it is not read", async () => {
  await using app = await testApp();
  for (
    const [payload, code] of [[closePayload(1000, "끝"), 1000], [closePayload(4999), 4999]] as const
  ) {
    const { raw, started } = await open(app);
    using _ = raw;
    await raw.write(concat([
      frame({ opcode: close, payload }),
      frame({ opcode: text, payload: good }),
    ]));
    assert.equal(await raw.closeCode(), code);
    assert.equal((await readEvents(app, started)).length, 0);
  }
  const { raw } = await open(app);
  using _ = raw;
  await raw.write(frame({ opcode: close }));
  assert.equal(await raw.closeCode(), 1005);
  assert.equal(await raw.nextFrame(), null);
});

Deno.test("[T-M18] an event is stored though the line ends right behind it", async () => {
  await using app = await testApp();
  const { raw, started } = await open(app);
  await raw.write(frame({ opcode: text, payload: good }));
  raw[Symbol.dispose]();
  const stored = async () => (await readEvents(app, started)).length === 1;
  await eventually(stored, "the event is stored");
});

Deno.test("[M-21][T-M17] pings are answered within a rate, a flood of them is closed with 4429", async () => {
  await using app = await testApp();
  {
    const { raw } = await open(app);
    using _ = raw;
    for (let i = 0; i < 200; i++) {
      await raw.write(frame({ opcode: ping, payload: String(i) }));
      const answer = await raw.nextFrame();
      assert.deepEqual([answer?.opcode, answer?.text], [pong, String(i)]);
    }
  }
  const { raw } = await open(app);
  using _ = raw;
  const flood = concat(Array(5_000).fill(frame({ opcode: ping, payload: "x".repeat(125) })));
  const [heard] = await Promise.all([raw.closeCode(), raw.write(flood)]);
  assert.equal(heard, 4429);
  await assertServes(app);
});
