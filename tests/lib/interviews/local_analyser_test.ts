import assert from "node:assert/strict";
import { judge, LOCAL_MODEL } from "../../../lib/interviews/analysis/local.ts";
import {
  CRITERIA,
  MAX_CRITERION,
  totalOf,
  verdictSchema,
} from "../../../lib/interviews/analysis/port.ts";
import { SHIPPED_QUESTIONS } from "../../../lib/interviews/questions/shipped.ts";
import type { Question } from "../../../lib/interviews/schema.ts";
import { type Grade, GRADED_ANSWERS } from "../../support/answers.ts";

/** Totals that a person would accept for a grade. */
const RANGES: Record<Grade, readonly [from: number, to: number]> = {
  good: [70, 100],
  fair: [35, 69],
  weak: [5, 34],
  bad: [0, 20],
};

function question(questionId: string): Question {
  const found = SHIPPED_QUESTIONS.find((it) => it.questionId === questionId);
  if (found === undefined) throw new Error(`No question ${questionId}`);
  return found;
}

function judged(asked: Question, answer: string) {
  return judge({
    question: asked,
    answer,
    language: asked.language,
    category: asked.category,
    customCategory: null,
    userLevel: "entry",
    previousAnswers: [],
    sessionSec: 60,
  });
}

for (const [questionId, answers] of Object.entries(GRADED_ANSWERS)) {
  for (const [grade, kind, answer] of answers) {
    Deno.test(`[P-18][T-P08] ${questionId}: "${kind}" is ${grade}`, () => {
      const { scores } = judged(question(questionId), answer);
      const [from, to] = RANGES[grade];
      const total = totalOf(scores);
      assert.ok(from <= total && total <= to, `${total} of ${JSON.stringify(scores)}`);
    });
  }
}

Deno.test("[P-18] there are forty graded answers or more, and each better grade scores higher", () => {
  assert.ok(Object.values(GRADED_ANSWERS).flat().length >= 40);
  for (const [questionId, answers] of Object.entries(GRADED_ANSWERS)) {
    const totals = (wanted: Grade) =>
      answers.filter(([grade]) => grade === wanted)
        .map(([, , answer]) => totalOf(judged(question(questionId), answer).scores));
    const order: Grade[] = ["good", "fair", "weak"];
    for (const [at, better] of order.entries()) {
      const worse = order[at + 1] ?? "bad";
      const [lowest, highest] = [Math.min(...totals(better)), Math.max(...totals(worse))];
      assert.ok(lowest >= highest, `${questionId}: ${better} ${lowest}, ${worse} ${highest}`);
    }
  }
});

Deno.test("[P-17][P-18] every sample answer of the bank is good by the rubric", () => {
  for (const asked of SHIPPED_QUESTIONS) {
    const { scores } = judged(asked, asked.sampleAnswer);
    assert.ok(totalOf(scores) >= 70, `${asked.questionId} ${JSON.stringify(scores)}`);
  }
});

Deno.test("[P-18] each point is explained, and a criterion's points add up to its score", () => {
  for (const [questionId, answers] of Object.entries(GRADED_ANSWERS)) {
    const asked = question(questionId);
    for (const [, , answer] of answers) {
      const verdict = judged(asked, answer);
      assert.deepEqual(verdictSchema.parse(verdict), verdict);
      for (const criterion of CRITERIA) {
        const points = verdict.points.filter((point) => point.criterion === criterion);
        assert.equal(points.reduce((sum, { given }) => sum + given, 0), verdict.scores[criterion]);
        assert.equal(points.reduce((sum, { of }) => sum + of, 0), MAX_CRITERION);
        assert.ok(points.every(({ reason }) => reason.length >= 5));
      }
      const { suggestions } = verdict.detailedFeedback;
      const isKorean = (text: string) => /\p{Script=Hangul}/u.test(text);
      for (const text of [...verdict.improvements, ...suggestions]) {
        assert.equal(isKorean(text), asked.language === "ko", text);
      }
      assert.equal(verdict.model, LOCAL_MODEL);
    }
  }
});

/** What is said of a reason of which there is enough, in both languages. */
const PRAISE = [
  ["Takes up the question", "질문의 내용을 받아서 답함"],
  ["Says what you did yourself", "본인이 한 일을 말함"],
  ["Says what effect it had", "일의 효과를 말함"],
  ["Free of empty phrases", "빈말 없이 말함"],
  ["Divides thoughts into sentences", "생각을 여러 문장으로 나눔"],
].flat();

Deno.test("[P-18] what to improve never reads like praise", () => {
  const said = new Set<string>();
  for (const [questionId, answers] of Object.entries(GRADED_ANSWERS)) {
    for (const [, , answer] of answers) {
      const { points, improvements } = judged(question(questionId), answer);
      for (const { reason } of points) said.add(reason);
      for (const line of improvements) {
        assert.ok(!PRAISE.includes(line), `${line}: ${answer}`);
        assert.doesNotMatch(
          line,
          /^Shows (?!only)|^Uses \d|드러남$(?<!만 드러남)|가지를 씀$/,
          answer,
        );
      }
    }
  }
  assert.deepEqual(PRAISE.filter((line) => !said.has(line)), []);
});

Deno.test("[P-18] the same answer always gets the same verdict", () => {
  const asked = question("backend-1-ko");
  assert.deepEqual(judged(asked, asked.sampleAnswer), judged(asked, asked.sampleAnswer));
});

Deno.test("[P-18][T-P01] strange text is judged without a fault", () => {
  const asked = question("other-3-en");
  for (
    const text of [
      "",
      " ",
      "🎉🎉🎉",
      "a".repeat(5_000),
      "ㅋ".repeat(5_000),
      "\n\n\n",
      "(((.*+",
      "𝒳 ́",
    ]
  ) {
    const total = totalOf(judged(asked, text).scores);
    assert.ok(total >= 0 && total <= 20, `${total} for ${text.slice(0, 10)}`);
  }
});

Deno.test("[P-32] five thousand characters are judged in less than 20 ms", () => {
  for (const questionId of ["backend-1-ko", "backend-1-en"]) {
    const asked = question(questionId);
    const answer = asked.sampleAnswer.repeat(40).slice(0, 5_000);
    judged(asked, answer);
    const times = Array.from({ length: 15 }, () => {
      const startedAt = performance.now();
      judged(asked, answer);
      return performance.now() - startedAt;
    }).sort((a, b) => a - b);
    assert.ok(times[7] < 20, `median ${times[7]} ms`);
  }
});
