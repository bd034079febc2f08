import assert from "node:assert/strict";
import { createDialogue } from "../../../tools/simulate/dialogue.ts";
import { createLedger } from "../../../tools/simulate/ledger.ts";
import { createTally } from "../../../tools/simulate/tally.ts";

function talk({ saysHello = false } = {}) {
  const ledger = createLedger();
  const tally = createTally();
  const said: Record<string, unknown>[] = [];
  let nowMs = 1000;
  let progress = 0;
  const tokens: string[] = [];
  const dialogue = createDialogue({
    attemptId: "attempt_1",
    sessionId: "session",
    saysHello,
    ledger,
    tally,
    clock: { now: () => nowMs, monotonic: () => nowMs },
    tokenRefreshed: (token) => tokens.push(token),
    progressed: () => progress++,
  });
  return {
    dialogue,
    ledger,
    tally,
    tokens,
    pass: (ms: number) => void (nowMs += ms),
    progress: () => progress,
    happen(seq: number) {
      const clientEventId = `client ${seq}`;
      ledger.add({ seq, clientEventId, eventType: "page_view", timestamp: "t", data: { seq } });
      dialogue.send(seq);
    },
    connect() {
      said.length = 0;
      dialogue.connected((message) => said.push({ ...message }));
    },
    greet: () => dialogue.hear({ type: "connection_ack", attemptId: "attempt_1" }),
    acknowledge: (seq: number) => dialogue.hear({ type: "event_ack", eventId: `e${seq}`, seq }),
    /** What was said since the connection: numbers of events, types of the rest. */
    said: () => said.map((it) => it.seq ?? it.type),
  };
}

Deno.test("nothing is said before the greeting, then all that waits, in order", () => {
  const it = talk();
  it.happen(2);
  it.connect();
  it.happen(1);
  assert.deepEqual(it.said(), []);
  it.greet();
  assert.deepEqual(it.said(), [1, 2]);
});

Deno.test("a client that knows the additions goes on from where the server wants it", () => {
  const it = talk({ saysHello: true });
  it.happen(1);
  it.happen(2);
  it.connect();
  it.greet();
  assert.deepEqual(it.said(), ["hello", "heartbeat"]);
  it.dialogue.hear({ type: "resend_from", seq: 1 });
  assert.deepEqual(it.said(), ["hello", "heartbeat", 1, 2]);
  it.acknowledge(1);
  it.connect();
  it.greet();
  it.dialogue.hear({ type: "resend_from", seq: 2 });
  assert.deepEqual(it.said(), ["hello", "heartbeat", 2]);
  assert.equal(it.tally.repeats, 1);
});

Deno.test("a server that does not say from where gets everything after a second", () => {
  const it = talk({ saysHello: true });
  it.happen(1);
  it.connect();
  it.greet();
  it.pass(1000);
  it.dialogue.tick();
  assert.deepEqual(it.said(), ["hello", "heartbeat", 1]);
});

Deno.test("drained() resolves when the last event has its answer", async () => {
  const it = talk();
  it.connect();
  it.greet();
  it.happen(1);
  it.happen(2);
  let drained = false;
  const waiting = it.dialogue.drained().then(() => drained = true);
  it.acknowledge(2);
  await Promise.resolve();
  assert.equal(drained, false);
  it.acknowledge(1);
  await waiting;
  assert.equal(it.tally.ackMs.length, 2);
});

Deno.test("a limited event waits as long as the server asks, and is sent again", () => {
  const it = talk();
  it.connect();
  it.greet();
  it.happen(1);
  const details = { retryAfterMs: 700 };
  it.dialogue.hear({ type: "error", code: "RATE_LIMIT", message: "", seq: 1, details });
  it.pass(699);
  it.dialogue.tick();
  assert.deepEqual(it.said(), [1]);
  it.pass(1);
  it.dialogue.tick();
  assert.deepEqual(it.said(), [1, 1]);
  assert.equal(it.tally.errors.get("RATE_LIMIT"), 1);
});

Deno.test("a pause holds back what comes up meanwhile", () => {
  const it = talk();
  it.connect();
  it.greet();
  it.dialogue.hear({ type: "pause", ms: 300 });
  it.happen(1);
  assert.deepEqual(it.said(), []);
  it.pass(300);
  it.dialogue.tick();
  assert.deepEqual(it.said(), [1]);
});

Deno.test("a refusal for good settles the event and is kept", async () => {
  const it = talk();
  it.connect();
  it.greet();
  it.happen(1);
  it.dialogue.hear({ type: "error", code: "INVALID_EVENT", message: "", seq: 1 });
  await it.dialogue.drained();
  assert.equal(it.ledger.entries[0].refused, "INVALID_EVENT");
});

Deno.test("after a stop everything that comes up is refused at once", async () => {
  const it = talk();
  it.happen(1);
  it.dialogue.stop("CLOSE_4410");
  it.happen(2);
  await it.dialogue.drained();
  assert.deepEqual(it.ledger.entries.map((entry) => entry.refused), ["CLOSE_4410", "CLOSE_4410"]);
});

Deno.test("an answer that does not come makes the connection stall, silence alone does not", () => {
  const it = talk();
  it.connect();
  it.greet();
  it.pass(60_000);
  assert.equal(it.dialogue.isStalled(10_000), false);
  it.happen(1);
  assert.equal(it.dialogue.isStalled(10_000), true);
});

Deno.test("pings are answered, fresh tokens kept, and the wait before a restart told once", () => {
  const it = talk();
  it.connect();
  it.greet();
  it.dialogue.hear({ type: "ping", t: 7 });
  it.dialogue.hear({ type: "token_refresh", wsToken: "fresh" });
  it.dialogue.hear({ type: "server_shutdown", reconnectInMs: 400 });
  assert.deepEqual(it.said(), ["pong"]);
  assert.deepEqual(it.tokens, ["fresh"]);
  assert.equal(it.dialogue.takeReconnectWait(), 400);
  assert.equal(it.dialogue.takeReconnectWait(), null);
});

Deno.test("only progress counts against patience: an answer, or a greeting with nothing to send", () => {
  const it = talk();
  it.connect();
  it.greet();
  assert.equal(it.progress(), 1);
  it.happen(1);
  it.connect();
  it.greet();
  assert.equal(it.progress(), 1);
  it.acknowledge(1);
  assert.equal(it.progress(), 2);
});
