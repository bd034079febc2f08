import assert from "node:assert/strict";
import { asAdmin, ask, assertError, bearer } from "../../../support/http.ts";
import { type PlayedMission, playMission } from "../../../support/played_missions.ts";
import { post, startMission, type TestApp, testApp } from "../../../support/test_app.ts";
import { testClock } from "../../../support/test_clock.ts";

const NOW = "2025-01-19T10:30:00.000Z";

async function openApp(played: readonly PlayedMission[] = []): Promise<TestApp> {
  const app = await testApp({ parts: { clock: testClock(Date.parse(NOW)) } });
  for (const mission of played) await playMission(app, mission);
  return app;
}

function visit(startTime: string, more: Partial<PlayedMission> = {}): PlayedMission {
  return {
    missionType: "portfolio",
    startTime,
    events: [["mission_completed", 60]],
    ...more,
  };
}

async function analyticsOf(app: TestApp, path: string) {
  const { status, body } = await ask(app, `/api/analytics/missions/${path}`, await asAdmin(app));
  assert.equal(status, 200, JSON.stringify(body));
  return body.data;
}

const totalOf = async (app: TestApp, query: string) =>
  (await analyticsOf(app, `portfolio?${query}`)).totalAttempts;

Deno.test("[M-15][M-44] without dates the period is the last seven days", async () => {
  await using app = await openApp([
    visit("2025-01-12T10:29:59.999Z"),
    visit("2025-01-12T10:30:00.000Z"),
    visit("2025-01-19T10:29:59.999Z"),
  ]);
  const { totalAttempts, periodStart, periodEnd, generatedAt } = await analyticsOf(app, "all");
  assert.deepEqual({ totalAttempts, periodStart, periodEnd, generatedAt }, {
    totalAttempts: 2,
    periodStart: "2025-01-12T10:30:00.000Z",
    periodEnd: "2025-01-19T10:29:59.999Z",
    generatedAt: NOW,
  });
});

Deno.test("[M-15][T-M21] a date is a whole day in Seoul, the one of the end included", async () => {
  await using app = await openApp([
    visit("2025-01-17T14:59:59.999Z"),
    visit("2025-01-17T15:00:00.000Z"),
    visit("2025-01-18T14:59:59.999Z"),
    visit("2025-01-18T15:00:00.000Z"),
  ]);
  assert.equal(await totalOf(app, "startDate=2025-01-18&endDate=2025-01-18"), 2);
  assert.equal(await totalOf(app, "startDate=2025-01-18&endDate=2025-01-19"), 3);
  assert.equal(await totalOf(app, "startDate=2025-01-17&endDate=2025-01-17"), 1);
  const { periodStart, periodEnd } = await analyticsOf(
    app,
    "portfolio?startDate=2025-01-18&endDate=2025-01-18",
  );
  assert.deepEqual([periodStart, periodEnd], [
    "2025-01-17T15:00:00.000Z",
    "2025-01-18T14:59:59.999Z",
  ]);
});

const ZONED_DAYS = [
  { zone: "Asia/Kolkata", day: "2025-01-18", from: "2025-01-17T18:30Z", to: "2025-01-18T18:30Z" },
  { zone: "Europe/Berlin", day: "2025-10-26", from: "2025-10-25T22:00Z", to: "2025-10-26T23:00Z" },
];

for (const { zone, day, from, to } of ZONED_DAYS) {
  Deno.test(`[T-M21][D-15] the day ${day} in ${zone} has the attempts of its own hours`, async () => {
    const clock = testClock(Date.parse("2025-11-01T00:00:00.000Z"));
    await using app = await testApp({ env: { EXHIBITION_TZ: zone }, parts: { clock } });
    for (const bound of [from, to]) {
      const at = Date.parse(bound);
      await playMission(app, visit(new Date(at - 1).toISOString()));
      await playMission(app, visit(new Date(at).toISOString()));
    }
    assert.equal(await totalOf(app, `startDate=${day}&endDate=${day}`), 2);
    await app.docent.missions.refreshHours();
    assert.equal(await totalOf(app, `startDate=${day}&endDate=${day}`), 2);
  });
}

Deno.test("[M-15][T-M21] instants bound a half-open period, with any zone", async () => {
  await using app = await openApp([
    visit("2025-01-18T10:00:00.000Z"),
    visit("2025-01-18T10:00:00.001Z"),
  ]);
  const period = (from: string, to: string) =>
    new URLSearchParams({ startDate: from, endDate: to }).toString();
  const cases: [from: string, to: string, total: number][] = [
    ["2025-01-18T10:00:00.000Z", "2025-01-18T10:00:00.001Z", 1],
    ["2025-01-18T19:00:00.000+09:00", "2025-01-18T19:00:00.002+09:00", 2],
    ["2025-01-18T10:00:00.001Z", "2025-01-18T11:00:00Z", 1],
  ];
  for (const [from, to, total] of cases) {
    assert.equal(await totalOf(app, period(from, to)), total, `${from} to ${to}`);
  }
});

Deno.test("[M-15][T-M27] one mission in any letter case, or all of them", async () => {
  await using app = await openApp([
    visit("2025-01-18T10:00:00.000Z"),
    visit("2025-01-18T10:00:00.000Z", { missionType: "vocabulary" }),
  ]);
  const summaryOf = async (type: string) => {
    const data = await analyticsOf(app, type);
    return [data.missionType, data.totalAttempts, "stepStats" in data, "pathStats" in data];
  };
  assert.deepEqual(await summaryOf("Portfolio"), ["portfolio", 1, true, false]);
  assert.deepEqual(await summaryOf("vocabulary"), ["vocabulary", 1, false, true]);
  assert.deepEqual(await summaryOf("all"), ["all", 2, false, false]);
});

Deno.test("[M-40][M-41][M-42] without attempts there are zeros and nulls, and no NaN", async () => {
  await using app = await openApp();
  const data = await analyticsOf(app, "portfolio?detail=full");
  assert.deepEqual(
    [data.totalAttempts, data.completionRate, data.avgDuration, data.avgRating],
    [0, null, null, null],
  );
  assert.equal(data.stepStats.mostAbandoned, null);
  assert.equal(data.statistics.completion, null);
});

Deno.test("[M-67][T-M18] an answer is kept until an attempt of its period changes, and no longer", async () => {
  const clock = testClock(Date.parse(NOW));
  await using app = await testApp({ parts: { clock } });
  const day = "portfolio?startDate=2025-01-18&endDate=2025-01-18";
  const madeAt = async (query = day) => {
    clock.advance(1_000);
    return (await analyticsOf(app, query)).generatedAt;
  };
  const rated = await playMission(app, visit("2025-01-18T03:00:00.000Z"));
  const first = await madeAt();
  assert.equal(await madeAt(), first);
  assert.notEqual(await madeAt(`${day}&detail=full`), first);
  // Another day, and another mission.
  await playMission(app, visit("2025-01-19T03:00:00.000Z"));
  await playMission(app, visit("2025-01-18T03:00:00.000Z", { missionType: "vocabulary" }));
  assert.equal(await madeAt(), first);
  await app.docent.missions.refreshHours();
  assert.equal(await madeAt(), first);
  await startMission(app, { timestamp: "2025-01-18T04:00:00.000Z" });
  const second = await madeAt();
  assert.notEqual(second, first);
  assert.equal((await analyticsOf(app, day)).avgRating, null);
  const review = await ask(app, `/api/missions/${rated}/review`, post({ rating: 5 }));
  assert.equal(review.status, 201);
  assert.notEqual(await madeAt(), second);
  assert.equal((await analyticsOf(app, day)).avgRating, 5);
});

Deno.test("[M-57][T-M16] analytics want a login", async () => {
  await using app = await openApp();
  const { wsToken } = await startMission(app);
  for (const path of ["missions/all", "missions/vocabulary/paths", "vocabulary/paths"]) {
    const address = `/api/analytics/${path}`;
    assertError(await ask(app, address), { status: 401, code: "AUTH_FAILED" });
    assertError(await ask(app, address, bearer(wsToken)), { status: 403, code: "FORBIDDEN" });
  }
});

Deno.test("[M-15][T-M27] an unknown mission, date or detail is refused with what would be right", async () => {
  await using app = await openApp();
  const admin = await asAdmin(app);
  const refused = [
    ["missions/nothing", "missionType"],
    ["missions/paths", "missionType"],
    ["missions/all?startDate=yesterday", "startDate"],
    ["missions/all?startDate=2025-02-30", "startDate"],
    ["missions/all?startDate=2025-01-20&endDate=2025-01-19", "startDate"],
    ["missions/all?detail=some", "detail"],
    ["missions/portfolio/paths", "missionType"],
    ["missions/all/paths", "missionType"],
    ["vocabulary/paths?endDate=never", "endDate"],
  ];
  for (const [path, field] of refused) {
    const answer = await ask(app, `/api/analytics/${path}`, admin);
    assertError(answer, { status: 400, code: "VALIDATION_ERROR", field });
  }
});

Deno.test("[M-16] the short address of paths is taken by missions with paths alone", async () => {
  await using app = await openApp();
  const admin = await asAdmin(app);
  for (const word of ["portfolio", "leaderboard", "user_1"]) {
    const answer = await ask(app, `/api/analytics/${word}/paths`, admin);
    assertError(answer, { status: 404, code: "NOT_FOUND" });
  }
});
