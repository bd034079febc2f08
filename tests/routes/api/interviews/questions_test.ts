import { deepEqual, equal, ok } from "node:assert/strict";
import { ask, assertError, bearer } from "../../../support/http.ts";
import { person } from "../../../support/person.ts";
import { testApp } from "../../../support/test_app.ts";

const QUESTION = {
  category: "backend",
  difficulty: "hard",
  type: "technical",
  language: "en",
  question: "What does a bloom filter cost, and when is it worth it?",
  tags: ["data-structures"],
  expectedKeywords: ["false positive", "memory|bits"],
  sampleAnswer: "It saves reads for keys that are not there, at the price of false positives.",
  evaluationCriteria: { understanding: "a", logic: "b", specificity: "c", jobFit: "d" },
};

Deno.test("[T-P06] questions, categories and difficulties are read by the signed-in", async () => {
  await using app = await testApp();
  const kim = await person(app);
  const read = async (path: string) => (await kim.get(`/api/questions${path}`)).body.data;
  const { questions, total, hasMore } = await read("?category=qa&language=ko&limit=5");
  deepEqual([questions.length, total, hasMore], [5, 8, true]);
  ok(questions.every((it: { category: string }) => it.category === "qa"));
  const hard = await read("?category=qa&language=ko&difficulty=hard&type=technical");
  equal(hard.total, 1);
  const { categories } = await read("/categories");
  equal(categories.length, 11);
  deepEqual(categories[0], { category: "frontend", questions: { ko: 8, en: 8 } });
  deepEqual((await read("/difficulties")).difficulties, ["easy", "medium", "hard"]);
  const refused = await kim.get("/api/questions?category=pilot");
  assertError(refused, { status: 400, code: "VALIDATION_ERROR", field: "category" });
  assertError(await kim.get("/api/questions/none-1-ko"), { status: 404, code: "NOT_FOUND" });
  assertError(await ask(app, "/api/questions"), { status: 401, code: "AUTH_FAILED" });
});

Deno.test("[T-P07] no list and no question gives its solution away", async () => {
  await using app = await testApp();
  const kim = await person(app);
  for (const path of ["?limit=100", "?limit=100&offset=100", "/qa-1-ko"]) {
    const { status, body } = await kim.get(`/api/questions${path}`);
    equal(status, 200);
    const text = JSON.stringify(body);
    ok(!text.includes("sampleAnswer") && !text.includes("expectedKeywords"), path);
  }
});

Deno.test("[P-13] administrators add, change and retire questions; others may not", async () => {
  await using app = await testApp();
  const [kim, admin] = [await person(app), await person(app, "admin")];
  const added = await admin.send("POST", "/api/admin/questions", QUESTION);
  equal(added.status, 201);
  const { id, createdBy, usageCount, averageScore, isActive } = added.body.data;
  deepEqual([usageCount, averageScore, isActive], [0, 0, true]);
  ok(createdBy.includes("@"));
  equal((await kim.get(`/api/questions/${id}`)).body.data.question, QUESTION.question);
  const change = { question: "When is a bloom filter worth it?" };
  const changed = await admin.send("PUT", `/api/admin/questions/${id}`, change);
  deepEqual(changed.body.data.question, change.question);
  deepEqual(changed.body.data.sampleAnswer, QUESTION.sampleAnswer);
  await admin.send("PUT", "/api/admin/questions/qa-1-en", { difficulty: "hard" });
  equal((await kim.get("/api/questions/qa-1-en")).body.data.difficulty, "hard");
  equal((await admin.send("DELETE", `/api/admin/questions/${id}`)).status, 200);
  const listed = (await kim.get("/api/questions?category=backend&language=en")).body.data;
  equal(listed.total, 8);
  const all = (await admin.get("/api/admin/questions?limit=100&offset=100")).body.data;
  equal(all.total, 177);
  ok("sampleAnswer" in all.questions[0]);
  deepEqual((await app.docent.audit.list({ limit: 4 })).map(({ action }) => action), [
    "question.retired",
    "question.changed",
    "question.changed",
    "question.added",
  ]);
  for (const who of [kim, await person(app, "researcher"), await person(app, "operator")]) {
    const forbidden = { status: 403, code: "FORBIDDEN" } as const;
    assertError(await who.get("/api/admin/questions"), forbidden);
    assertError(await who.send("POST", "/api/admin/questions", QUESTION), forbidden);
    assertError(await who.send("PUT", `/api/admin/questions/${id}`, change), forbidden);
    assertError(await who.send("DELETE", `/api/admin/questions/${id}`), forbidden);
  }
  const unknown = await admin.send("PUT", "/api/admin/questions/question_9", change);
  assertError(unknown, { status: 404, code: "NOT_FOUND" });
});

Deno.test("[P-13][P-35] changed questions are there after a restart, and how often they were put", async () => {
  const kv = await Deno.openKv(":memory:");
  {
    await using app = await testApp({ parts: { kv } });
    const [kim, admin] = [await person(app), await person(app, "admin")];
    await admin.send("POST", "/api/admin/questions", QUESTION);
    await kim.send("POST", "/api/sessions", { category: "qa", language: "en" });
  }
  await using app = await testApp({ parts: { kv } });
  const headers = bearer(await app.adminToken());
  const read = async (offset: number) =>
    (await ask(app, `/api/admin/questions?limit=100&offset=${offset}`, headers)).body.data
      .questions;
  const all = [...await read(0), ...await read(100)];
  equal(all.at(-1).question, QUESTION.question);
  deepEqual(all.map(({ usageCount }) => usageCount).filter((count) => count > 0), [1]);
  kv.close();
});

for (
  const [body, field] of [
    [{ category: "pilot" }, "category"],
    [{ expectedKeywords: [] }, "expectedKeywords"],
    [{ question: "" }, "question"],
    [{ sampleAnswer: "x".repeat(5_001) }, "sampleAnswer"],
    [{ evaluationCriteria: { logic: "only" } }, "evaluationCriteria.understanding"],
  ] as const
) {
  Deno.test(`[P-13] a question with a wrong ${field} is refused`, async () => {
    await using app = await testApp();
    const admin = await person(app, "admin");
    const refused = await admin.send("POST", "/api/admin/questions", { ...QUESTION, ...body });
    assertError(refused, { status: 400, code: "VALIDATION_ERROR", field });
  });
}

Deno.test("[P-13] questions are taken as a file, changed, and brought back, all or none", async () => {
  await using app = await testApp();
  const [kim, admin] = [await person(app), await person(app, "admin")];
  const file = (await admin.get("/api/admin/questions/export")).body;
  equal(file.questions.length, 176);
  const bring = (questions: unknown[], who = admin) =>
    who.send("POST", "/api/admin/questions/import", { questions });
  deepEqual((await bring(file.questions)).body.data, { added: 0, changed: 176 });
  const [first] = file.questions;
  const renamed = { ...first, question: "Why is it so?" };
  const unknown = await bring([renamed, { ...first, id: "question_9" }]);
  assertError(unknown, { status: 404, code: "NOT_FOUND" });
  const wrong = await bring([renamed, { ...QUESTION, category: "pilot" }]);
  assertError(wrong, { status: 400, code: "VALIDATION_ERROR", field: "questions.1.category" });
  deepEqual((await admin.get("/api/admin/questions/export")).body, file, "nothing has changed");
  deepEqual((await bring([renamed, QUESTION])).body.data, { added: 1, changed: 1 });
  equal((await kim.get(`/api/questions/${first.id}`)).body.data.question, renamed.question);
  const [{ action, detail }] = await app.docent.audit.list({ limit: 1 });
  deepEqual([action, detail], ["questions.imported", "1 added, 1 changed"]);
  const long = { ...QUESTION, sampleAnswer: "가".repeat(5_000) };
  const large = await bring(Array(1_200).fill(long));
  assertError(large, { status: 413, code: "PAYLOAD_TOO_LARGE" });
  const forbidden = { status: 403, code: "FORBIDDEN" } as const;
  assertError(await bring([QUESTION], kim), forbidden);
  assertError(await kim.get("/api/admin/questions/export"), forbidden);
});
