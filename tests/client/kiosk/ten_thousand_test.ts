import { deepEqual, equal } from "node:assert/strict";
import { seededRandom } from "../../../tools/seeded_random.ts";
import { BATCH, batched, clientAttemptId } from "../../support/batches.ts";
import type { TestEvent } from "../../support/events.ts";
import { numbered } from "../../support/events.ts";
import { ask } from "../../support/http.ts";
import { connect } from "../../support/socket_client.ts";
import { storedVisits } from "../../support/stored_visits.ts";
import { post, type TestApp, testApp } from "../../support/test_app.ts";

const COUNT = 10_000;
const START_AT = Date.UTC(2025, 0, 19, 10, 30);
/** As many as fit a body of 64 KiB. */
const CHUNK = 250;

/** A long visit: a page each second, a step now and then, success, the end. */
function visit(): TestEvent[] {
  return Array.from({ length: COUNT }, (_, i) => {
    // Two at a time: an application tells of a touch and of the page that it leads to at once.
    const timestamp = new Date(START_AT + (Math.floor(i / 2) + 1) * 100).toISOString();
    const seq = i + 1;
    if (seq === COUNT) return numbered(seq, { timestamp, eventType: "mission_completed" });
    if (seq === COUNT - 1) return numbered(seq, { timestamp, eventType: "portfolio_created" });
    if (seq % 2_000 !== 1) return numbered(seq, { timestamp, data: { url: `/page/${i % 7}` } });
    const data = { step: Math.ceil(seq / 2_000) };
    return numbered(seq, { timestamp, eventType: "portfolio_creation_step", data });
  });
}

async function sendBatch(app: TestApp, events: readonly TestEvent[], attemptId: string) {
  const attempt = batched(events, { attemptId, timestamp: new Date(START_AT).toISOString() });
  const { status, body } = await ask(app, BATCH, post({ attempts: [attempt] }));
  equal(status, 201, JSON.stringify(body).slice(0, 500));
  return events.map(({ seq }) => Number(seq));
}

/** Over a socket whose line is cut in the middle; gives the numbers that were acknowledged. */
async function sendUntilCut(app: TestApp, events: readonly TestEvent[], attemptId: string) {
  const { events: _, ...start } = batched([], {
    attemptId,
    timestamp: new Date(START_AT).toISOString(),
  });
  const { body } = await ask(app, "/api/missions/start", post(start));
  const client = await connect(await app.listen(), body.data);
  for (const event of events) client.send(event);
  for (let acks = 0; acks < events.length / 2; acks++) await client.next("event_ack");
  client.terminate();
  await client.closed;
  return client.received.flatMap((it) => it.type === "event_ack" ? [it.seq!] : []);
}

Deno.test("[T-M03][T-M24][E-03] 10 000 events, each sent one to three times in any order over lines that are cut, are stored as in an undisturbed run", async () => {
  const env = {
    RATE_EVENTS_PER_SEC: "1000000",
    RATE_EVENT_BURST: "1000000",
    RATE_KIOSK_PER_MIN: "5000",
    RATE_RECONNECTS_PER_MIN: "1000",
  };
  await using app = await testApp({ env });
  const seed = crypto.getRandomValues(new Uint32Array(1))[0];
  console.log(`seed ${seed}`);
  const random = seededRandom(seed);
  const events = visit();
  const [disturbed, calm] = [clientAttemptId(1), clientAttemptId(2)];

  let pending = events;
  for (let copies = true; pending.length > 0; copies = false) {
    const sends = pending.flatMap((event) =>
      Array<TestEvent>(copies ? 1 + Math.floor(random() * 3) : 1).fill(event)
    );
    shuffle(sends, random);
    const acknowledged = new Set<number>();
    for (let i = 0; i < sends.length; i += CHUNK) {
      const send = random() < 0.5 ? sendBatch : sendUntilCut;
      const seqs = await send(app, sends.slice(i, i + CHUNK), disturbed);
      for (const seq of seqs) acknowledged.add(seq);
    }
    pending = pending.filter(({ seq }) => !acknowledged.has(Number(seq)));
  }
  for (let i = 0; i < COUNT; i += CHUNK) await sendBatch(app, events.slice(i, i + CHUNK), calm);

  const visits = await storedVisits(app);
  equal(visits.length, 2);
  const [one, other] = visits.map(({ attempt, events }) => {
    const { status, eventCount, totalDuration, timeOnTask, activeTime, steps } = attempt;
    const figures = { status, eventCount, totalDuration, timeOnTask, activeTime, steps };
    return { figures, events: events.map(({ seq, timestamp, data }) => [seq, timestamp, data]) };
  });
  equal(one.figures.eventCount, COUNT);
  equal(one.figures.totalDuration, COUNT * 50 / 1000);
  deepEqual(one.events.map(([seq]) => seq), events.map(({ seq }) => seq));
  deepEqual(one, other);
});

function shuffle(items: unknown[], random: () => number): void {
  for (let i = items.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [items[i], items[j]] = [items[j], items[i]];
  }
}
