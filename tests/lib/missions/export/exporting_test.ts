import assert from "node:assert/strict";
import type { OpenedExport } from "../../../../lib/missions/export/exporting.ts";
import { type Table, TABLES } from "../../../../lib/missions/export/entities.ts";
import { recordShape } from "../../../../lib/missions/export/render.ts";
import { START_AT } from "../../../support/mission_facts.ts";
import { openTestMissions } from "../../../support/open_missions.ts";
import { playVisit, VISIT } from "../../../support/visits.ts";

const ALL = {
  missionTypes: ["portfolio", "vocabulary"],
  period: { from: 0, to: Number.MAX_SAFE_INTEGER },
};

type TestMissions = Awaited<ReturnType<typeof openTestMissions>>;

async function recordsOf(opened: OpenedExport): Promise<Record<string, unknown>[]> {
  const records = (await Array.fromAsync(opened.pages)).flat();
  assert.equal(records.length, opened.recordCount);
  return records.map(recordShape(opened.columns));
}

async function exportOf(app: TestMissions, table: Table, query = ALL) {
  return await recordsOf(await app.missions.openExport(table, query));
}

Deno.test("[M-18] an attempt is a record with its outcome, steps and review", async () => {
  await using app = await openTestMissions();
  const attemptId = await playVisit(app.missions);
  const [record, ...more] = await exportOf(app, "attempts");
  assert.deepEqual(more, []);
  const { review, step1, step2, ...rest } = record;
  assert.deepEqual(
    { ...rest, createdAt: "", updatedAt: "" },
    {
      attemptId,
      sessionId: "550e8400-e29b-41d4-a716-446655440000",
      kioskId: null,
      missionType: "portfolio",
      missionVersion: 1,
      missionName: "포트폴리오 제작 미션",
      startTime: "2025-01-19T10:30:00.000Z",
      status: "completed",
      endTime: "2025-01-19T10:31:20.000Z",
      totalDuration: 80,
      timeOnTask: 60,
      reportedDuration: 79.5,
      succeededAt: "2025-01-19T10:31:00.000Z",
      leftAtRating: false,
      quitKind: null,
      quitReason: null,
      expiredAt: null,
      duplicateTerminals: 0,
      activeTime: 60,
      path: null,
      differentPages: 1,
      pageViews: 1,
      backtracked: false,
      eventCount: 5,
      step3: null,
      step4: null,
      step5: null,
      exclusion: null,
      eventsRemovedAt: null,
      clockOffset: 0,
      createdAt: "",
      updatedAt: "",
    },
  );
  assert.deepEqual(step1, {
    at: "2025-01-19T10:30:10.000Z",
    measuredSeconds: 10,
    reportedSeconds: 8.5,
    derived: false,
  });
  assert.equal(step2, null);
  assert.deepEqual({ ...review as Record<string, unknown>, reviewId: "" }, {
    reviewId: "",
    rating: 4,
    ratingText: "쉬움",
    feedback: "쉬웠어요",
    hasFeedback: true,
    submittedAt: "2025-01-19T10:31:10.000Z",
    correctedAt: null,
  });
});

Deno.test("[M-18] events are records in the order of time within their attempt", async () => {
  await using app = await openTestMissions();
  const late = [VISIT[4], VISIT[0], VISIT[2]];
  const second = await playVisit(app.missions, { startSec: 100, events: late });
  const first = await playVisit(app.missions, { startSec: 50 });
  const events = await exportOf(app, "events");
  assert.deepEqual(events.map(({ attemptId }) => attemptId), [
    ...Array(5).fill(first),
    ...Array(3).fill(second),
  ]);
  assert.deepEqual(events.slice(5).map(({ eventType, sinceStart }) => [eventType, sinceStart]), [
    ["page_view", 1],
    ["portfolio_created", 60],
    ["mission_completed", 80],
  ]);
  assert.deepEqual(events[5].data, { url: "/portfolio/create/auto", isMissionRelevant: true });
});

Deno.test("[M-18] reviews are records of the attempts that were rated", async () => {
  await using app = await openTestMissions();
  const rated = await playVisit(app.missions);
  await playVisit(app.missions, { startSec: 5, events: VISIT.slice(0, 3) });
  const [review, ...more] = await exportOf(app, "reviews");
  assert.deepEqual(more, []);
  assert.deepEqual([review.attemptId, review.rating, review.warnings], [rated, 4, []]);
});

Deno.test("[M-18] a mission and a half-open period of starts narrow every export", async () => {
  await using app = await openTestMissions();
  for (const startSec of [0, 10, 20, 30]) await playVisit(app.missions, { startSec });
  await playVisit(app.missions, { startSec: 15, missionType: "vocabulary" });
  const period = { from: START_AT + 10_000, to: START_AT + 30_000 };
  const both = await exportOf(app, "attempts", { ...ALL, period });
  assert.deepEqual(both.map(({ startTime }) => startTime), [
    "2025-01-19T10:30:10.000Z",
    "2025-01-19T10:30:15.000Z",
    "2025-01-19T10:30:20.000Z",
  ]);
  const one = { missionTypes: ["portfolio"], period };
  assert.equal((await exportOf(app, "attempts", one)).length, 2);
  assert.equal((await exportOf(app, "events", one)).length, 10);
  assert.equal((await exportOf(app, "reviews", one)).length, 2);
});

for (const table of TABLES) {
  Deno.test(`[M-18] ${table} that come while an export is read are not in it, and nothing is twice`, async () => {
    await using app = await openTestMissions();
    const running = VISIT.slice(0, 2);
    const known: string[] = [];
    for (let startSec = 0; startSec < 250; startSec++) {
      known.push(
        await playVisit(app.missions, { startSec, events: startSec % 2 ? VISIT : running }),
      );
    }
    const opened = await app.missions.openExport(table, ALL);
    const pages = opened.pages[Symbol.asyncIterator]();
    const first = await pages.next();
    assert.ok(!first.done);
    // New attempts before, between and after; others end, are rated and go on.
    for (const startSec of [-5, 120.5, 300]) await playVisit(app.missions, { startSec });
    for (const attemptId of known) {
      if (known.indexOf(attemptId) % 4 !== 0) continue;
      await app.missions.review(attemptId, { rating: 5 });
      await app.missions.record(attemptId, {
        input: { eventType: "mission_quitted", timestamp: START_AT + 900_000, data: {} },
        receivedAt: START_AT + 900_000,
        processingMs: 0,
        chars: 100,
      });
    }
    const toRecord = recordShape(opened.columns);
    const records = [...first.value.map(toRecord)];
    for (let next = await pages.next(); !next.done; next = await pages.next()) {
      records.push(...next.value.map(toRecord));
    }
    const expected = { attempts: 250, events: 125 * 5 + 125 * 2, reviews: 125 }[table];
    assert.equal(opened.recordCount, expected);
    assert.equal(records.length, expected);
    const ids = records.map(({ attemptId, eventId }) => `${attemptId} ${eventId}`);
    assert.equal(new Set(ids).size, expected);
  });
}

Deno.test("[M-18] facts are all that was stored of the attempts, in the order of the log", async () => {
  await using app = await openTestMissions();
  const attemptId = await playVisit(app.missions);
  const facts = (await Array.fromAsync(await app.missions.openFacts(ALL))).flat();
  const records = await app.history.read(attemptId);
  assert.deepEqual(facts, records.map(({ fact }) => fact));
  assert.deepEqual(facts.map(({ type }) => type.slice("missions.".length)), [
    "attempt_started",
    ...Array(4).fill("event_recorded"),
    "reviewed",
    "event_recorded",
  ]);
});

Deno.test("an export tells that it is read from when it is asked for until it ends or is given up", async () => {
  await using app = await openTestMissions();
  await playVisit(app.missions);
  const opening = app.missions.openExport("events", ALL);
  assert.equal(app.missions.isExporting(), true);
  const opened = await opening;
  const pages = opened.pages[Symbol.asyncIterator]();
  await pages.next();
  assert.equal(app.missions.isExporting(), true);
  await pages.return?.();
  assert.equal(app.missions.isExporting(), false);
});

Deno.test("an export that would end with another number than it told breaks off", async () => {
  await using app = await openTestMissions();
  const attemptId = await playVisit(app.missions);
  const opened = await app.missions.openExport("events", ALL);
  for await (const { key } of app.history.parts(attemptId)) await app.kv.delete(key);
  await assert.rejects(() => Array.fromAsync(opened.pages), /told 5 records and had 0/);
});
