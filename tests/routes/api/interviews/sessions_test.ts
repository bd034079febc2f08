import { deepEqual, equal, notEqual, ok } from "node:assert/strict";
import { ask, assertError } from "../../../support/http.ts";
import { ENGLISH, interviewee } from "../../../support/interviewee.ts";
import { person } from "../../../support/person.ts";
import { testApp } from "../../../support/test_app.ts";
import { testClock } from "../../../support/test_clock.ts";

const NOW = "2025-01-19T10:30:00.000Z";
const MINUTE_MS = 60_000;

Deno.test("[P-09][P-15][P-16] a session begins with a question, and is shown in full", async () => {
  await using it = await interviewee();
  const { status, body } = await it.kim.send("POST", "/api/sessions", {
    ...ENGLISH,
    metadata: { platform: "web" },
  });
  equal(status, 201);
  const { id, questions, currentQuestion, ...rest } = body.data;
  deepEqual(rest, {
    userId: it.kim.userId,
    category: "backend",
    difficulty: "medium",
    language: "en",
    userLevel: "entry",
    status: "active",
    duration: 0,
    createdAt: NOW,
    expiresAt: "2025-01-19T12:30:00.000Z",
    maxQuestions: 20,
    metadata: { userAgent: "", platform: "web", sessionSource: "" },
    results: [],
  });
  equal(questions.length, 1);
  deepEqual(questions[0], currentQuestion);
  equal(currentQuestion.order, 1);
  equal(currentQuestion.timeSpent, 0);
  ok(currentQuestion.question.length > 10);
  ok(!JSON.stringify(body).includes("sampleAnswer"));
  deepEqual((await it.kim.get(`/api/sessions/${id}`)).body, body);
  equal((await it.kim.send("DELETE", `/api/sessions/${id}`)).status, 200);
  assertError(await it.kim.get(`/api/sessions/${id}`), { status: 404, code: "NOT_FOUND" });
  deepEqual(it.kinds(), ["interview:updated", "interview:deleted"]);
});

Deno.test("[P-22] what a session is not told comes from the person's preferences", async () => {
  await using it = await interviewee();
  const preferences = { jobCategory: "qa", difficulty: "hard", language: "en" };
  await it.kim.send("PUT", "/api/users/profile", { preferences });
  const { category, difficulty, language } = await it.start({});
  deepEqual({ category, difficulty, language }, {
    category: "qa",
    difficulty: "hard",
    language: "en",
  });
  const { customCategory } = await it.start({ category: "other", customCategory: "수의사 🐈" });
  equal(customCategory, "수의사 🐈");
});

Deno.test("[P-09][X-09] sessions are listed newest first, in pages", async () => {
  await using it = await interviewee();
  const ids: string[] = [];
  for (let i = 0; i < 3; i++) {
    ids.unshift((await it.start()).id);
    it.clock.advance(1);
  }
  const list = async (query: string) => (await it.kim.get(`/api/sessions${query}`)).body.data;
  const all = await list("");
  deepEqual(all.sessions.map(({ id }: { id: string }) => id), ids);
  deepEqual([all.total, all.limit, all.offset, all.hasMore], [3, 20, 0, false]);
  const page = await list("?limit=1&offset=1");
  deepEqual([page.sessions[0].id, page.total, page.hasMore], [ids[1], 3, true]);
  equal(page.sessions[0].questionCount, 1);
  const refused = await it.kim.get("/api/sessions?limit=101");
  assertError(refused, { status: 400, code: "VALIDATION_ERROR", field: "limit" });
});

Deno.test("[P-22][P-23] the next question waits for an answer, can be skipped, and comes never twice", async () => {
  await using it = await interviewee({ INTERVIEW_MAX_QUESTIONS: "4" });
  const { id, currentQuestion } = await it.start();
  const next = async (body: unknown = {}) =>
    (await it.kim.send("POST", `/api/sessions/${id}/next`, body)).body.data.question;
  equal((await next()).id, currentQuestion.id);
  const asked = [currentQuestion.questionId];
  for (let i = 0; i < 3; i++) asked.push((await next({ skip: true })).questionId);
  equal(new Set(asked).size, 4);
  equal(await next({ skip: true }), null);
  const other = await it.start();
  ok(!asked.includes(other.currentQuestion.questionId), "put before, in another session");
});

Deno.test("[P-39][T-P03] an interrupted session goes on with the answer that was under way", async () => {
  await using it = await interviewee();
  const { id, currentQuestion: { questionId } } = await it.start();
  const path = `/api/sessions/${id}`;
  const answer = { questionId, text: '저는 "3년" 동안…\n50% 줄였어요 (it\'s 👍)' };
  await it.kim.send("PUT", path, { answer });
  await it.kim.send("PUT", path, { status: "abandoned" });
  const left = (await it.kim.get(path)).body.data;
  deepEqual([left.status, left.currentQuestion], ["abandoned", null]);
  const closed = { status: 409, code: "CONFLICT" } as const;
  assertError(await it.kim.send("PUT", path, { answer }), closed);
  assertError(await it.kim.send("POST", `${path}/next`, {}), closed);
  it.clock.advance(60 * MINUTE_MS);
  await it.kim.send("PUT", path, { status: "active" });
  const { status, currentQuestion, duration } = (await it.kim.get(path)).body.data;
  deepEqual([status, currentQuestion.answer, duration], ["active", answer.text, 3600]);
  it.clock.advance(60 * MINUTE_MS);
  const over = (await it.kim.get(path)).body.data;
  deepEqual([over.status, over.duration], ["abandoned", 7200]);
  assertError(await it.kim.send("PUT", path, { status: "active" }), closed);
});

Deno.test("[P-09] a session without an answer cannot be completed", async () => {
  await using it = await interviewee();
  const { id } = await it.start();
  const complete = () => it.kim.send("POST", `/api/sessions/${id}/complete`);
  assertError(await complete(), { status: 409, code: "CONFLICT" });
});

const REFUSED = [
  ["POST", "", { category: "pilot" }, "category"],
  ["POST", "", { language: "de" }, "language"],
  ["POST", "", { customCategory: "" }, "customCategory"],
  ["POST", "", { customCategory: "a\u0007b" }, "customCategory"],
  ["POST", "", { customCategory: "x".repeat(101) }, "customCategory"],
  ["POST", "", { userLevel: 3 }, "userLevel"],
  ["PUT", "/it", { status: "paused" }, "status"],
  ["PUT", "/it", { answer: { questionId: "x" } }, "answer.text"],
  ["PUT", "/it", { answer: { questionId: "x", text: "가".repeat(5_001) } }, "answer.text"],
] as const;

for (const [method, rest, body, field] of REFUSED) {
  const shown = JSON.stringify(body).slice(0, 60);
  Deno.test(`[P-29][T-P15] ${method} /api/sessions refuses ${shown}`, async () => {
    await using it = await interviewee();
    const { id } = await it.start();
    const answer = await it.kim.send(method, `/api/sessions${rest.replace("it", id)}`, body);
    assertError(answer, { status: 400, code: "VALIDATION_ERROR", field });
  });
}

Deno.test("[P-29][T-P03] an answer to a question that was not put is refused", async () => {
  await using it = await interviewee();
  const { id } = await it.start();
  const answer = { questionId: "nope", text: "An answer to nothing" };
  const refused = await it.kim.send("PUT", `/api/sessions/${id}`, { answer });
  assertError(refused, { status: 404, code: "NOT_FOUND", field: "questionId" });
});

Deno.test("[P-09] nobody sees, changes or deletes another's session", async () => {
  await using it = await interviewee();
  const { id, currentQuestion: { questionId } } = await it.start();
  const answer = { questionId, text: "Not mine at all" };
  for (const who of [await person(it.app), await person(it.app, "admin")]) {
    const unknown = { status: 404, code: "NOT_FOUND" } as const;
    const path = `/api/sessions/${id}`;
    assertError(await who.get(path), unknown);
    assertError(await who.send("PUT", path, { answer }), unknown);
    assertError(await who.send("POST", `${path}/next`, {}), unknown);
    assertError(await who.send("POST", `${path}/complete`), unknown);
    assertError(await who.send("DELETE", path), unknown);
    equal((await who.get("/api/sessions")).body.data.total, 0);
  }
  const anonymous = { status: 401, code: "AUTH_FAILED" } as const;
  assertError(await ask(it.app, "/api/sessions"), anonymous);
  equal((await it.kim.get(`/api/sessions/${id}`)).status, 200);
});

Deno.test("[P-30][P-31][T-P16] answers are stored sealed, and go with their person", async () => {
  const kv = await Deno.openKv(":memory:");
  const clock = testClock(Date.parse(NOW));
  await using app = await testApp({ parts: { clock, kv } });
  const [kim, lee] = [await person(app), await person(app)];
  const stored = async () => {
    const values: string[] = [];
    for await (const { key, value } of kv.list({ prefix: ["interviews"] })) {
      const text = value instanceof Uint8Array ? new TextDecoder().decode(value) : "";
      values.push(`${key.join("/")} ${text}`);
    }
    return values;
  };
  for (const who of [kim, lee]) {
    const { id, currentQuestion } = (await who.send("POST", "/api/sessions", ENGLISH)).body.data;
    const answer = { questionId: currentQuestion.questionId, text: "My secret answer" };
    await who.send("PUT", `/api/sessions/${id}`, { answer });
  }
  equal((await stored()).some((line) => line.includes("secret")), false);
  const before = await stored();
  await app.docent.interviews.forget(kim.userId);
  const after = await stored();
  equal(after.some((line) => line.includes(kim.userId)), false);
  equal(after.length, before.filter((line) => !line.includes(kim.userId)).length);
  notEqual(after.filter((line) => line.includes(lee.userId)).length, 0);
  kv.close();
});

Deno.test("[P-31] interviews are removed when they are too old, and only then", async () => {
  await using it = await interviewee({ RETAIN_INTERVIEWS_DAYS: "7" });
  const { removeOld } = it.app.docent.interviews.sessions;
  const old = await it.start();
  it.clock.advance(6 * 24 * 60 * MINUTE_MS);
  const young = await it.start();
  await removeOld();
  equal((await it.kim.get(`/api/sessions/${old.id}`)).status, 200);
  it.clock.advance(24 * 60 * MINUTE_MS + 1);
  await removeOld();
  const unknown = { status: 404, code: "NOT_FOUND" } as const;
  assertError(await it.kim.get(`/api/sessions/${old.id}`), unknown);
  equal((await it.kim.get(`/api/sessions/${young.id}`)).status, 200);
});
