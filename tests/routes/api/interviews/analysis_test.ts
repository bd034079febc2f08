import { deepEqual, equal, ok } from "node:assert/strict";
import { type Analyser, localAnalyser, type Submission } from "../../../../lib/interviews/mod.ts";
import { ANSWER, begun, ended } from "../../../support/analysing.ts";
import { eventually } from "../../../support/eventually.ts";
import { assertError } from "../../../support/http.ts";
import { person } from "../../../support/person.ts";
import { answering } from "../../../support/answering.ts";

Deno.test("[P-11][P-18][P-22][T-P12] an answer is stored, analysed and shown in full", async () => {
  await using it = await answering();
  const input = await begun(it.kim);
  const sent = await it.send(input);
  equal(sent.status, 202);
  deepEqual([sent.body.data.status, sent.body.data.flagged], ["queued", false]);
  await ended(it.app, it.kim.userId, sent.body.data.id);
  const result = (await it.kim.get(`/api/analysis/${sent.body.data.id}`)).body.data;
  equal(result.status, "completed");
  equal(result.userAnswer, ANSWER);
  const { understanding, logic, specificity, jobFit } = result.scores;
  equal(result.totalScore, understanding + logic + specificity + jobFit);
  equal(result.aiAnalysis.model, "local-rubric-1");
  ok(result.aiAnalysis.confidence > 0 && result.aiAnalysis.confidence <= 1);
  ok(result.idealAnswer.length > 100);
  ok(Object.values(result.detailedFeedback).every((it) => it !== ""));
  const feedback = (await it.kim.get(`/api/analysis/feedback/${result.id}`)).body.data;
  deepEqual([feedback.totalScore, feedback.points.length >= 13], [result.totalScore, true]);
  const session = (await it.kim.get(`/api/sessions/${input.sessionId}`)).body.data;
  deepEqual([session.results, session.totalScore], [[result], result.totalScore]);
  equal(session.questions[0].answer, ANSWER);
  ok(session.questions[0].answeredAt);
  equal(session.currentQuestion, null);
  const question = (await it.kim.get(`/api/questions/${input.questionId}`)).body.data;
  equal(question.sampleAnswer, result.idealAnswer, "shown to who has answered");
});

Deno.test("[P-20] the ideal answer of who judges is shown, and without one the sample answer", async () => {
  const idealAnswer = "I would ask for the reason first.";
  const seen: Submission[] = [];
  const analyser: Analyser = {
    async analyse(submission, signal) {
      seen.push(submission);
      const verdict = await localAnalyser.analyse(submission, signal);
      return seen.length === 1 ? { ...verdict, idealAnswer } : verdict;
    },
  };
  await using it = await answering({ analyser });
  const input = await begun(it.kim);
  const first = await it.judged(input);
  equal(first.idealAnswer, idealAnswer);
  const feedback = (await it.kim.get(`/api/analysis/feedback/${first.id}`)).body.data;
  equal(feedback.idealAnswer, idealAnswer);
  it.clock.advance(90_000);
  const next = `/api/sessions/${input.sessionId}/next`;
  const { question } = (await it.kim.send("POST", next, {})).body.data;
  const answer = "Then I wrote down what we had agreed on, in 3 lines.";
  const second = await it.judged({ ...input, questionId: question.questionId, answer });
  const { sampleAnswer } = (await it.kim.get(`/api/questions/${question.questionId}`)).body.data;
  equal(second.idealAnswer, sampleAnswer);
  deepEqual(seen.map(({ previousAnswers, sessionSec }) => [previousAnswers, sessionSec]), [
    [[], 0],
    [[ANSWER], 90],
  ]);
});

Deno.test("[V-07][V-08][V-09][V-11][V-12][P-22][P-36] every step of an analysis is told, after it is stored", async () => {
  await using it = await answering();
  const input = await begun(it.kim);
  it.changes.length = 0;
  await it.judged(input);
  await eventually(() => it.changes.length >= 6, "all is told");
  deepEqual(it.kinds(), [
    "interview:updated",
    "analysis:started",
    "analysis:progress",
    "analysis:progress",
    "analysis:completed",
    "interview:updated",
  ]);
  await it.kim.send("POST", `/api/sessions/${input.sessionId}/complete`);
  deepEqual(it.kinds().slice(6), [
    "interview:updated",
    "interview:completed",
    "report:generated",
  ]);
  await it.kim.send("DELETE", `/api/sessions/${input.sessionId}`);
  equal(it.kinds().at(-1), "interview:deleted");
});

Deno.test("[T-P03] the same answer again is the same analysis; another one is refused", async () => {
  await using it = await answering();
  const input = await begun(it.kim);
  const [first, second] = await Promise.all([it.send(input), it.send(input)]);
  equal(first.body.data.id, second.body.data.id);
  await ended(it.app, it.kim.userId, first.body.data.id);
  equal((await it.send(input)).body.data.id, first.body.data.id);
  const other = await it.send({ ...input, answer: "Something else altogether" });
  assertError(other, { status: 409, code: "CONFLICT", field: "questionId" });
  equal((await it.app.docent.interviews.catalogue.use(input.questionId)).averageScore > 0, true);
});

Deno.test("[P-11][T-P02] a batch tells of each answer what became of it", async () => {
  await using it = await answering();
  const [one, two] = [await begun(it.kim), await begun(it.kim)];
  const { status, body } = await it.kim.send("POST", "/api/analysis/batch", {
    answers: [one, { ...two, questionId: "nope" }, two],
  });
  equal(status, 202);
  const [first, second, third] = body.data.results;
  deepEqual([first.analysis.status, second.error.code], ["queued", "NOT_FOUND"]);
  await ended(it.app, it.kim.userId, third.analysis.id);
  const none = await it.kim.send("POST", "/api/analysis/batch", { answers: [] });
  assertError(none, { status: 400, code: "VALIDATION_ERROR", field: "answers" });
  const many = await it.kim.send("POST", "/api/analysis/batch", { answers: Array(21).fill(one) });
  assertError(many, { status: 400, code: "VALIDATION_ERROR", field: "answers" });
});

Deno.test("[P-23][P-28][T-P02] answers and requests are limited for each person", async () => {
  await using it = await answering({
    env: { INTERVIEW_ANSWERS_PER_MIN: "2", RATE_ANALYSES_PER_MIN: "4" },
  });
  const lee = await person(it.app);
  const input = await begun(it.kim);
  equal((await it.send(input)).status, 202);
  equal((await it.send(input)).status, 202, "the same again is no answer more");
  equal((await it.send(await begun(it.kim))).status, 202);
  const third = await begun(it.kim);
  const refused = await it.send(third);
  assertError(refused, { status: 429, code: "RATE_LIMIT" });
  equal(refused.headers.get("retry-after"), "30");
  assertError(await it.send(third), { status: 429, code: "RATE_LIMIT" });
  equal((await it.send(await begun(lee), lee)).status, 202);
  it.clock.advance(30_000);
  equal((await it.send(third)).status, 202);
});

for (
  const [name, answer] of [
    ["nine characters", "가나다라마바사아자"],
    ["five thousand and one", "가".repeat(5_001)],
    ["spaces", " ".repeat(50)],
    ["a control character", "An answer with \u0000 in it"],
    ["an escape", "An answer with \u001b[2J in it"],
    ["a number", 12345678901],
  ] as const
) {
  Deno.test(`[P-29][T-P01][E-8.12] an answer of ${name} is refused`, async () => {
    await using it = await answering();
    const input = { ...await begun(it.kim), answer };
    const refused = await it.send(input);
    equal(refused.status, 400, JSON.stringify(refused.body));
    equal(refused.body.error.code, "VALIDATION_ERROR");
  });
}

Deno.test("[P-29][T-P01][E-8.12] answers in any script, with quotes, signs and code, are taken", async () => {
  await using it = await answering();
  const table = [
    "저는 '프로젝트'에서 50% (2배)를 줄였습니다!",
    "It’s “fine”: a < b && c > d; {x: [1, 2]} 100€",
    "日本語の答えも、大丈夫です。",
    "Ünïcödé 👩‍👩‍👧‍👦 and\nline\tbreaks",
    "가".repeat(5_000),
  ];
  for (const answer of table) {
    const input = await begun(it.kim, answer);
    const result = await it.judged(input);
    equal(result.userAnswer, answer.normalize("NFC"));
  }
  const decomposed = await it.judged(
    await begun(it.kim, "가나다라마바사아자차카".normalize("NFD")),
  );
  equal(decomposed.userAnswer, "가나다라마바사아자차카");
});

Deno.test("[P-29][T-P20] words of the list are flagged, and the answer is judged all the same", async () => {
  await using it = await answering();
  const result = await it.judged(
    await begun(it.kim, "What the fuck should I say to this question"),
  );
  deepEqual([result.flagged, result.status], [true, "completed"]);
  const korean = await it.judged(await begun(it.kim, "아 씨발 이 질문은 정말 어렵네요 모르겠어요"));
  equal(korean.flagged, true);
  const clean = await it.judged(
    await begun(it.kim, "I studied in Scunthorpe and sat on a shitake log"),
  );
  equal(clean.status, "completed");
});

Deno.test("[P-29][T-P20] the list of flagged words is a setting", async () => {
  await using it = await answering({ env: { INTERVIEW_FLAGGED_WORDS: "heck, 젠장" } });
  const flagged = async (answer: string) => (await it.judged(await begun(it.kim, answer))).flagged;
  equal(await flagged("What the heck did I know about it"), true);
  equal(await flagged("젠장, 그때는 정말 몰랐습니다"), true);
  equal(await flagged("It was shit that I had to clear away"), false);
});

Deno.test("[P-29][T-P01] the document's characters alone are taken where that is set", async () => {
  await using it = await answering({ env: { INTERVIEW_STRICT_ASCII: "true" } });
  const refused = { status: 400, code: "VALIDATION_ERROR", field: "answer" } as const;
  for (const answer of ["저는 그 문제를 이렇게 풀었습니다", 'It\'s 30% less than "before"']) {
    assertError(await it.send(await begun(it.kim, answer)), refused);
  }
  const taken = await it.judged(await begun(it.kim, "First I listened, then we agreed - really!"));
  equal(taken.status, "completed");
});

Deno.test("[P-11][P-31] nobody reads another's analysis, and it goes with its session and its person", async () => {
  await using it = await answering();
  const input = await begun(it.kim);
  const { id } = await it.judged(input);
  const unknown = { status: 404, code: "NOT_FOUND" } as const;
  for (const who of [await person(it.app), await person(it.app, "admin")]) {
    assertError(await who.get(`/api/analysis/${id}`), unknown);
    assertError(await who.get(`/api/analysis/feedback/${id}`), unknown);
    assertError(await it.send(input, who), unknown);
  }
  await it.kim.send("DELETE", `/api/sessions/${input.sessionId}`);
  assertError(await it.kim.get(`/api/analysis/${id}`), unknown);
  const second = await it.judged(await begun(it.kim));
  await it.app.docent.interviews.forget(it.kim.userId);
  assertError(await it.kim.get(`/api/analysis/${second.id}`), unknown);
});

Deno.test("[P-11] an answer to an ended session is refused", async () => {
  await using it = await answering();
  const input = await begun(it.kim);
  it.clock.advance(7_200_000);
  assertError(await it.send(input), { status: 409, code: "CONFLICT", field: "status" });
});

Deno.test("[P-12][P-19][P-31] a person sees their figures, and takes their interviews along", async () => {
  await using it = await answering();
  const input = await begun(it.kim);
  const { totalScore } = await it.judged(input);
  await it.kim.send("POST", `/api/sessions/${input.sessionId}/complete`);
  const read = async (path: string) => (await it.kim.get(`/api/analytics/${path}`)).body.data;
  const stats = await read("user-stats");
  deepEqual([stats.sessionsCompleted, stats.averageScore, stats.questionsAnswered], [
    1,
    totalScore,
    1,
  ]);
  deepEqual((await read("progress")).days, [
    { date: "2025-01-19", sessions: 1, questionsAnswered: 1, averageScore: totalScore },
  ]);
  equal((await read("skills")).skills.logic.questionsCount, 1);
  const exported = (await it.kim.get("/api/users/export")).body.trim().split("\n")
    .map((line: string) => JSON.parse(line));
  const interview = exported.find(({ kind }: { kind: string }) => kind === "interview");
  deepEqual([interview.id, interview.results[0].userAnswer], [input.sessionId, ANSWER]);
  const lee = await person(it.app);
  const other = (await lee.get("/api/users/export")).body;
  ok(!other.includes(ANSWER));
});
