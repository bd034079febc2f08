import assert from "node:assert/strict";
import { type Choice, nextQuestion } from "../../../lib/interviews/next_question.ts";
import type { Question } from "../../../lib/interviews/schema.ts";

function question(questionId: string, given: Partial<Question> = {}): Question {
  return {
    questionId,
    category: "backend",
    difficulty: "medium",
    type: "technical",
    language: "en",
    question: questionId,
    tags: ["databases"],
    expectedKeywords: [],
    sampleAnswer: "",
    evaluationCriteria: { understanding: "", logic: "", specificity: "", jobFit: "" },
    isActive: true,
    createdBy: "docent",
    createdAt: 0,
    updatedAt: 0,
    draftOf: null,
    ...given,
  };
}

function choose(questions: readonly Question[], given: Partial<Choice> = {}): string | null {
  const choice: Choice = {
    questions,
    askedNow: [],
    askedBefore: {},
    difficulty: "medium",
    skills: new Map(),
    random: () => 0.5,
    ...given,
  };
  return nextQuestion(choice)?.questionId ?? null;
}

Deno.test("[P-22] no question is put twice in a session, and at its end there is none left", () => {
  const questions = ["a", "b", "c"].map((id) => question(id));
  const asked: string[] = [];
  for (let i = 0; i < 3; i++) {
    asked.push(choose(questions, { askedNow: asked, random: Math.random }) ?? "none");
  }
  assert.deepEqual(asked.toSorted(), ["a", "b", "c"]);
  assert.equal(choose(questions, { askedNow: asked }), null);
});

Deno.test("[P-22] a question that was never put comes first, then the one longest ago", () => {
  const weak = question("weak", { tags: ["caching"] });
  const skills = new Map([["caching", 0], ["databases", 100]]);
  const questions = [weak, question("new")];
  assert.equal(choose(questions, { skills, askedBefore: { weak: 1 } }), "new");
  const both = [question("older"), question("newer")];
  for (const random of [() => 0, () => 0.99]) {
    assert.equal(choose(both, { askedBefore: { newer: 2, older: 1 }, random }), "older");
  }
});

Deno.test("[P-22] weak skills, the difficulty asked for and another type than the last come first", () => {
  const table: [questions: Question[], given: Partial<Choice>][] = [
    [[question("no", { tags: ["a"] }), question("yes", { tags: ["b"] })], {
      skills: new Map([["a", 90], ["b", 20]]),
    }],
    [[question("no", { tags: ["a"] }), question("yes", { tags: ["unknown"] })], {
      skills: new Map([["a", 95]]),
    }],
    [[question("no", { difficulty: "easy" }), question("yes", { difficulty: "hard" })], {
      difficulty: "hard",
    }],
    [[
      question("last"),
      question("no"),
      question("yes", { type: "behavioral" }),
    ], { askedNow: ["last"] }],
  ];
  for (const [questions, given] of table) assert.equal(choose(questions, given), "yes");
});

Deno.test("[P-22] two people do not get the same interview", () => {
  const questions = ["a", "b", "c", "d"].map((id) => question(id));
  const firsts = new Set(
    Array.from({ length: 60 }, () => choose(questions, { random: Math.random })),
  );
  assert.ok(firsts.size > 1);
});
