import assert from "node:assert/strict";
import { createLedger } from "../../../tools/simulate/ledger.ts";

function ledgerOf(seqs: readonly number[]) {
  const ledger = createLedger();
  for (const seq of seqs) {
    const clientEventId = `client ${seq}`;
    ledger.add({ seq, clientEventId, eventType: "page_view", timestamp: "t", data: {} });
  }
  return ledger;
}

Deno.test("an event leaves the queue on acknowledgement only", () => {
  const ledger = ledgerOf([1, 2]);
  ledger.sent(1, 100);
  assert.deepEqual(ledger.waiting().map((it) => it.seq), [1, 2]);
  assert.deepEqual(ledger.acknowledge({ eventId: "event_1", seq: 1 }, 130), {
    seq: 1,
    waitedMs: 30,
  });
  assert.deepEqual(ledger.waiting().map((it) => it.seq), [2]);
  assert.deepEqual(ledger.complaints, []);
});

Deno.test("waiting events stand in the order of seq, however they came", () => {
  assert.deepEqual(ledgerOf([3, 1, 2]).waiting().map((it) => it.seq), [1, 2, 3]);
});

Deno.test("a repeat is acknowledged with the first id, and measured once", () => {
  const ledger = ledgerOf([1]);
  ledger.sent(1, 0);
  ledger.sent(1, 50);
  const first = { eventId: "event_1", clientEventId: "client 1" };
  assert.equal(ledger.acknowledge(first, 60)?.waitedMs, 10);
  assert.equal(ledger.acknowledge({ ...first, duplicate: true }, 70)?.waitedMs, null);
  assert.equal(ledger.find(1)?.acks, 2);
  assert.deepEqual(ledger.complaints, []);
});

Deno.test("a refused event waits no longer and keeps its code", () => {
  const ledger = ledgerOf([1]);
  ledger.sent(1, 0);
  assert.equal(ledger.refuse({ seq: 1 }, "INVALID_EVENT"), true);
  assert.deepEqual(ledger.waiting(), []);
  assert.equal(ledger.entries[0].refused, "INVALID_EVENT");
  assert.equal(ledger.refuse({ seq: 9 }, "INVALID_EVENT"), false);
});

const COMPLAINTS = [
  {
    name: "another id at the repeat",
    sends: 2,
    acks: [{ eventId: "event_1", seq: 1 }, { eventId: "event_2", seq: 1 }],
    complaint: /acknowledged as "event_1" and as "event_2"/,
  },
  {
    name: "an answer for nothing",
    sends: 1,
    acks: [{ eventId: "event_1", seq: 7 }],
    complaint: /for nothing that was sent/,
  },
  {
    name: "a repeat that was none",
    sends: 1,
    acks: [{ eventId: "event_1", seq: 1, duplicate: true }],
    complaint: /acknowledged as a repeat/,
  },
  {
    name: "two answers to one message",
    sends: 1,
    acks: [{ eventId: "event_1", seq: 1 }, { eventId: "event_1", seq: 1 }],
    complaint: /more acknowledgements/,
  },
  {
    name: "ackUpTo beyond what was sent",
    sends: 1,
    acks: [{ eventId: "event_1", seq: 1, ackUpTo: 2 }],
    complaint: /covers seq 2/,
  },
  {
    name: "ackUpTo going back",
    sends: 2,
    acks: [{ eventId: "event_1", seq: 1, ackUpTo: 1 }, { eventId: "event_1", seq: 1, ackUpTo: 0 }],
    complaint: /went back from 1 to 0/,
  },
];

for (const { name, sends, acks, complaint } of COMPLAINTS) {
  Deno.test(`the ledger complains of ${name}`, () => {
    const ledger = ledgerOf([1, 2]);
    for (let i = 0; i < sends; i++) ledger.sent(1, i);
    acks.forEach((ack, i) => ledger.acknowledge(ack, 10 + i));
    assert.equal(ledger.complaints.length, 1, ledger.complaints.join("; "));
    assert.match(ledger.complaints[0], complaint);
  });
}
