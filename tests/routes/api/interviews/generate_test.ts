import { deepEqual, equal, match, ok } from "node:assert/strict";
import { NO_LIMITS } from "../../../support/analysing.ts";
import {
  type Behaviour,
  chatService,
  GOOD_QUESTION,
  hanging,
} from "../../../support/chat_service.ts";
import { ask, assertError } from "../../../support/http.ts";
import { person } from "../../../support/person.ts";
import { post, testApp } from "../../../support/test_app.ts";

const WISH = { category: "other", customCategory: "Guide", language: "en", difficulty: "hard" };

/** The whole program, with a stand-in service; each question that it writes is another one. */
async function generating({ behave, env = {} }: { behave?: Behaviour; env?: object } = {}) {
  let count = 0;
  const good: Behaviour = ({ body }) => {
    const wished = JSON.parse(body.messages[1].content.split("\n")[1]).count;
    return JSON.stringify({
      questions: Array.from({ length: wished }, () => ({
        ...GOOD_QUESTION,
        question: `What would you do at stop ${++count}?`,
      })),
    });
  };
  const service = chatService(behave ?? good);
  const app = await testApp({ env: { ...NO_LIMITS, OPENAI_BASE_URL: service.url, ...env } });
  return {
    app,
    service,
    async [Symbol.asyncDispose]() {
      await app[Symbol.asyncDispose]();
      await service[Symbol.asyncDispose]();
    },
  };
}

const GENERATE = "/api/questions/generate";

Deno.test("[P-10] a person has questions written, and they are put to that person alone", async () => {
  await using it = await generating();
  const [kim, lee] = [await person(it.app), await person(it.app)];
  const made = await kim.send("POST", GENERATE, { ...WISH, count: 2 });
  equal(made.status, 201);
  const { source, model, questions } = made.body.data;
  deepEqual([source, model, questions.length], ["service", "gpt-4o-mini", 2]);
  ok(!("sampleAnswer" in questions[0]) && !("expectedKeywords" in questions[0]));
  const totalOf = async (who: typeof kim) =>
    (await who.get("/api/questions?category=other&language=en")).body.data.total;
  deepEqual([await totalOf(kim), await totalOf(lee)], [10, 8]);
  const path = `/api/questions/${questions[0].id}`;
  equal((await kim.get(path)).body.data.question, questions[0].question);
  assertError(await lee.get(path), { status: 404, code: "NOT_FOUND" });
  const session = await kim.send("POST", "/api/sessions", WISH);
  match(
    session.body.data.currentQuestion.question,
    /at stop \d/,
    "what was waited for comes first",
  );
  equal(
    (await lee.send("POST", "/api/sessions", WISH)).body.data.currentQuestion.question
      .includes("at stop"),
    false,
  );
});

Deno.test("[P-10][P-13] what an editor saves of a draft is for everybody", async () => {
  await using it = await generating();
  const [kim, lee, admin] = [
    await person(it.app),
    await person(it.app),
    await person(it.app, "admin"),
  ];
  const { id } = (await kim.send("POST", GENERATE, WISH)).body.data.questions[0];
  const shown = async () =>
    (await admin.get("/api/admin/questions?limit=100&offset=100")).body.data.questions
      .find((it: { id: string }) => it.id === id);
  deepEqual([(await shown()).draftOf, (await shown()).createdBy], [kim.userId, "gpt-4o-mini"]);
  await admin.send("PUT", `/api/admin/questions/${id}`, { question: "What is a good stop?" });
  equal((await shown()).draftOf, null);
  equal((await lee.get(`/api/questions/${id}`)).body.data.question, "What is a good stop?");
});

Deno.test("[P-10][P-31] drafts are there after a restart, and go with their person", async () => {
  const kv = await Deno.openKv(":memory:");
  await using service = chatService(() => JSON.stringify({ questions: [GOOD_QUESTION] }));
  const env = { ...NO_LIMITS, OPENAI_BASE_URL: service.url };
  let userId = "";
  {
    await using app = await testApp({ parts: { kv }, env });
    const kim = await person(app);
    userId = kim.userId;
    equal((await kim.send("POST", GENERATE, WISH)).status, 201);
  }
  await using app = await testApp({ parts: { kv }, env });
  const { interviews } = app.docent;
  const drafts = () => interviews.catalogue.all().filter(({ draftOf }) => draftOf === userId);
  equal(drafts().length, 1);
  await interviews.forget(userId);
  equal(drafts().length, 0);
  kv.close();
});

Deno.test("[P-10] of one person's drafts the newest fifty are kept", async () => {
  await using it = await generating({ env: { INTERVIEW_GENERATED_PER_DAY: "100" } });
  const kim = await person(it.app);
  for (let made = 0; made < 55; made += 5) await kim.send("POST", GENERATE, { ...WISH, count: 5 });
  const drafts = it.app.docent.interviews.catalogue.all().filter(({ draftOf }) => draftOf !== null);
  equal(drafts.length, 50);
  match(drafts[0].question, /at stop 6\?/);
});

Deno.test("[P-10][T-P17] a person has so many questions written on a day, and no more at once", async () => {
  await using it = await generating({ env: { INTERVIEW_GENERATED_PER_DAY: "6" } });
  const [kim, admin] = [await person(it.app), await person(it.app, "admin")];
  const five = { ...WISH, count: 5 };
  const sent = await Promise.all([1, 2].map(() => kim.send("POST", GENERATE, five)));
  deepEqual(sent.map(({ status }) => status).sort(), [201, 429]);
  const refused = sent.find(({ status }) => status === 429)!;
  assertError(refused, { status: 429, code: "RATE_LIMIT" });
  equal(refused.body.error.details.expected, "at most 6 generated questions a day");
  equal((await kim.send("POST", GENERATE, WISH)).status, 201);
  for (const _ of [1, 2]) equal((await admin.send("POST", GENERATE, five)).status, 201);
});

Deno.test("[P-10][T-P08] without a service, questions come from the bank, and the answer says so", async () => {
  await using app = await testApp({ env: NO_LIMITS });
  const kim = await person(app);
  const { status, body } = await kim.send("POST", GENERATE, { ...WISH, count: 3 });
  const { source, model, questions } = body.data;
  deepEqual([status, source, model, questions.length], [200, "bank", null, 3]);
  equal(new Set(questions.map(({ id }: { id: string }) => id)).size, 3);
  const texts = [...app.docent.interviews.catalogue.list({ category: "other", language: "en" })]
    .map(({ question }) => question);
  const others = { ...WISH, previousQuestions: texts.slice(0, 7) };
  const left = (await kim.send("POST", GENERATE, others)).body.data.questions;
  deepEqual(left.map(({ question }: { question: string }) => question), texts.slice(7));
  const none = await kim.send("POST", GENERATE, { ...WISH, previousQuestions: texts });
  assertError(none, { status: 502, code: "AI_SERVICE_ERROR" });
  equal(none.body.error.type, "ai_service_error");
});

for (
  const [name, behave] of [
    ["refuses", () => new Response("no", { status: 401 })],
    ["is too slow", hanging],
  ] as const
) {
  Deno.test(`[P-10][T-P08] of a service that ${name} nothing is counted, and the bank serves`, async () => {
    const env = { INTERVIEW_GENERATED_PER_DAY: "1", OPENAI_GENERATE_TIMEOUT: "1s" };
    await using it = await generating({ behave, env });
    const kim = await person(it.app);
    for (const _ of [1, 2]) {
      const { status, body } = await kim.send("POST", GENERATE, WISH);
      deepEqual([status, body.data.source], [200, "bank"]);
    }
    const text = await (await it.app.request("/metrics")).text();
    match(text, /docent_ai_request_duration_seconds_count\{task="questions",outcome="failed"\} 2/);
  });
}

for (
  const [body, field] of [
    [{ category: "pilot" }, "category"],
    [{ count: 6 }, "count"],
    [{ customCategory: "a\u0007b" }, "customCategory"],
    [{ previousQuestions: Array(21).fill("Why?") }, "previousQuestions"],
  ] as const
) {
  Deno.test(`[P-10] a wish with a wrong ${field} is refused`, async () => {
    await using app = await testApp();
    const refused = await (await person(app)).send("POST", GENERATE, body);
    assertError(refused, { status: 400, code: "VALIDATION_ERROR", field });
  });
}

Deno.test("[P-10] nobody who is not signed in has questions written", async () => {
  await using app = await testApp();
  assertError(await ask(app, GENERATE, post(WISH)), { status: 401, code: "AUTH_FAILED" });
});
