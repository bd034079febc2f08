import { deepEqual, equal, match, ok } from "node:assert/strict";
import { ANSWER } from "../../../support/analysing.ts";
import { chatService, GOOD_REPLY } from "../../../support/chat_service.ts";
import { practising, START_FORM } from "../../../support/practising.ts";

Deno.test("[P-38][P-09][P-22] from the form to the report, by forms alone", async () => {
  await using it = await practising();
  const { kim } = it;
  match(await kim.read("/app/practice"), /Start an interview[^]*No interview yet/);
  const interview = await kim.start();
  const question = await kim.read(interview);
  match(question, /Guide[^]*Under way[^]*Question 1 of 3[^]*The interview ends at/);
  equal(question.includes("An ideal answer"), false, "not before it is answered");
  const feedback = await kim.judged(interview);
  equal(feedback, `${interview}/answers/1`);
  const said = await kim.read(feedback);
  match(said, /\d+ of 100[^]*Understanding[^]*Logic[^]*Specificity[^]*Fit for the job/);
  equal(said.match(/class="bars__row"/g)?.length, 4, "four bars");
  match(said, /local-rubric-1[^]*Where the points come from/);
  ok(said.includes(ANSWER) && said.includes("An ideal answer"));
  for (const deed of ["next", "skip"]) {
    equal((await kim.submit(`${interview}/${deed}`)).headers.get("location"), interview);
  }
  match(await kim.read(interview), /Question 3 of 3/);
  equal((await kim.submit(`${interview}/finish`)).headers.get("location"), `${interview}/report`);
  const report = await kim.read(`${interview}/report`);
  match(report, /Report: Guide[^]*Completed[^]*1 of 3[^]*\d+ of 100/);
  ok(report.includes(ANSWER));
  match(await kim.read("/app/practice"), /Guide[^]*Completed/);
});

Deno.test("[P-20][P-38] what a service writes is shown as text, and who wrote it", async () => {
  const idealAnswer = "I would <b>ask</b> for the reason first.";
  await using service = chatService(() => JSON.stringify({ ...GOOD_REPLY, idealAnswer }));
  await using it = await practising({ env: { OPENAI_BASE_URL: service.url } });
  const { kim } = it;
  const interview = await kim.start();
  const said = await kim.read(await kim.judged(interview));
  match(said, /Listens first[^]*Say more of the result/);
  match(
    said,
    /An ideal answer[^]*I would &lt;b>ask&lt;\/b> for the reason[^]*Written by gpt-4o-mini/,
  );
  await kim.submit(`${interview}/finish`);
  match(await kim.read(`${interview}/report`), /I would &lt;b>ask[^]*Written by gpt-4o-mini/);
});

Deno.test("[P-23][P-38] an interview has as many questions as were chosen", async () => {
  await using it = await practising();
  const interview = await it.kim.start({ maxQuestions: "1" });
  const skipped = await it.kim.submit(`${interview}/skip`);
  equal(skipped.headers.get("location"), `${interview}?news=noneLeft`);
  await it.kim.judged(interview);
  const html = await it.kim.read(interview);
  match(html, /There are no more questions/);
  equal(html.includes("/next"), false);
});

Deno.test("[P-39] an answer is kept, and the interview left and taken up again", async () => {
  await using it = await practising();
  const { kim } = it;
  const interview = await kim.start();
  const questionId = /name="questionId" value="([^"]+)"/.exec(await kim.read(interview))![1];
  const kept = await kim.submit(`${interview}/keep`, { questionId, answer: "Once I <b>" });
  equal(kept.headers.get("location"), `${interview}?news=kept`);
  match(await kim.read(`${interview}?news=kept`), /is kept[^]*Once I &lt;b><\/textarea>/);
  await kim.submit(`${interview}/leave`);
  match(await kim.read(interview), /This interview is over[^]*Come back/);
  await kim.submit(`${interview}/resume`);
  match(await kim.read(interview), /Once I &lt;b>/);
  match(await kim.read("/app/practice"), /An interview is under way[^]*Go on/);
});

for (
  const [name, text] of [
    ["too short", "Short"],
    ["too long", "a".repeat(5_001)],
    ["with a control character", "I did this \u0007 and then that"],
    ["empty", ""],
  ]
) {
  Deno.test(`[P-29][T-P01] an answer that is ${name} is refused and stays in the field`, async () => {
    await using it = await practising();
    const interview = await it.kim.start();
    const answer = await it.kim.answer(interview, text);
    equal(answer.status, 400);
    const html = await answer.text();
    match(html, /role="alert"[^]*Write 10 to 5,000 characters/);
    ok(text === "" || html.includes(`${text}</textarea>`));
  });
}

Deno.test("[P-23][T-P02] an answer that comes too fast is kept and told how long to wait", async () => {
  await using it = await practising({ env: { INTERVIEW_ANSWERS_PER_MIN: "1" } });
  const { kim } = it;
  const interview = await kim.start();
  await kim.judged(interview);
  await kim.submit(`${interview}/next`);
  const answer = await kim.answer(interview, `${ANSWER} Second.`);
  equal(answer.status, 429);
  ok(Number(answer.headers.get("retry-after")) > 0);
  match(await answer.text(), /Too many answers\. Yours is kept/);
  ok((await kim.read(interview)).includes(`${ANSWER} Second.</textarea>`));
});

Deno.test("[P-23] the day's interviews are used up, and the page says until when", async () => {
  await using it = await practising({ env: { INTERVIEW_SESSIONS_PER_DAY: "1" } });
  await it.kim.start();
  const answer = await it.kim.submit("/app/practice", START_FORM);
  equal(answer.status, 429);
  match(await answer.text(), /All interviews of today are used up/);
});

for (
  const [name, wrong] of [
    ["category", { category: "king" }],
    ["number", { maxQuestions: "0" }],
    ["number that is none", { maxQuestions: "many" }],
    ["language", { language: "" }],
  ] as const
) {
  Deno.test(`[P-38] a start with a wrong ${name} starts nothing`, async () => {
    await using it = await practising();
    equal((await it.kim.submit("/app/practice", { ...START_FORM, ...wrong })).status, 400);
    match(await it.kim.read("/app/practice"), /No interview yet/);
  });
}

Deno.test("[P-38] what an interview is for may be long, and then the form says so", async () => {
  await using it = await practising();
  const answer = await it.kim.submit("/app/practice", {
    ...START_FORM,
    customCategory: "가".repeat(101),
  });
  equal(answer.status, 400);
  match(await answer.text(), /Use at most 100 characters/);
});

Deno.test("[P-22] what an interview no longer allows is refused on its page", async () => {
  await using it = await practising();
  const { kim } = it;
  const interview = await kim.start();
  const empty = await kim.submit(`${interview}/finish`);
  equal(empty.status, 409);
  match(await empty.text(), /Answer at least one question/);
  const page = await kim.read(interview);
  const questionId = /name="questionId" value="([^"]+)"/.exec(page)![1];
  await kim.judged(interview);
  const again = await kim.submit(`${interview}/answer`, { questionId, answer: ANSWER });
  equal(again.status, 303, "the same once more is the same");
  const another = await kim.submit(`${interview}/answer`, { questionId, answer: `${ANSWER} No` });
  equal(another.status, 409);
  match(await another.text(), /not possible any more/);
  await kim.submit(`${interview}/finish`);
  for (const deed of ["next", "skip", "resume", "leave"]) {
    equal((await kim.submit(`${interview}/${deed}`)).status, 409, deed);
  }
});

Deno.test("[P-31][P-38] an interview is deleted with all that is in it", async () => {
  await using it = await practising();
  const interview = await it.kim.start();
  const feedback = await it.kim.judged(interview);
  equal((await it.kim.submit(`${interview}/remove`)).headers.get("location"), "/app/practice");
  for (const path of [interview, feedback, `${interview}/report`]) {
    equal((await it.kim.open(path)).status, 404, path);
  }
});

Deno.test("[P-38][P-30] nobody sees or changes another's interview", async () => {
  await using it = await practising();
  const lee = await it.join("Lee");
  const interview = await it.kim.start();
  const feedback = await it.kim.judged(interview);
  for (const path of [interview, feedback, `${feedback}/events`, `${interview}/report`]) {
    equal((await lee.open(path)).status, 404, path);
  }
  for (const deed of ["next", "skip", "finish", "leave", "resume", "remove", "keep", "answer"]) {
    const fields = { questionId: "asked_1", answer: ANSWER };
    equal((await lee.submit(`${interview}/${deed}`, fields)).status, 404, deed);
  }
  equal((await lee.read("/app/practice")).includes("Guide"), false);
  match(await it.kim.read(interview), /Under way/);
});

Deno.test("[P-38] addresses of answers that are not there say so", async () => {
  await using it = await practising();
  const interview = await it.kim.start();
  const statuses = await Promise.all(
    ["1", "0", "999", "9999", "x"].map(async (order) =>
      (await it.kim.open(`${interview}/answers/${order}`)).status
    ),
  );
  deepEqual(statuses, [404, 404, 404, 404, 404]);
});
