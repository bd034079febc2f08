import assert from "node:assert/strict";
import { createLedger } from "../../../tools/simulate/ledger.ts";
import { createOutbox } from "../../../tools/simulate/outbox.ts";

function outboxOf(count: number) {
  const ledger = createLedger();
  for (let seq = 1; seq <= count; seq++) {
    const clientEventId = `client ${seq}`;
    ledger.add({ seq, clientEventId, eventType: "page_view", timestamp: "t", data: {} });
  }
  const outbox = createOutbox(ledger);
  return { ledger, outbox, due: (nowMs = 0) => outbox.due(nowMs).map((it) => it.seq) };
}

Deno.test("the outbox gives what waits and is not on its way", () => {
  const { ledger, outbox, due } = outboxOf(3);
  outbox.sent(1, 0);
  assert.deepEqual(due(), [2, 3]);
  assert.equal(outbox.isBusy(), true);
  ledger.acknowledge({ eventId: "event_1", seq: 1 }, 1);
  outbox.acknowledged(1);
  assert.deepEqual(due(), [2, 3]);
  assert.equal(outbox.isBusy(), false);
});

Deno.test("a new connection sends again what has no answer", () => {
  const { outbox, due } = outboxOf(2);
  outbox.sent(1, 0);
  outbox.sent(2, 0);
  outbox.clear();
  assert.deepEqual(due(), [1, 2]);
});

Deno.test("a refused sending goes again; without a number, all do", () => {
  const { outbox, due } = outboxOf(3);
  for (const seq of [1, 2, 3]) outbox.sent(seq, 0);
  outbox.rejected(2);
  assert.deepEqual(due(), [2]);
  outbox.rejected(undefined);
  assert.deepEqual(due(), [1, 2, 3]);
});

Deno.test("the server asks for events from a number on", () => {
  const { ledger, outbox, due } = outboxOf(4);
  for (const seq of [1, 2, 3, 4]) outbox.sent(seq, 0);
  ledger.acknowledge({ eventId: "event_3", seq: 3 }, 1);
  outbox.resendFrom(2);
  assert.deepEqual(due(), [2, 4]);
});

Deno.test("nothing is due during a pause, and a shorter pause does not end a longer one", () => {
  const { outbox, due } = outboxOf(1);
  outbox.pause(500);
  outbox.pause(100);
  assert.deepEqual(due(499), []);
  assert.deepEqual(due(500), [1]);
});

Deno.test("after a pause one goes first, then twice as many by each answer", () => {
  const { ledger, outbox, due } = outboxOf(6);
  outbox.pause(100);
  assert.deepEqual(due(100), [1]);
  outbox.sent(1, 100);
  assert.equal(outbox.mayGo(100), false);
  ledger.acknowledge({ eventId: "event_1", seq: 1 }, 101);
  outbox.acknowledged(1);
  assert.deepEqual(due(101), [2, 3]);
  outbox.sent(2, 101);
  assert.deepEqual(due(101), [3]);
});
