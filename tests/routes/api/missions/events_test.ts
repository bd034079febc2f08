import assert from "node:assert/strict";
import { GENERAL_EVENTS, MISSION_EVENTS } from "../../../support/documented_events.ts";
import { asAdmin, ask, assertError, bearer } from "../../../support/http.ts";
import { arrivalOf, START_AT } from "../../../support/mission_facts.ts";
import { startMission, type TestApp, testApp } from "../../../support/test_app.ts";
import { testClock } from "../../../support/test_clock.ts";

type Told = readonly [atSec: number, eventType: string, data?: Record<string, unknown>];

async function play(app: TestApp, events: readonly Told[]): Promise<string> {
  const { attemptId } = await startMission(app, { timestamp: new Date(START_AT).toISOString() });
  for (const [atSec, eventType, data = {}] of events) {
    await app.docent.missions.record(attemptId, arrivalOf(eventType, atSec, { data }));
  }
  return attemptId;
}

async function eventsOf(app: TestApp, attemptId: string, query = "") {
  const path = `/api/missions/${attemptId}/events${query}`;
  const { status, body } = await ask(app, path, await asAdmin(app));
  assert.equal(status, 200, JSON.stringify(body));
  return body.data;
}

Deno.test("[M-12] an attempt's events read in order of time, with the document's fields and ours", async () => {
  await using app = await testApp({ parts: { clock: testClock() } });
  const data = { url: "/portfolio/create/auto", pageName: "AutoCreate Step 1" };
  const attemptId = await play(app, [[9, "button_clicked"], [5.123, "page_view", data]]);
  const page = await eventsOf(app, attemptId);
  assert.deepEqual(Object.keys(page), [
    "attemptId",
    "eventCount",
    "events",
    "hasMore",
    "nextCursor",
  ]);
  assert.equal(page.attemptId, attemptId);
  assert.equal(page.eventCount, 2);
  const [first, second] = page.events;
  assert.match(first.eventId, /^event_\d+$/);
  assert.deepEqual({ ...first, eventId: "" }, {
    eventId: "",
    eventType: "page_view",
    timestamp: "2025-01-19T10:30:05.123Z",
    receivedAt: "2025-01-19T10:30:05.123Z",
    data: { ...data, isMissionRelevant: true },
    processingTime: 0,
    serverProcessingMs: 0,
    clockOffsetMs: 0,
    delivery: "live",
  });
  assert.equal(second.eventType, "button_clicked");
});

Deno.test("[M-13] a type narrows events and count, and is named in the answer", async () => {
  await using app = await testApp();
  const attemptId = await play(app, [[1, "page_view"], [2, "button_clicked"], [3, "page_view"]]);
  const page = await eventsOf(app, attemptId, "?type=page_view");
  assert.deepEqual([page.eventType, page.eventCount, page.events.length], ["page_view", 2, 2]);
  const none = await eventsOf(app, attemptId, "?type=vocabulary_card_clicked");
  assert.deepEqual([none.eventType, none.eventCount, none.events], [
    "vocabulary_card_clicked",
    0,
    [],
  ]);
});

Deno.test("[M-31][M-32][M-33][T-M25] relevance tells mission events from general ones", async () => {
  await using app = await testApp();
  const told = [...MISSION_EVENTS.slice(0, -2), ...GENERAL_EVENTS];
  const { attemptId } = await startMission(app, { missionType: "vocabulary" });
  for (const [atSec, eventType, data] of told) {
    await app.docent.missions.record(attemptId, arrivalOf(eventType, atSec, { data }));
  }
  const typesOf = async (query: string) => {
    const { events } = await eventsOf(app, attemptId, query);
    return events.map((it: { eventType: string }) => it.eventType).sort();
  };
  const general = GENERAL_EVENTS.map(([, eventType]) => eventType);
  const foreign = ["portfolio_created", "portfolio_creation_step"];
  assert.deepEqual(await typesOf("?isMissionRelevant=false"), [...general, ...foreign].sort());
  assert.equal((await typesOf("?isMissionRelevant=true")).length, 8);
  assert.deepEqual(await typesOf("?isMissionRelevant=false&type=card_clicked"), ["card_clicked"]);
});

Deno.test("[E-8.3] Korean in an event's data reads as it was sent", async () => {
  await using app = await testApp();
  const data = { selectedLabel: "중립형", title: '포트폴리오 🚀 "é"' };
  const attemptId = await play(app, [[1, "portfolio_creation_step", data]]);
  const { events: [event] } = await eventsOf(app, attemptId);
  assert.equal(event.data.selectedLabel, data.selectedLabel);
  assert.equal(event.data.title, data.title);
});

Deno.test("[T-M19] pages are led through by cursor", async () => {
  await using app = await testApp();
  const attemptId = await play(app, Array.from({ length: 7 }, (_, i) => [i, "page_view"] as const));
  const seen: string[] = [];
  let query = "?limit=3";
  for (const [length, hasMore] of [[3, true], [3, true], [1, false]]) {
    const page = await eventsOf(app, attemptId, query);
    assert.deepEqual([page.events.length, page.hasMore, page.eventCount], [length, hasMore, 7]);
    seen.push(...page.events.map((it: { eventId: string }) => it.eventId));
    query = `?limit=3&cursor=${page.nextCursor}`;
  }
  assert.equal(new Set(seen).size, 7);
});

Deno.test("[T-M19] a limit over a thousand is a thousand", async () => {
  await using app = await testApp();
  const attemptId = await play(app, [[1, "page_view"]]);
  assert.equal((await eventsOf(app, attemptId, "?limit=100000")).events.length, 1);
  assert.equal((await eventsOf(app, attemptId, "?limit=0")).events.length, 1);
});

Deno.test("[M-12][T-M19] a query that is not right is refused by its field", async () => {
  await using app = await testApp();
  const attemptId = await play(app, []);
  const admin = await asAdmin(app);
  const bad: readonly [field: string, query: string][] = [
    ["cursor", "?cursor=abc"],
    ["cursor", `?cursor=${"1".repeat(41)}`],
    ["limit", "?limit=x"],
    ["limit", "?limit="],
    ["isMissionRelevant", "?isMissionRelevant=yes"],
    ["type", `?type=${"x".repeat(51)}`],
  ];
  for (const [field, query] of bad) {
    const answer = await ask(app, `/api/missions/${attemptId}/events${query}`, admin);
    assertError(answer, { status: 400, code: "VALIDATION_ERROR", field });
  }
});

Deno.test("[M-57][T-M05] events want a login or the attempt's own token", async () => {
  await using app = await testApp();
  const own = await startMission(app);
  const other = await startMission(app);
  const path = `/api/missions/${own.attemptId}/events`;
  assertError(await ask(app, path), { status: 401, code: "AUTH_FAILED" });
  assertError(await ask(app, path, bearer(other.wsToken)), { status: 403, code: "FORBIDDEN" });
  assert.equal((await ask(app, path, bearer(own.wsToken))).status, 200);
  assert.equal((await ask(app, path, await asAdmin(app))).status, 200);
});

Deno.test("[M-12] events of an attempt that is not known are not found", async () => {
  await using app = await testApp();
  const answer = await ask(app, "/api/missions/attempt_1/events", await asAdmin(app));
  assertError(answer, { status: 404, code: "NOT_FOUND", field: "attemptId" });
});

Deno.test("[M-12][M-70] events that were removed are said to be, here and in the attempt", async () => {
  const clock = testClock();
  await using app = await testApp({ parts: { clock }, env: { RETAIN_EVENTS_DAYS: "30" } });
  const attemptId = await play(app, [[1, "page_view"], [2, "mission_completed"]]);
  const attemptOf = async () =>
    (await ask(app, `/api/missions/${attemptId}`, await asAdmin(app))).body.data;
  const before = await attemptOf();
  assert.equal("eventsRemovedAt" in before, false);
  clock.advance(31 * 86_400_000);
  await app.docent.removeOldEvents();
  const at = new Date(clock.now()).toISOString();
  assert.deepEqual(await eventsOf(app, attemptId), {
    attemptId,
    eventCount: 0,
    events: [],
    hasMore: false,
    nextCursor: null,
    eventsRemoved: { at, count: 2 },
  });
  const { eventsRemovedAt, ...after } = await attemptOf();
  assert.equal(eventsRemovedAt, at);
  // An hour after its last sign of life there is no connection to speak of.
  assert.deepEqual(after, { ...before, connection: null, updatedAt: at });
});
