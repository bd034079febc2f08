import assert from "node:assert/strict";
import { createAnswers } from "../../../../lib/missions/analytics/answers.ts";

Deno.test("[M-67] an answer is made once for a version of the data", () => {
  const answers = createAnswers<number>();
  let made = 0;
  const ask = (question: string, version: number) => answers.get(question, version, () => ++made);
  assert.deepEqual([ask("a", 1), ask("a", 1), ask("b", 1), ask("a", 2), ask("a", 2)], [
    1,
    1,
    2,
    3,
    3,
  ]);
});

Deno.test("[M-67] the answers that were asked for longest ago are let go of", () => {
  const answers = createAnswers<string>();
  for (let i = 0; i < 200; i++) answers.get(`${i}`, 1, () => "old");
  answers.get("0", 1, () => "new");
  answers.get("200", 1, () => "new");
  assert.equal(answers.get("0", 1, () => "made again"), "old");
  assert.equal(answers.get("1", 1, () => "made again"), "made again");
});
