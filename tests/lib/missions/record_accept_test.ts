import assert from "node:assert/strict";
import { type AttemptGate, openGate, restoreGate } from "../../../lib/missions/gate.ts";
import { type Arrival, decideEvent } from "../../../lib/missions/record.ts";
import {
  type EventFact,
  eventSchema,
  type MissionFact,
  missionFactSchema,
} from "../../../lib/missions/schema.ts";
import {
  type Documented,
  GENERAL_EVENTS,
  MISSION_EVENTS,
} from "../../support/documented_events.ts";
import {
  arrivalOf,
  ATTEMPT_ID,
  MISSIONS,
  START_AT,
  startedFact,
  toRecords,
} from "../../support/mission_facts.ts";
import { SESSION_ID } from "../../support/test_app.ts";

function newGate(): AttemptGate {
  return openGate(startedFact(), MISSIONS);
}

let lastId = 0;
const ids = { event: () => `event_${++lastId}`, review: () => `review_${++lastId}` };

function accept(gate: AttemptGate, arrival: Arrival): readonly MissionFact[] {
  const decision = decideEvent(gate, arrival, ids);
  assert.equal(decision.kind, "accepted");
  return decision.facts;
}

function acceptEvent(gate: AttemptGate, arrival: Arrival): EventFact {
  const [event] = accept(gate, arrival);
  assert.equal(event.type, "missions.event_recorded");
  return event;
}

/** The message as a client of the document sends it. */
function messageOf([atSec, eventType, data]: Documented) {
  const timestamp = new Date(START_AT + atSec * 1000).toISOString();
  return { eventType, timestamp, sessionId: SESSION_ID, attemptId: ATTEMPT_ID, data };
}

for (const event of MISSION_EVENTS) {
  Deno.test(`[M-22][M-31][M-34] ${event[1]} is taken as real clients send it`, () => {
    assertTaken(event);
  });
}

for (const event of GENERAL_EVENTS) {
  Deno.test(`[M-22][M-32] ${event[1]} is taken with its documented fields`, () => {
    assertTaken(event);
  });
}

function assertTaken(event: Documented): void {
  const message = JSON.parse(JSON.stringify(messageOf(event)));
  const input = eventSchema.parse(message);
  const fact = acceptEvent(newGate(), {
    input,
    receivedAt: input.timestamp,
    processingMs: 1,
    chars: 100,
  });
  assert.deepEqual(fact.data, message.data);
  assert.equal(fact.eventType, message.eventType);
  assert.equal(fact.at, Date.parse(message.timestamp));
  assert.deepEqual(missionFactSchema.parse(JSON.parse(JSON.stringify(fact))).type, fact.type);
}

Deno.test("[M-31][M-32] the document names twelve mission events and seven general ones", () => {
  assert.equal(new Set(MISSION_EVENTS.map(([, eventType]) => eventType)).size, 12);
  assert.equal(new Set(GENERAL_EVENTS.map(([, eventType]) => eventType)).size, 7);
});

Deno.test("[M-31] of the mission events two end the attempt", () => {
  const ending = MISSION_EVENTS.filter((event) => {
    const gate = newGate();
    const input = eventSchema.parse(messageOf(event));
    accept(gate, { input, receivedAt: input.timestamp, processingMs: 1, chars: 100 });
    return gate.lifecycle.phase === "ended";
  });
  assert.deepEqual(ending.map(([, type]) => type), ["mission_completed", "mission_quitted"]);
});

Deno.test("[M-28][M-36] an event keeps what came and what the server knows of it", () => {
  const clientEventId = "01890a5d-ac96-774b-bcce-b302099a8057";
  const more = { clientEventId, seq: 1, sentAt: START_AT + 5_100, data: { url: "/home" } };
  const arrival = arrivalOf("page_view", 5, { ...more, receivedAt: START_AT + 5_333 });
  assert.deepEqual(acceptEvent(newGate(), { ...arrival, processingMs: 0.12345 }), {
    type: "missions.event_recorded",
    attemptId: ATTEMPT_ID,
    eventId: `event_${lastId}`,
    eventType: "page_view",
    at: START_AT + 5_000,
    data: { url: "/home" },
    receivedAt: START_AT + 5_333,
    clockOffsetMs: 0,
    serverProcessingMs: 0.123,
    delivery: "live",
    clientEventId,
    seq: 1,
    sentAt: START_AT + 5_100,
  });
});

Deno.test("[T-M09] sentAt corrects what is known of the client's clock, and the gate keeps it", () => {
  const gate = newGate();
  const hour = 3_600_000;
  const fast = arrivalOf("page_view", 3605, {
    sentAt: START_AT + hour + 5_000,
    receivedAt: START_AT + 5_040,
  });
  assert.equal(acceptEvent(gate, fast).clockOffsetMs, hour - 40);
  const plain = arrivalOf("page_view", 3606, { receivedAt: START_AT + 6_050 });
  assert.equal(acceptEvent(gate, plain).clockOffsetMs, hour - 40);
});

Deno.test("[T-M09] an offline queue is seen as one, though the start came late as well", () => {
  const gate = openGate(startedFact({ receivedAt: START_AT + 1_800_000 }), MISSIONS);
  assert.equal(gate.clockOffsetMs, -1_800_000);
  const event = acceptEvent(
    gate,
    arrivalOf("page_view", 5, {
      sentAt: START_AT + 1_801_000,
      receivedAt: START_AT + 1_801_050,
    }),
  );
  assert.equal(event.clockOffsetMs, -50);
  assert.equal(event.delivery, "queued");
});

Deno.test("[T-M13] a rating event brings its review along, once", () => {
  const gate = newGate();
  const rating = (atSec: number, stars: unknown) =>
    arrivalOf("mission_rating_submitted", atSec, { data: { rating: stars, feedback: "좋아요" } });
  const facts = accept(gate, rating(10, 4));
  assert.deepEqual(facts.map(({ type }) => type), ["missions.event_recorded", "missions.reviewed"]);
  const review = facts[1];
  assert.ok(review.type === "missions.reviewed");
  assert.deepEqual([review.rating, review.feedback, review.via], [4, "좋아요", "socket"]);
  assert.equal(review.submittedAt, START_AT + 10_000);
  assert.equal(accept(gate, rating(20, 4)).length, 1, "the same again");
  assert.equal(accept(gate, rating(30, 5)).length, 2, "a correction within the minute");
  assert.equal(
    accept(gate, rating(300, 1)).length,
    1,
    "another one later is kept as an event only",
  );
  assert.equal(accept(gate, rating(301, "many")).length, 1, "no rating at all");
  assert.equal(gate.review?.rating, 5);
});

Deno.test("a gate that is made again from the stored facts decides as the one before", () => {
  const gate = newGate();
  const facts: MissionFact[] = [startedFact()];
  for (const seq of [1, 2, 4]) facts.push(...accept(gate, arrivalOf("page_view", seq, { seq })));
  facts.push(
    ...accept(gate, arrivalOf("mission_rating_submitted", 8, { data: { rating: 4 } })),
    ...accept(gate, arrivalOf("mission_completed", 9)),
  );
  const again = restoreGate(toRecords(facts), MISSIONS);
  assert.ok(again !== null);
  const { pending: _before, ...known } = gate;
  const { pending: _after, ...restored } = again;
  // Counted from what is stored, which is a little less than what was sent.
  assert.deepEqual({ ...restored, chars: 0 }, { ...known, chars: 0 });
  assert.ok(restored.chars > 0);
  assert.equal(restored.firsts.ackUpTo, 2);
});

Deno.test("there is no gate without a start", () => {
  assert.equal(restoreGate([], MISSIONS), null);
  const event = acceptEvent(newGate(), arrivalOf("page_view", 1));
  assert.equal(restoreGate(toRecords([event]), MISSIONS), null);
  assert.notEqual(restoreGate(toRecords<MissionFact>([startedFact(), event]), MISSIONS), null);
});
