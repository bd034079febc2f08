import { deepEqual, equal, ok } from "node:assert/strict";
import { ANSWER, begun, ended, NO_LIMITS } from "../../../support/analysing.ts";
import { eventually } from "../../../support/eventually.ts";
import { assertError } from "../../../support/http.ts";
import { type Person, person } from "../../../support/person.ts";
import { type TestApp, testApp } from "../../../support/test_app.ts";
import { testClock } from "../../../support/test_clock.ts";

/** A finished interview of one judged answer; gives its score. */
async function practise(app: TestApp, who: Person, answer = ANSWER): Promise<number> {
  const input = await begun(who, answer);
  const { data } = (await who.send("POST", "/api/analysis/answer", input)).body;
  await ended(app, who.userId, data.id);
  await who.send("POST", `/api/sessions/${input.sessionId}/complete`);
  return (await who.get(`/api/analysis/${data.id}`)).body.data.totalScore;
}

Deno.test("[P-13] administrators see everybody's interviews without the answers; others may not", async () => {
  const clock = testClock();
  await using app = await testApp({ parts: { clock }, env: NO_LIMITS });
  const [kim, lee, admin] = [await person(app), await person(app), await person(app, "admin")];
  for (const who of [kim, lee, kim]) {
    await practise(app, who);
    clock.advance(60_000);
  }
  const { body } = await admin.get("/api/admin/sessions?limit=2");
  deepEqual(
    body.data.sessions.map((it: { userId: string }) => it.userId),
    [kim.userId, lee.userId],
    "the newest first",
  );
  equal(body.data.hasMore, true);
  ok(!JSON.stringify(body).includes(ANSWER));
  const rest = (await admin.get("/api/admin/sessions?limit=2&offset=2")).body.data;
  deepEqual([rest.sessions.length, rest.hasMore], [1, false]);
  for (const path of ["/api/admin/sessions", "/api/admin/analytics"]) {
    assertError(await kim.get(path), { status: 403, code: "FORBIDDEN" });
  }
  const bad = await admin.get("/api/admin/sessions?limit=0");
  assertError(bad, { status: 400, code: "VALIDATION_ERROR", field: "limit" });
});

Deno.test("[P-13][T-P16] administrators see what was practised by day, also by who is gone", async () => {
  const clock = testClock();
  await using app = await testApp({ parts: { clock }, env: NO_LIMITS });
  const kim = await person(app);
  const score = await practise(app, kim);
  await begun(kim);
  clock.advance(86_400_000);
  const [admin, second] = [await person(app, "admin"), await person(app)];
  await begun(second);
  await app.docent.interviews.forget(kim.userId);
  const { days, queue } = (await admin.get("/api/admin/analytics?days=3")).body.data;
  deepEqual(days.map((day: { date: string }) => day.date), [
    "2025-01-18",
    "2025-01-19",
    "2025-01-20",
  ]);
  const { date: _date, ...figures } = days[1];
  deepEqual(figures, {
    sessionsStarted: 2,
    sessionsCompleted: 1,
    questionsAnswered: 1,
    answersJudged: 1,
    averageScore: score,
  });
  deepEqual([days[0].averageScore, days[2].sessionsStarted, queue.waiting, queue.dead], [
    null,
    1,
    0,
    0,
  ]);
  const left = await app.docent.interviews.everybody.sessions({ limit: 10, offset: 0 });
  deepEqual(left.map(({ userId }) => userId), [second.userId]);
  const bad = await admin.get("/api/admin/analytics?days=400");
  assertError(bad, { status: 400, code: "VALIDATION_ERROR", field: "days" });
});

Deno.test("[P-12][T-P14] a person is compared with five others or more, and with nobody else", async () => {
  await using app = await testApp({ env: NO_LIMITS });
  const kim = await person(app);
  const own = await practise(app, kim);
  const read = async () => (await kim.get("/api/analytics/benchmarks")).body.data;
  const others: Person[] = [];
  for (let n = 0; n < 4; n++) {
    others.push(await person(app));
    await practise(app, others[n], "I do not know what to say about it");
  }
  const few = await read();
  deepEqual([few.minimumPeople, few.categories.length], [5, 1]);
  const { category, insufficientData, averageScore } = few.categories[0];
  deepEqual([category, insufficientData, averageScore], ["other", true, own]);
  equal(few.categories[0].others, null);
  others.push(await person(app));
  await practise(app, others[4], "I do not know what to say about it");
  const [enough] = (await read()).categories;
  deepEqual([enough.insufficientData, enough.others.people, enough.others.percentile], [
    false,
    5,
    100,
  ]);
  ok(enough.others.averageScore < own);
  await app.docent.interviews.forget(others[0].userId);
  equal((await read()).categories[0].others, null, "who is gone counts no more");
  const lee = await person(app);
  deepEqual((await lee.get("/api/analytics/benchmarks")).body.data.categories, []);
});

Deno.test("[P-12][P-28] a person takes their practice as a file, twice an hour", async () => {
  const clock = testClock();
  const { RATE_EXPORTS_PER_HOUR: _twice, ...env } = NO_LIMITS;
  await using app = await testApp({ parts: { clock }, env });
  const kim = await person(app);
  const score = await practise(app, kim, "=SUM(A1) is how I began, then complaints fell by 30%.");
  const take = (body: unknown) => kim.send("POST", "/api/analytics/export", body);
  const lines = (await take({})).body.trim().split("\n").map((line: string) => JSON.parse(line));
  deepEqual(lines.map(({ kind }: { kind: string }) => kind), ["stats", "interview"]);
  equal(lines[0].averageScore, score);
  const csv = (await take({ format: "csv" })).body.split("\r\n");
  ok(
    csv[0].endsWith(
      "session_id,category,status,started_at,question_id,question,answered_at,time_spent_sec,total_score",
    ),
  );
  ok(csv[1].includes(",other,completed,") && csv[1].endsWith(`,${score}`), csv[1]);
  const third = await take({ format: "csv" });
  assertError(third, { status: 429, code: "RATE_LIMIT" });
  clock.advance(1_800_000);
  equal((await take({})).status, 200, "half an hour gives one back");
  const lee = await person(app);
  equal((await lee.send("POST", "/api/analytics/export", {})).body.trim().split("\n").length, 1);
  const bad = await lee.send("POST", "/api/analytics/export", { format: "pdf" });
  assertError(bad, { status: 400, code: "VALIDATION_ERROR", field: "format" });
});

Deno.test("[P-13][P-33][P-36] an analysis that was given up is counted, and administrators find it", async () => {
  const clock = testClock();
  const analyser = { analyse: () => Promise.reject(new Error("The analyser is broken")) };
  await using app = await testApp({ parts: { clock, analyser }, env: NO_LIMITS });
  const [kim, admin] = [await person(app), await person(app, "admin")];
  const input = await begun(kim);
  const { id } = (await kim.send("POST", "/api/analysis/answer", input)).body.data;
  const statuses = new Set<string>();
  await eventually(async () => {
    clock.advance(10_000);
    app.docent.interviews.queue.pump();
    statuses.add((await kim.get(`/api/analysis/${id}`)).body.data.status);
    return statuses.has("failed");
  }, "it is given up");
  ok(statuses.has("processing"), "it was begun before");
  const found = async () => (await admin.get("/api/admin/analyses/dead")).body.data.analyses;
  const [dead, ...others] = await found();
  deepEqual([dead.id, dead.userId, dead.sessionId, dead.tries, others], [
    id,
    kim.userId,
    input.sessionId,
    5,
    [],
  ]);
  const figures = async () => await (await app.request("/metrics")).text();
  ok((await figures()).includes("docent_analyses_dead 1"));
  assertError(await kim.get("/api/admin/analyses/dead"), { status: 403, code: "FORBIDDEN" });
  await kim.send("DELETE", `/api/sessions/${input.sessionId}`);
  deepEqual(await found(), []);
  ok((await figures()).includes("docent_analyses_dead 0"));
});
