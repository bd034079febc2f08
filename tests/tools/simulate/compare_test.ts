import assert from "node:assert/strict";
import { compareAttempt, type Expected, type Found } from "../../../tools/simulate/compare.ts";
import { entry, stored } from "./entries.ts";

const review = { rating: 4, ratingText: "쉬움", feedback: "좋아요", hasFeedback: true };

const expected: Expected = {
  attemptId: "attempt_1",
  sessionId: "session",
  missionType: "portfolio",
  startTime: "2025-01-19T10:30:00.000Z",
  statuses: ["completed"],
  review,
  entries: [entry(1), entry(2)],
  complaints: [],
};

const attempt = {
  sessionId: "session",
  missionType: "portfolio",
  startTime: "2025-01-19T10:30:00Z",
  status: "completed",
  eventCount: 2,
  review,
};

const found: Found = { attempt, eventCount: 2, events: [stored(1), stored(2)], review };

Deno.test("compareAttempt() finds nothing where both agree", () => {
  assert.deepEqual(compareAttempt(expected, found), []);
});

Deno.test("compareAttempt() does without seq and clientEventId in the answer", () => {
  const bare = found.events.map(({ seq: _seq, clientEventId: _id, ...rest }) => rest);
  assert.deepEqual(compareAttempt(expected, { ...found, events: bare }), []);
});

interface Case {
  readonly name: string;
  readonly expected?: Partial<Expected>;
  readonly found?: Partial<Found>;
  /** `about` of each difference. */
  readonly about: readonly RegExp[];
}

const CASES: readonly Case[] = [
  { name: "an attempt that is gone", found: { attempt: null }, about: [/^attempt$/] },
  {
    name: "an acknowledged event that is gone",
    found: { events: [stored(1)], eventCount: 1, attempt: { ...attempt, eventCount: 1 } },
    about: [/event 2/],
  },
  {
    name: "an event stored twice under two ids",
    found: {
      events: [stored(1), stored(2), { ...stored(2), eventId: "event_3" }],
      eventCount: 3,
      attempt: { ...attempt, eventCount: 3 },
    },
    about: [/event 2/],
  },
  {
    name: "an event that nobody sent",
    found: {
      events: [stored(1), stored(2), stored(3)],
      eventCount: 3,
      attempt: { ...attempt, eventCount: 3 },
    },
    about: [/event_3/],
  },
  {
    name: "another id than acknowledged",
    found: { events: [{ ...stored(1), eventId: "event_9" }, stored(2)] },
    about: [/event 1/],
  },
  {
    name: "changed data",
    found: { events: [{ ...stored(1), data: { url: "/other" } }, stored(2)] },
    about: [/event 1/],
  },
  {
    name: "a changed time",
    found: { events: [{ ...stored(1), timestamp: "2025-01-19T10:30:01.001Z" }, stored(2)] },
    about: [/event 1/],
  },
  {
    name: "events out of order",
    found: { events: [stored(2), stored(1)] },
    about: [/^order/],
  },
  {
    name: "a wrong count",
    found: { eventCount: 7 },
    about: [/eventCount of the list/],
  },
  {
    name: "a wrong status",
    expected: { statuses: ["in_progress", "expired"] },
    about: [/^status$/],
  },
  {
    name: "a review that nobody gave",
    expected: { review: null },
    about: [/^review$/, /review in the attempt/],
  },
  { name: "a lost review", found: { review: null }, about: [/^review$/] },
  {
    name: "a refused event",
    expected: { entries: [entry(1), entry(2), entry(3, { eventId: null, refused: "X" })] },
    about: [/event 3/],
  },
  {
    name: "an event without an answer",
    expected: { entries: [entry(1), entry(2, { eventId: null })] },
    about: [/event 2/],
  },
  {
    name: "complaints of the ledger",
    expected: { complaints: ["ackUpTo went back"] },
    about: [/answers while playing/],
  },
];

for (const { name, about, ...changes } of CASES) {
  Deno.test(`compareAttempt() finds ${name}`, () => {
    const result = compareAttempt(
      { ...expected, ...changes.expected },
      { ...found, ...changes.found },
    );
    assert.equal(result.length, about.length, JSON.stringify(result, null, 1));
    result.forEach((it, i) => assert.match(it.about, about[i]));
  });
}
