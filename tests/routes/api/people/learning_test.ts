import { deepEqual, equal } from "node:assert/strict";
import { assertError } from "../../../support/http.ts";
import { type Person, person } from "../../../support/person.ts";
import { testApp } from "../../../support/test_app.ts";
import { testClock } from "../../../support/test_clock.ts";

const NOW = "2025-01-19T10:30:00.000Z";
const DAY_MS = 86_400_000;
const pathOf = ({ userId }: Person, rest = "") => `/api/analytics/${userId}${rest}`;

async function learner() {
  const clock = testClock(Date.parse(NOW));
  const app = await testApp({ parts: { clock }, env: { JWT_EXPIRES_IN: "60d" } });
  return {
    app,
    clock,
    kim: await person(app),
    [Symbol.asyncDispose]: () => app[Symbol.asyncDispose](),
  };
}

Deno.test("[L-08][L-09][L-28][T-L04] who has not begun has zeros, and beginning twice changes nothing", async () => {
  await using it = await learner();
  const zeros = {
    userId: it.kim.userId,
    totalLearningHours: 0,
    currentStreak: 0,
    longestStreak: 0,
    logsCreated: 0,
    goalsCompleted: 0,
    skillsAdded: 0,
    weeklyData: [],
    monthlyData: [],
    updatedAt: NOW,
  };
  deepEqual((await it.kim.get(pathOf(it.kim))).body, zeros);
  deepEqual((await it.kim.send("POST", pathOf(it.kim, "/init"))).body, zeros);
  await it.kim.send("PATCH", pathOf(it.kim, "/learning-hours"), { hours: 2 });
  equal((await it.kim.send("POST", pathOf(it.kim, "/init"))).body.totalLearningHours, 2);
});

Deno.test("[L-10][L-11][L-12][T-L06] hours add up, streaks never lose the longest, statistics count", async () => {
  await using it = await learner();
  const patch = async (rest: string, body: unknown) =>
    (await it.kim.send("PATCH", pathOf(it.kim, rest), body)).body;
  equal((await patch("/learning-hours", { hours: 0 })).totalLearningHours, 0);
  await patch("/learning-hours", { hours: 0.1 });
  equal((await patch("/learning-hours", { hours: 0.2 })).totalLearningHours, 0.3);
  const long = await patch("/streak", { currentStreak: 9, longestStreak: 3 });
  deepEqual([long.currentStreak, long.longestStreak], [9, 9]);
  const short = await patch("/streak", { currentStreak: 1, longestStreak: 1 });
  deepEqual([short.currentStreak, short.longestStreak], [1, 9]);
  equal((await patch("/increment", { statName: "logsCreated" })).logsCreated, 1);
  equal(
    (await patch("/increment", { statName: "skillsAdded", incrementBy: 1000 })).skillsAdded,
    1000,
  );
  const together = Array.from(
    { length: 30 },
    () => patch("/increment", { statName: "goalsCompleted" }),
  );
  await Promise.all(together);
  equal((await it.kim.get(pathOf(it.kim))).body.goalsCompleted, 30);
});

const REFUSED = [
  ["PATCH", "/learning-hours", { hours: -1 }, "hours"],
  ["PATCH", "/learning-hours", { hours: 25 }, "hours"],
  ["PATCH", "/learning-hours", { hours: "2" }, "hours"],
  ["PATCH", "/learning-hours", {}, "hours"],
  ["PATCH", "/streak", { currentStreak: 1.5, longestStreak: 2 }, "currentStreak"],
  ["PATCH", "/streak", { currentStreak: 1 }, "longestStreak"],
  ["PATCH", "/increment", { statName: "userId" }, "statName"],
  ["PATCH", "/increment", { statName: "__proto__x" }, "statName"],
  ["PATCH", "/increment", { statName: "logsCreated", incrementBy: 0 }, "incrementBy"],
  ["PATCH", "/increment", { statName: "logsCreated", incrementBy: 1001 }, "incrementBy"],
  ["POST", "/weekly", { date: "19.1.2025", hoursLogged: 1, logsCount: 1 }, "date"],
  ["POST", "/weekly", { date: "2025-02-30", hoursLogged: 1, logsCount: 1 }, "date"],
  ["POST", "/weekly", { date: "2025-01-22", hoursLogged: 1, logsCount: 1 }, "date"],
  ["POST", "/weekly", { date: "2024-10-27", hoursLogged: 1, logsCount: 1 }, "date"],
  ["POST", "/weekly", { date: "2025-01-19", hoursLogged: 1, logsCount: -1 }, "logsCount"],
] as const;

for (const [method, rest, body, field] of REFUSED) {
  Deno.test(`[T-L06][T-L07] ${rest} refuses ${JSON.stringify(body)}`, async () => {
    await using it = await learner();
    const answer = await it.kim.send(method, pathOf(it.kim, rest), body);
    assertError(answer, { status: 400, code: "VALIDATION_ERROR", field });
  });
}

Deno.test("[L-13][T-L07] a day is set once, and its month adds up", async () => {
  await using it = await learner();
  const set = async (date: string, hoursLogged: number, logsCount: number) =>
    (await it.kim.send("POST", pathOf(it.kim, "/weekly"), { date, hoursLogged, logsCount })).body;
  await set("2025-01-19", 2, 1);
  await set("2024-12-30", 5, 3);
  const body = await set("2025-01-19", 3.5, 2);
  deepEqual(body.weeklyData, [
    { date: "2024-12-30", hoursLogged: 5, logsCount: 3 },
    { date: "2025-01-19", hoursLogged: 3.5, logsCount: 2 },
  ]);
  deepEqual(body.monthlyData, [
    { month: "2024-12", hoursLogged: 5, logsCount: 3 },
    { month: "2025-01", hoursLogged: 3.5, logsCount: 2 },
  ]);
  it.clock.advance(40 * DAY_MS);
  const later = await set("2025-02-28", 1, 1);
  deepEqual(later.weeklyData.length, 3);
});

Deno.test("[T-L11] the streak counts days with an activity, in the exhibition's zone", async () => {
  await using it = await learner();
  const streak = async () => {
    const { currentStreak, longestStreak } = (await it.kim.get(pathOf(it.kim))).body;
    return [currentStreak, longestStreak];
  };
  const act = () =>
    it.kim.send("POST", "/api/activities", { userId: it.kim.userId, type: "login", title: "In" });
  await act();
  await act();
  deepEqual(await streak(), [1, 1]);
  // 19:30 in Seoul; five hours later it is the next day there, and still the same in UTC.
  it.clock.advance(5 * 3_600_000);
  await act();
  deepEqual(await streak(), [2, 2]);
  it.clock.advance(DAY_MS);
  deepEqual(await streak(), [2, 2], "today may still come");
  it.clock.advance(DAY_MS);
  deepEqual(await streak(), [0, 2]);
  await act();
  deepEqual(await streak(), [1, 2]);
});

Deno.test("[L-14][T-L08] the leaderboard is ordered by hours, and names nobody who did not ask for it", async () => {
  await using it = await learner();
  const [lee, park, admin] = [
    await person(it.app),
    await person(it.app),
    await person(it.app, "admin"),
  ];
  const learn = (who: Person, hours: number) =>
    who.send("PATCH", pathOf(who, "/learning-hours"), { hours });
  await learn(it.kim, 3);
  await learn(lee, 10);
  await learn(park, 3);
  await park.send("PATCH", pathOf(park, "/streak"), { currentStreak: 2, longestStreak: 2 });
  const board = async (who: Person, query = "") =>
    (await who.get(`/api/analytics/leaderboard/all${query}`)).body;
  const seen = await board(it.kim);
  deepEqual(seen, {
    analytics: [
      { rank: 1, name: null, totalLearningHours: 10, currentStreak: 0 },
      { rank: 2, name: null, totalLearningHours: 3, currentStreak: 2 },
      { rank: 3, name: null, totalLearningHours: 3, currentStreak: 0 },
    ],
    total: 3,
    hasMore: false,
  });
  const page = await board(admin, "?limit=1&skip=1");
  deepEqual([page.analytics[0].userId, page.total, page.hasMore], [park.userId, 3, true]);
});

Deno.test("[T-L02] nobody reads or changes another's learning analytics", async () => {
  await using it = await learner();
  const lee = await person(it.app);
  const foreign = { status: 403, code: "FORBIDDEN" } as const;
  assertError(await lee.get(pathOf(it.kim)), foreign);
  assertError(await lee.send("POST", pathOf(it.kim, "/init")), foreign);
  assertError(await lee.send("PATCH", pathOf(it.kim, "/learning-hours"), { hours: 1 }), foreign);
});

Deno.test("[X-01][T-X01] words of other families are no people, and people do not read missions' figures", async () => {
  await using it = await learner();
  for (
    const word of ["realtime", "leaderboard"]
  ) {
    const { status } = await it.kim.get(`/api/analytics/${word}`);
    equal([400, 403, 404].includes(status), true, `${word} ${status}`);
  }
  for (const path of ["missions/all", "vocabulary/paths", "realtime"]) {
    assertError(await it.kim.get(`/api/analytics/${path}`), { status: 403, code: "FORBIDDEN" });
  }
});
