import assert from "node:assert/strict";
import type { AppError, ErrorCode } from "../../../lib/errors.ts";
import { type AttemptGate, openGate } from "../../../lib/missions/gate.ts";
import { expire } from "../../../lib/missions/lifecycle.ts";
import {
  type Arrival,
  decideEvent,
  type Decision,
  type Refusal,
} from "../../../lib/missions/record.ts";
import { MAX_EVENTS_PER_ATTEMPT } from "../../../lib/missions/schema.ts";
import {
  arrivalOf,
  ATTEMPT_ID,
  MISSIONS,
  START_AT,
  startedFact,
} from "../../support/mission_facts.ts";
import { SESSION_ID } from "../../support/test_app.ts";

const UUIDS = [
  "01890a5d-ac96-774b-bcce-b302099a8057",
  "01890a5d-ac96-774b-bcce-b302099a8058",
] as const;

/** A gate and the decisions on what came, in order. */
function decideAll(arrivals: readonly Arrival[], prepare = (_gate: AttemptGate): void => {}) {
  const gate = openGate(startedFact(), MISSIONS);
  prepare(gate);
  let events = 0, reviews = 0;
  const ids = { event: () => `event_${++events}`, review: () => `review_${++reviews}` };
  const decisions = arrivals.map((arrival) => decideEvent(gate, arrival, ids));
  return { gate, decisions, last: decisions[decisions.length - 1] };
}

function refusedBy(decision: Decision): { reason: Refusal; error: AppError } {
  assert.equal(decision.kind, "refused");
  return decision;
}

const expired = (gate: AttemptGate) => {
  gate.lifecycle = expire(gate.lifecycle, START_AT + 900_000);
};
const full = (gate: AttemptGate) => {
  gate.eventCount = MAX_EVENTS_PER_ATTEMPT;
};

interface Refused {
  readonly name: string;
  readonly arrivals: readonly Arrival[];
  readonly prepare?: (gate: AttemptGate) => void;
  readonly reason: Refusal;
  readonly code: ErrorCode;
  readonly field?: string;
}

const REFUSED: readonly Refused[] = [
  {
    name: "[T-M08] an event that names another attempt",
    arrivals: [arrivalOf("page_view", 1, { attemptId: "attempt_2" })],
    reason: "foreign_attempt",
    code: "INVALID_EVENT",
    field: "attemptId",
  },
  {
    name: "[T-M08] an event that names another session",
    arrivals: [arrivalOf("page_view", 1, { sessionId: "11111111-2222-4333-8444-555555555555" })],
    reason: "foreign_session",
    code: "INVALID_EVENT",
    field: "sessionId",
  },
  {
    name: "a sequence number that belongs to another event",
    arrivals: [
      arrivalOf("page_view", 1, { clientEventId: UUIDS[0], seq: 1 }),
      arrivalOf("page_view", 2, { clientEventId: UUIDS[1], seq: 1 }),
    ],
    reason: "seq_reused",
    code: "INVALID_EVENT",
    field: "seq",
  },
  {
    name: "[T-M24] an event of after the end",
    arrivals: [arrivalOf("mission_completed", 10), arrivalOf("page_view", 10.001)],
    reason: "attempt_ended",
    code: "ATTEMPT_EXPIRED",
    field: "timestamp",
  },
  {
    name: "[T-M06] an event of after the expiry",
    arrivals: [arrivalOf("page_view", 900.001)],
    prepare: expired,
    reason: "attempt_expired",
    code: "ATTEMPT_EXPIRED",
    field: "timestamp",
  },
  {
    name: "[T-M06] a terminal event of after the expiry",
    arrivals: [arrivalOf("mission_completed", 901)],
    prepare: expired,
    reason: "attempt_expired",
    code: "ATTEMPT_EXPIRED",
    field: "timestamp",
  },
  {
    name: "an event more than an attempt can have",
    arrivals: [arrivalOf("page_view", 1)],
    prepare: full,
    reason: "too_many_events",
    code: "RATE_LIMIT",
  },
];

for (const row of REFUSED) {
  Deno.test(`${row.name} is refused with ${row.reason}`, () => {
    const { gate, decisions, last } = decideAll(row.arrivals, row.prepare);
    const { reason, error } = refusedBy(last);
    assert.equal(reason, row.reason);
    assert.equal(error.code, row.code);
    assert.equal(error.details?.field, row.field);
    assert.notEqual(error.details?.expected, undefined);
    const accepted = decisions.filter(({ kind }) => kind === "accepted").length;
    assert.equal(gate.eventCount, row.prepare === full ? MAX_EVENTS_PER_ATTEMPT : accepted);
  });
}

interface Taken {
  readonly name: string;
  readonly arrivals: readonly Arrival[];
  readonly prepare?: (gate: AttemptGate) => void;
}

const TAKEN: readonly Taken[] = [
  {
    name: "[T-M08] an event without attempt and session ids",
    arrivals: [arrivalOf("page_view", 1)],
  },
  {
    name: "[T-M08] an event that names its own attempt and session",
    arrivals: [arrivalOf("page_view", 1, { attemptId: ATTEMPT_ID, sessionId: SESSION_ID })],
  },
  {
    name: "an event type that nobody has heard of",
    arrivals: [arrivalOf("content_viewed", 1), arrivalOf("section.viewed!", 2)],
  },
  {
    name: "[T-M24] an event of before the end that comes late",
    arrivals: [arrivalOf("mission_completed", 10), arrivalOf("page_view", 10)],
  },
  {
    name: "[T-M24] a second end",
    arrivals: [arrivalOf("mission_completed", 10), arrivalOf("mission_quitted", 20)],
  },
  {
    name: "[T-M13] the rating of after the end",
    arrivals: [
      arrivalOf("mission_completed", 10),
      arrivalOf("mission_rating_submitted", 20, { data: { rating: 4 } }),
    ],
  },
  {
    name: "[T-M13] the rating of after the expiry",
    arrivals: [arrivalOf("mission_rating_submitted", 1000, { data: { rating: 4 } })],
    prepare: expired,
  },
  {
    name: "[T-M06][T-M24] an event of before the expiry that comes late",
    arrivals: [arrivalOf("page_view", 900, { receivedAt: START_AT + 5_000_000 })],
    prepare: expired,
  },
  {
    name: "[T-M06][T-M09] a fast clock's event of before the expiry by our clock",
    arrivals: [arrivalOf("mission_completed", 4_000, { receivedAt: START_AT + 5_000_000 })],
    prepare(gate) {
      expired(gate);
      gate.clockOffsetMs = 3_600_000;
    },
  },
];

for (const { name, arrivals, prepare } of TAKEN) {
  Deno.test(`${name} is taken`, () => {
    const { last } = decideAll(arrivals, prepare);
    assert.equal(last.kind, "accepted");
  });
}

type Numbered = Pick<Arrival["input"], "clientEventId" | "seq">;

const REPEATS: readonly [name: string, first: Numbered, again: Numbered][] = [
  ["by its client id", { clientEventId: UUIDS[0] }, { clientEventId: UUIDS[0] }],
  ["by its number alone", { seq: 7 }, { seq: 7 }],
  ["by its client id, with its number", { clientEventId: UUIDS[0], seq: 1 }, {
    clientEventId: UUIDS[0],
    seq: 1,
  }],
  ["by its client id, though the number is another", { clientEventId: UUIDS[0], seq: 1 }, {
    clientEventId: UUIDS[0],
    seq: 2,
  }],
  ["by its number, though the client id is not said", { clientEventId: UUIDS[0], seq: 1 }, {
    seq: 1,
  }],
];

for (const [name, first, again] of REPEATS) {
  Deno.test(`a repeat is known ${name}`, () => {
    const arrivals = [arrivalOf("page_view", 1, first), arrivalOf("page_view", 1, again)];
    const { gate, last } = decideAll(arrivals);
    assert.deepEqual(last, { kind: "repeat", eventId: "event_1" });
    assert.equal(gate.eventCount, 1);
  });
}

Deno.test("[T-M24] a repeat is a repeat after the end and after the expiry", () => {
  const event = arrivalOf("page_view", 1, { seq: 1 });
  const { last } = decideAll([event, arrivalOf("mission_completed", 0.5), event]);
  assert.deepEqual(last, { kind: "repeat", eventId: "event_1" });
  const { gate } = decideAll([event]);
  expired(gate);
  const ids = { event: () => "event_2", review: () => "review_1" };
  assert.deepEqual(decideEvent(gate, event, ids), { kind: "repeat", eventId: "event_1" });
});

Deno.test("a foreign event is refused even as a repeat", () => {
  const { last } = decideAll([
    arrivalOf("page_view", 1, { seq: 1 }),
    arrivalOf("page_view", 1, { seq: 1, attemptId: "attempt_2" }),
  ]);
  assert.equal(refusedBy(last).reason, "foreign_attempt");
});

Deno.test("gaps in the numbers are told once each, from the first number that is missing", () => {
  const { gate, decisions } = decideAll(
    [1, 2, 5, 4, 3, 6, 9].map((seq) => arrivalOf("page_view", seq, { seq })),
  );
  const gaps = decisions.map((it) => it.kind === "accepted" ? it.gapFrom : "not taken");
  assert.deepEqual(gaps, [null, null, 3, 3, null, null, 7]);
  assert.equal(gate.firsts.ackUpTo, 6);
});
