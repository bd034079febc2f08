import { deepEqual, equal, ok } from "node:assert/strict";
import { assertError } from "../../../support/http.ts";
import { ENGLISH, interviewee } from "../../../support/interviewee.ts";
import { person } from "../../../support/person.ts";

const MINUTE_MS = 60_000;

Deno.test("[P-23] five minutes before its end a person is warned once, and then it ends", async () => {
  await using it = await interviewee();
  const { id } = await it.start();
  const settle = it.app.docent.interviews.sessions.settleDue;
  const happens = async (afterMs: number) => {
    const before = it.changes.length;
    it.clock.advance(afterMs);
    await settle();
    await settle();
    return it.kinds().slice(before);
  };
  deepEqual(await happens(115 * MINUTE_MS - 1), []);
  deepEqual(await happens(1), ["interview:updated", "interview:warning"]);
  deepEqual(await happens(5 * MINUTE_MS - 1), []);
  deepEqual(await happens(1), ["interview:updated"]);
  equal((await it.kim.get(`/api/sessions/${id}`)).body.data.status, "abandoned");
  deepEqual(await happens(MINUTE_MS), []);
});

Deno.test("[P-23] each person has so many sessions a day, and a deleted one counts", async () => {
  await using it = await interviewee({ INTERVIEW_SESSIONS_PER_DAY: "2" });
  const lee = await person(it.app);
  const { id } = await it.start();
  await it.kim.send("DELETE", `/api/sessions/${id}`);
  await it.start();
  const refused = await it.kim.send("POST", "/api/sessions", ENGLISH);
  assertError(refused, { status: 429, code: "RATE_LIMIT" });
  equal(refused.headers.get("retry-after"), String(4.5 * 3600), "until midnight in Seoul");
  equal((await lee.send("POST", "/api/sessions", ENGLISH)).status, 201);
  it.clock.advance(4.5 * 60 * MINUTE_MS);
  equal((await it.kim.send("POST", "/api/sessions", ENGLISH)).status, 201);
});

Deno.test("[T-P17] who has the premium tier has that tier's sessions, as long as it lasts", async () => {
  await using it = await interviewee({
    INTERVIEW_SESSIONS_PER_DAY: "1",
    INTERVIEW_PREMIUM_SESSIONS_PER_DAY: "3",
  });
  const start = async () => (await it.kim.send("POST", "/api/sessions", ENGLISH)).status;
  await it.app.docent.people.profiles.change(it.kim.userId, (profile) => ({
    ...profile,
    subscription: { type: "premium", expiresAt: it.clock.now() + MINUTE_MS },
  }));
  deepEqual([await start(), await start()], [201, 201]);
  it.clock.advance(MINUTE_MS);
  equal(await start(), 429);
});

Deno.test("[T-P17][P-23] a tier has its own length, number of questions and answers a minute", async () => {
  await using it = await interviewee({
    INTERVIEW_MAX_QUESTIONS: "1",
    INTERVIEW_PREMIUM_MAX_QUESTIONS: "2",
    INTERVIEW_MAX_DURATION: "1h",
    INTERVIEW_PREMIUM_MAX_DURATION: "3h",
    INTERVIEW_ANSWERS_PER_MIN: "1",
    INTERVIEW_PREMIUM_ANSWERS_PER_MIN: "2",
    INTERVIEW_SESSIONS_PER_DAY: "100",
    RATE_QUESTIONS_PER_MIN: "1000",
  });
  const lee = await person(it.app);
  await it.app.docent.people.profiles.change(lee.userId, (profile) => ({
    ...profile,
    subscription: { type: "premium", expiresAt: null },
  }));
  for (const [who, hours, questions] of [[it.kim, 1, 1], [lee, 3, 2]] as const) {
    const body = { ...ENGLISH, maxQuestions: 50 };
    const session = (await who.send("POST", "/api/sessions", body)).body.data;
    equal(Date.parse(session.expiresAt) - Date.parse(session.createdAt), hours * 60 * MINUTE_MS);
    equal(session.maxQuestions, questions);
    const next = `/api/sessions/${session.id}/next`;
    for (let count = 1; count < questions; count++) {
      ok((await who.send("POST", next, { skip: true })).body.data.question);
    }
    equal((await who.send("POST", next, { skip: true })).body.data.question, null);
    const statuses = [];
    for (let count = 0; count <= questions; count++) {
      const { data } = (await who.send("POST", "/api/sessions", ENGLISH)).body;
      const answer = {
        sessionId: data.id,
        questionId: data.currentQuestion.id,
        answer: "x".repeat(20),
      };
      statuses.push((await who.send("POST", "/api/analysis/answer", answer)).status);
    }
    deepEqual(statuses, [...Array(questions).fill(202), 429]);
  }
});

Deno.test("[P-28] a person asks for so many questions a minute", async () => {
  await using it = await interviewee({ RATE_QUESTIONS_PER_MIN: "2" });
  const { id } = await it.start();
  const next = () => it.kim.send("POST", `/api/sessions/${id}/next`, {});
  equal((await next()).status, 200);
  assertError(await next(), { status: 429, code: "RATE_LIMIT" });
  it.clock.advance(30_000);
  equal((await next()).status, 200);
});
