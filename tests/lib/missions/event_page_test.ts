import assert from "node:assert/strict";
import { AppError } from "../../../lib/errors.ts";
import {
  type EventPage,
  type EventQuery,
  gatherPage,
  MAX_EVENTS_PER_PAGE,
} from "../../../lib/missions/event_page.ts";
import type { MissionDefinition } from "../../../lib/missions/definitions.ts";
import type { MissionRecord } from "../../../lib/missions/schema.ts";
import { eventFact, PORTFOLIO, startedFact, VOCABULARY } from "../../support/mission_facts.ts";

/** Events at these seconds, in the order of the log, the start before them. */
function historyOf(seconds: readonly number[], eventType = "page_view"): MissionRecord[] {
  const records: MissionRecord[] = [{ position: 10, fact: startedFact() }];
  for (const [index, second] of seconds.entries()) {
    const fact = eventFact(eventType, second, { index }, { eventId: `event_${index}` });
    records.push({ position: 11 + index * 3, fact });
  }
  return records;
}

/** The page out of a history in parts of three. */
function pageOfEvents(
  records: readonly MissionRecord[],
  query: EventQuery,
  definition: MissionDefinition,
): EventPage {
  const gathered = gatherPage(query, { definition, maxBehindMs: Infinity });
  for (let i = 0; i < records.length; i += 3) gathered.take(records.slice(i, i + 3));
  return gathered.page();
}

function idsOf(records: readonly MissionRecord[], query: EventQuery = {}): string[] {
  return pageOfEvents(records, query, PORTFOLIO).events.map(({ eventId }) => eventId);
}

Deno.test("[M-12] events come in the order in which they happened", () => {
  assert.deepEqual(idsOf(historyOf([5, 1, 3])), ["event_1", "event_2", "event_0"]);
});

Deno.test("[M-12] events of one moment come in the order in which they arrived", () => {
  assert.deepEqual(idsOf(historyOf([5, 1, 5, 5])), ["event_1", "event_0", "event_2", "event_3"]);
});

Deno.test("[M-12] an attempt without events has none and no further page", () => {
  const page = pageOfEvents(historyOf([]), {}, PORTFOLIO);
  assert.deepEqual(page, {
    eventCount: 0,
    events: [],
    hasMore: false,
    nextCursor: null,
    eventsRemoved: null,
  });
});

Deno.test("[M-13] a type narrows the events and the count", () => {
  const records = [...historyOf([1, 2]), { position: 99, fact: eventFact("button_clicked", 3) }];
  const page = pageOfEvents(records, { type: "button_clicked" }, PORTFOLIO);
  assert.equal(page.eventCount, 1);
  assert.deepEqual(page.events.map(({ eventType }) => eventType), ["button_clicked"]);
  assert.equal(pageOfEvents(records, { type: "nothing" }, PORTFOLIO).eventCount, 0);
});

Deno.test("[M-33][T-M25] relevance by the definition narrows the events and the count", () => {
  const records = [...historyOf([1, 2]), { position: 99, fact: eventFact("button_clicked", 3) }];
  const count = (isMissionRelevant: boolean, definition = PORTFOLIO) =>
    pageOfEvents(records, { isMissionRelevant }, definition).eventCount;
  assert.deepEqual([count(true), count(false)], [2, 1]);
});

Deno.test("[T-M25] the same event may belong to one mission and not to another", () => {
  const records: MissionRecord[] = [
    { position: 1, fact: eventFact("portfolio_creation_step", 1, { step: 1 }) },
  ];
  const relevant = (definition: typeof PORTFOLIO) =>
    pageOfEvents(records, {}, definition).events[0].data.isMissionRelevant;
  assert.deepEqual([relevant(PORTFOLIO), relevant(VOCABULARY)], [true, false]);
});

const CLAIMS: readonly [eventType: string, told: unknown, data: Record<string, unknown>][] = [
  ["page_view", undefined, { isMissionRelevant: true }],
  ["page_view", true, { isMissionRelevant: true }],
  ["page_view", false, { isMissionRelevant: true, clientIsMissionRelevant: false }],
  ["button_clicked", false, { isMissionRelevant: false }],
  ["button_clicked", true, { isMissionRelevant: false, clientIsMissionRelevant: true }],
  ["button_clicked", "true", { isMissionRelevant: false, clientIsMissionRelevant: "true" }],
  ["content_viewed", undefined, { isMissionRelevant: false }],
];

for (const [eventType, told, data] of CLAIMS) {
  Deno.test(`[M-33][T-M25] ${eventType} that claims ${told} reads ${JSON.stringify(data)}`, () => {
    const sent = told === undefined ? {} : { isMissionRelevant: told };
    const records: MissionRecord[] = [{ position: 1, fact: eventFact(eventType, 1, sent) }];
    assert.deepEqual(pageOfEvents(records, {}, PORTFOLIO).events[0].data, data);
  });
}

Deno.test("[M-28][M-36] a stored event reads with both times, its delay and its delivery", () => {
  const fact = eventFact("page_view", 5, { url: "/" }, {
    eventId: "event_7",
    receivedAt: eventFact("page_view", 5).at + 333,
    serverProcessingMs: 0.25,
    seq: 4,
  });
  const { events } = pageOfEvents([{ position: 1, fact }], {}, PORTFOLIO);
  assert.deepEqual(events[0], {
    eventId: "event_7",
    eventType: "page_view",
    at: fact.at,
    data: { url: "/", isMissionRelevant: true },
    receivedAt: fact.at + 333,
    processingTime: 333,
    serverProcessingMs: 0.25,
    clockOffsetMs: 0,
    delivery: "live",
    clientEventId: undefined,
    seq: 4,
  });
});

Deno.test("[T-M09] a fast kiosk's event reads without a negative delay", () => {
  const more = { receivedAt: eventFact("page_view", 5).at - 3_600_000, clockOffsetMs: 3_599_900 };
  const records: MissionRecord[] = [{ position: 1, fact: eventFact("page_view", 5, {}, more) }];
  assert.equal(pageOfEvents(records, {}, PORTFOLIO).events[0].processingTime, 0);
});

Deno.test("[E-03][M-12] events of one moment stand by their numbers, whatever the order in which they came", () => {
  const records = [3, 1, 2].map((seq) => ({
    position: 10 - seq,
    fact: eventFact("page_view", 5, {}, { eventId: `event_${seq}`, seq }),
  }));
  assert.deepEqual(idsOf(records), ["event_1", "event_2", "event_3"]);
  const { nextCursor } = pageOfEvents(records, { limit: 1 }, PORTFOLIO);
  assert.deepEqual(idsOf(records, { cursor: nextCursor ?? "" }), ["event_2", "event_3"]);
});

Deno.test("[T-M19] cursors lead through all events, once each, ties and late ones included", () => {
  const records = historyOf([5, 1, 5, 5, 2, 9, 5]);
  for (const limit of [1, 2, 3, 6, 7]) {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = pageOfEvents(records, { limit, cursor }, PORTFOLIO);
      assert.equal(page.eventCount, 7);
      assert.equal(page.hasMore, page.nextCursor !== null);
      assert.ok(page.events.length <= limit);
      seen.push(...page.events.map(({ eventId }) => eventId));
      assert.ok(seen.length <= 7, "no event comes twice");
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    assert.deepEqual(seen, idsOf(records), `limit ${limit}`);
  }
});

Deno.test("[T-M19] a cursor goes on where it stood when events have come in since", () => {
  const before = historyOf([1, 2, 3, 4]);
  const { nextCursor } = pageOfEvents(before, { limit: 2 }, PORTFOLIO);
  const after = historyOf([1, 2, 3, 4, 1.5, 2.5]);
  const cursor = nextCursor ?? undefined;
  assert.deepEqual(idsOf(after, { cursor }), ["event_5", "event_2", "event_3"]);
});

Deno.test("[T-M19] a cursor of the last event gives an empty page", () => {
  const records = historyOf([1]);
  const cursor = `${eventFact("page_view", 1).at}.0.11`;
  const page = pageOfEvents(records, { cursor }, PORTFOLIO);
  assert.deepEqual([page.events.length, page.hasMore, page.nextCursor], [0, false, null]);
});

Deno.test("[T-M19] without a limit the first thousand come, and a cursor for the rest", () => {
  const records = historyOf(Array.from({ length: MAX_EVENTS_PER_PAGE + 5 }, (_, i) => i));
  const page = pageOfEvents(records, {}, PORTFOLIO);
  assert.equal(page.events.length, 1_000);
  assert.equal(page.eventCount, 1_005);
  assert.equal(page.hasMore, true);
  const rest = pageOfEvents(records, { cursor: page.nextCursor ?? "" }, PORTFOLIO);
  assert.deepEqual([rest.events.length, rest.hasMore], [5, false]);
});

for (const cursor of ["", "x", "1", "1.", ".1", "1.2", "-1.2.3", "1.2.3.4", "1e9.2.3", " 1.2.3"]) {
  Deno.test(`[T-M19] the cursor "${cursor}" is refused`, () => {
    assert.throws(
      () => pageOfEvents(historyOf([1]), { cursor }, PORTFOLIO),
      (error) => error instanceof AppError && error.details?.field === "cursor",
    );
  });
}
