import { deepEqual, equal, match, ok } from "node:assert/strict";
import { ANSWER } from "../../support/analysing.ts";
import { openBrowser } from "../../support/browser.ts";
import { practising } from "../../support/practising.ts";
import type { Role } from "../../../lib/auth/roles.ts";
import type { Visitor } from "../../support/signed_up.ts";

const HOME = "/admin/interviews";
const QUESTIONS = `${HOME}/questions`;

const QUESTION = {
  category: "qa",
  difficulty: "hard",
  type: "technical",
  language: "en",
  question: "How do you find a test that fails now and then?",
  tags: "patience, tests",
  expectedKeywords: "seed|random\n order ",
  sampleAnswer: "I ran it a thousand times with the seed printed.",
  understanding: "Names what may differ",
  logic: "",
  specificity: "",
  jobFit: "",
  isActive: "true",
};

async function staffed() {
  const it = await practising();
  return {
    ...it,
    /** Somebody of the staff, at the pages. */
    async staff(name: string, role: Role) {
      const visitor = await it.join(name);
      const { accounts } = it.app.docent.auth;
      await accounts.update(visitor.userId, (row) => ({ ...row, role }));
      return visitor;
    },
  };
}

const upload = async (who: Visitor, text: string | null) => {
  const form = new FormData();
  form.set("_csrf", await who.csrfToken("/app/feed"));
  if (text !== null) form.set("file", new File([text], "questions.json"));
  return await who.send(`${QUESTIONS}/import`, form, { "accept-language": "en" });
};

Deno.test("[P-13][P-38] who studies, operates or administers sees what is practised, without answers and people", async () => {
  await using it = await staffed();
  const studies = await it.staff("Lee", "researcher");
  match(await studies.read(HOME), /Nobody has practised yet/);
  const interview = await it.kim.start();
  await it.kim.judged(interview);
  await it.kim.submit(`${interview}/finish`);
  const html = await studies.read(HOME);
  match(html, /Started[^]*1[^]*Average score[^]*Interviews by day[^]*Other[^]*Completed/);
  for (const secret of [ANSWER, it.kim.userId, "kim@example.org"]) {
    equal(html.includes(secret), false, secret);
  }
  equal(html.includes(QUESTIONS), false, "questions are for who administers");
  const operates = await (await it.staff("Choi", "operator")).read(HOME);
  equal(operates.includes(QUESTIONS), false);
  match(await (await it.staff("Park", "admin")).read(HOME), new RegExp(QUESTIONS));
});

const PAGES = [HOME, QUESTIONS, `${QUESTIONS}/new`, `${QUESTIONS}/export`];
const FORMS = [QUESTIONS, `${QUESTIONS}/backend-1-ko`, `${QUESTIONS}/backend-1-ko/retire`];

Deno.test("[P-13][X-10] interviews and questions are closed to whose role does not name them", async () => {
  await using it = await staffed();
  const stranger = openBrowser(it.app);
  for (const path of PAGES) {
    equal((await stranger.open(path)).status, 303, path);
    equal((await it.kim.open(path)).status, 403, path);
  }
  const viewer = await it.staff("Lee", "viewer");
  for (const path of PAGES) equal((await viewer.open(path)).status, 403, path);
  for (const role of ["researcher", "operator"] as const) {
    const staff = await it.staff(role, role);
    for (const path of PAGES.slice(1)) equal((await staff.open(path)).status, 403, path);
    for (const path of [...FORMS, `${QUESTIONS}/import`, `${QUESTIONS}/generate`]) {
      equal((await stranger.send(path, {})).status, 303, path);
      equal((await staff.submit(path, QUESTION)).status, 403, path);
    }
  }
});

Deno.test("[P-13][T-M16] questions are changed with the session's token alone", async () => {
  await using it = await staffed();
  const editor = await it.staff("Lee", "admin");
  const before = it.app.docent.interviews.catalogue.all().length;
  for (const path of [...FORMS, `${QUESTIONS}/import`]) {
    equal((await editor.send(path, QUESTION)).status, 403, path);
    const origin = "https://evil.example";
    const _csrf = await editor.csrfToken("/app/feed");
    equal((await editor.send(path, { ...QUESTION, _csrf }, { origin })).status, 403, path);
  }
  equal(it.app.docent.interviews.catalogue.all().length, before);
});

Deno.test("[P-13][P-17] a question is written, changed and retired by its form, and noted down", async () => {
  await using it = await staffed();
  const editor = await it.staff("Lee", "admin");
  const { catalogue } = it.app.docent.interviews;
  const made = (await editor.submit(QUESTIONS, QUESTION)).headers.get("location")!;
  const path = /^(.+)\?news=saved$/.exec(made)![1];
  const questionId = path.split("/").at(-1)!;
  match(await editor.read(made), /The question is saved[^]*How do you find a test/);
  const question = catalogue.find(questionId)!;
  deepEqual([question.tags, question.expectedKeywords], [["patience", "tests"], [
    "seed|random",
    "order",
  ]]);
  equal(question.createdBy, editor.email);
  equal((await editor.submit(path, { ...QUESTION, question: "And then?" })).status, 303);
  equal(catalogue.find(questionId)!.question, "And then?");
  equal((await editor.submit(`${path}/retire`)).status, 303);
  equal(catalogue.find(questionId)!.isActive, false);
  match(await editor.read(`${QUESTIONS}?category=qa&language=en`), /And then\?[^]*Not in use/);
  const entries = await it.app.docent.audit.list({ limit: 10, target: questionId });
  deepEqual(entries.map(({ action }) => action), [
    "question.retired",
    "question.changed",
    "question.added",
  ]);
});

for (
  const [name, wrong, label] of [
    ["no text", { question: " " }, "Question"],
    ["no skill", { tags: " , " }, "Skills"],
    ["too many keywords", { expectedKeywords: "a\n".repeat(21) }, "Keywords"],
    ["a category that is none", { category: "king" }, "Job"],
    ["a criterion that is too long", { jobFit: "a".repeat(501) }, "Fit for the job"],
  ] as const
) {
  Deno.test(`[P-13][P-17] a question with ${name} is refused, and the form says where`, async () => {
    await using it = await staffed();
    const editor = await it.staff("Lee", "admin");
    const answer = await editor.submit(QUESTIONS, { ...QUESTION, ...wrong });
    equal(answer.status, 400);
    const html = await answer.text();
    match(html, new RegExp(`role="alert"[^]*Look at this again: ${label}\\.`));
    ok(html.includes("I ran it a thousand times"), "what was typed stays");
  });
}

Deno.test("[P-13] questions go out as a file and come back by it; a bad file changes nothing", async () => {
  await using it = await staffed();
  const editor = await it.staff("Lee", "admin");
  const { catalogue } = it.app.docent.interviews;
  const exported = await editor.open(`${QUESTIONS}/export`);
  match(exported.headers.get("content-disposition")!, /attachment; filename="questions\.json"/);
  const text = await exported.text();
  const { questions } = JSON.parse(text);
  equal(questions.length, catalogue.all().length);
  const back = await upload(editor, text);
  equal(back.headers.get("location"), `${QUESTIONS}?news=imported`);
  equal(catalogue.all().length, questions.length);
  const { id: _, ...added } = { ...questions[0], question: "A new one" };
  equal((await upload(editor, JSON.stringify({ questions: [added] }))).status, 303);
  equal(catalogue.all().at(-1)?.question, "A new one");
  for (
    const [file, said] of [
      [null, /Choose a file/],
      ["not json", /does not hold 1 to 5,000 questions/],
      ["[]", /does not hold 1 to 5,000 questions/],
      [JSON.stringify({ questions: [{ ...added, tags: 7 }] }), /does not hold/],
      [JSON.stringify({ questions: [added, { ...added, id: "qa-999-ko" }] }), /not known/],
    ] as const
  ) {
    const refused = await upload(editor, file);
    equal(refused.status, 400, String(file));
    match(await refused.text(), said);
  }
  equal(catalogue.all().length, questions.length + 1);
  equal((await upload(editor, "x".repeat(17 * 2 ** 20))).status, 413);
});

Deno.test("[P-13] a question that is not there is none, and any address gives a list", async () => {
  await using it = await staffed();
  const editor = await it.staff("Lee", "admin");
  equal((await editor.open(`${QUESTIONS}/qa-999-ko`)).status, 404);
  equal((await editor.submit(`${QUESTIONS}/qa-999-ko`, QUESTION)).status, 404);
  for (const query of ["skip=-1", "skip=x", "category=king", "language=fr", "skip=99999"]) {
    equal((await editor.open(`${QUESTIONS}?${query}`)).status, 200, query);
    equal((await editor.open(`${HOME}?${query}`)).status, 200, query);
  }
});
