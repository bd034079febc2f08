import assert from "node:assert/strict";
import { AppError } from "../../../lib/errors.ts";
import { type Arrival, hostOf, toCounted, toFact } from "../../../lib/metrics/arrival.ts";
import type { MetricsFact } from "../../../lib/metrics/schema.ts";

const NOW = Date.parse("2025-01-19T10:30:00.000Z");
const DAY_MS = 86_400_000;
const ARRIVAL: Arrival = {
  origin: { source: "key_1", country: "KR", device: "mobile" },
  receivedAt: NOW,
  newEventId: () => "event_1",
};

function factOf(item: unknown): MetricsFact {
  const fact = toFact(item, ARRIVAL);
  assert.ok(!(fact instanceof AppError), String(fact));
  return fact;
}

const at = (ms: number) => new Date(NOW + ms).toISOString();

Deno.test("[E-22] an event needs a name alone; the rest is told by the request or not at all", () => {
  assert.deepEqual(factOf({ eventName: "login" }), {
    type: "metrics.event_recorded",
    eventId: "event_1",
    eventName: "login",
    userId: null,
    sessionId: null,
    timestamp: NOW,
    at: NOW,
    receivedAt: NOW,
    country: "KR",
    device: "mobile",
    referrer: "direct",
    source: "key_1",
    clientEventId: null,
  });
});

Deno.test("[E-22] what an event says goes before what its request says", () => {
  const fact = factOf({
    eventName: " 구매 완료 ",
    userId: "user_1",
    sessionId: "s-1",
    timestamp: at(-1_000),
    country: "eg",
    device: "tablet",
    referrer: "https://www.google.com/search?q=etf",
    clientEventId: "a-1",
    properties: { price: 1 },
  });
  assert.deepEqual([fact.eventName, fact.userId, fact.sessionId], ["구매 완료", "user_1", "s-1"]);
  assert.deepEqual([fact.country, fact.device, fact.referrer], ["EG", "tablet", "google.com"]);
  assert.deepEqual([fact.timestamp, fact.at, fact.clientEventId], [
    NOW - 1_000,
    NOW - 1_000,
    "a-1",
  ]);
  assert.ok(!("properties" in fact), "unknown keys are not kept");
});

/** What is wrong with an event, by the field. */
const REFUSED: readonly [field: string, item: unknown][] = [
  ["body", null],
  ["body", "login"],
  ["body", []],
  ["eventName", {}],
  ["eventName", { eventName: 1 }],
  ["eventName", { eventName: "  " }],
  ["eventName", { eventName: "a".repeat(65) }],
  ["eventName", { eventName: "a\u0007b" }],
  ["userId", { eventName: "a", userId: "" }],
  ["userId", { eventName: "a", userId: "u".repeat(65) }],
  ["sessionId", { eventName: "a", sessionId: {} }],
  ["timestamp", { eventName: "a", timestamp: "yesterday" }],
  ["timestamp", { eventName: "a", timestamp: 1737282600000 }],
  ["timestamp", { eventName: "a", timestamp: "1999-01-01T00:00:00Z" }],
  ["timestamp", { eventName: "a", timestamp: at(-7 * DAY_MS - 1) }],
  ["timestamp", { eventName: "a", timestamp: at(5 * 60_000 + 1) }],
  ["country", { eventName: "a", country: "Korea" }],
  ["country", { eventName: "a", country: "1" }],
  ["device", { eventName: "a", device: "fridge" }],
  ["referrer", { eventName: "a", referrer: "r".repeat(2_001) }],
  ["clientEventId", { eventName: "a", clientEventId: "a b" }],
  ["clientEventId", { eventName: "a", clientEventId: "a".repeat(65) }],
];

for (const [field, item] of REFUSED) {
  Deno.test(`[E-22] an event is refused for its ${field}: ${JSON.stringify(item)?.slice(0, 70)}`, () => {
    const error = toFact(item, ARRIVAL);
    assert.ok(error instanceof AppError);
    assert.equal(error.code, "INVALID_EVENT");
    assert.equal(error.details?.field, field);
    assert.equal(typeof error.details?.expected, "string");
  });
}

Deno.test("[E-22] a clock that is ahead counts as now, one that is behind as it says", () => {
  const ahead = factOf({ eventName: "a", timestamp: at(4 * 60_000) });
  assert.deepEqual([ahead.timestamp, ahead.at], [NOW + 4 * 60_000, NOW]);
  const behind = factOf({ eventName: "a", timestamp: at(-7 * DAY_MS) });
  assert.equal(behind.at, NOW - 7 * DAY_MS);
});

const HOSTS: readonly [referrer: string, host: string | null][] = [
  ["google.com", "google.com"],
  ["https://www.Google.com/search?q=a", "google.com"],
  ["http://user:secret@news.example:8080/a#b", "news.example"],
  ["https://한국.example/", "xn--3e0b707e.example"],
  ["", null],
  ["/portfolio/create/method", null],
  ["//google.com/", null],
  ["/a.b/c", null],
  ["localhost:3000", null],
  ["http://localhost/", null],
  ["android-app://com.example.app/", null],
  ["javascript:alert(1)", null],
  ["not a site", null],
  [`${"a.".repeat(120)}com`, `${"a.".repeat(120)}com`.slice(-100)],
];

for (const [referrer, host] of HOSTS) {
  Deno.test(
    `[E-16][T-E09] of the referrer ${referrer.slice(0, 50)} the host is ${host}`.slice(0, 120),
    () => {
      assert.equal(hostOf(referrer), host);
    },
  );
}

Deno.test("[E-08][T-E04] people are told apart by user, then by session, and may be unknown", () => {
  const personOf = (item: Record<string, string>) => {
    const { userId, person } = toCounted(factOf({ eventName: "a", ...item }));
    return [userId, person];
  };
  assert.deepEqual(personOf({ userId: "kim", sessionId: "s" }), ["kim", "user kim"]);
  assert.deepEqual(personOf({ sessionId: "kim" }), ["kim", "session kim"]);
  assert.deepEqual(personOf({}), ["anonymous", null]);
});
