import assert from "node:assert/strict";
import { SHIPPED_QUESTIONS } from "../../../lib/interviews/questions/shipped.ts";
import {
  DIFFICULTIES,
  LANGUAGES,
  QUESTION_TYPES,
  questionSchema,
} from "../../../lib/interviews/schema.ts";
import { JOB_CATEGORIES } from "../../../lib/job_categories.ts";

const HANGUL = /\p{Script=Hangul}/u;

Deno.test("[P-17][P-39] each category has eight questions or more in each language, of all kinds", () => {
  for (const category of JOB_CATEGORIES) {
    for (const language of LANGUAGES) {
      const some = SHIPPED_QUESTIONS.filter((it) =>
        it.category === category && it.language === language
      );
      const name = `${category} ${language}`;
      assert.ok(some.length >= 8, name);
      assert.deepEqual(new Set(some.map(({ difficulty }) => difficulty)).size, DIFFICULTIES.length);
      assert.deepEqual(new Set(some.map(({ type }) => type)).size, QUESTION_TYPES.length, name);
    }
  }
});

Deno.test("[P-17][T-P06] each question is whole, in its language, and has an id of its own", () => {
  const ids = new Set<string>();
  const texts = new Set<string>();
  for (const question of SHIPPED_QUESTIONS) {
    const { questionId, language, sampleAnswer, expectedKeywords } = question;
    assert.deepEqual(questionSchema.parse(question), question, questionId);
    assert.match(questionId, /^[a-z][a-z-]*-\d+-(ko|en)$/);
    const isKorean = language === "ko";
    for (const text of [question.question, sampleAnswer]) {
      assert.equal(HANGUL.test(text), isKorean, questionId);
      assert.match(text, /[.?!]$/, questionId);
      assert.doesNotMatch(text, /TODO|lorem|placeholder|TBD/i);
    }
    for (const criterion of Object.values(question.evaluationCriteria)) {
      assert.ok(criterion.length > 10, questionId);
    }
    assert.ok(expectedKeywords.length >= 5, questionId);
    assert.ok([...sampleAnswer].length >= (isKorean ? 150 : 250), `${questionId} is short`);
    ids.add(questionId);
    texts.add(question.question);
  }
  assert.equal(ids.size, SHIPPED_QUESTIONS.length);
  assert.equal(texts.size, SHIPPED_QUESTIONS.length);
});
