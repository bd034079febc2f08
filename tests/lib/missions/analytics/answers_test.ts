import assert from "node:assert/strict";
import { createAnswers } from "../../../../lib/missions/analytics/answers.ts";

Deno.test("[M-67] an answer is made once for a version of the data", async () => {
  const answers = createAnswers<number>();
  let made = 0;
  const ask = (question: string, version: number) =>
    answers.get(question, version, () => Promise.resolve(++made));
  const asked = [ask("a", 1), ask("a", 1), ask("b", 1), ask("a", 2), ask("a", 2)];
  assert.deepEqual(await Promise.all(asked), [1, 1, 2, 3, 3]);
});

Deno.test("[M-67] the answers that were asked for longest ago are let go of", async () => {
  const answers = createAnswers<string>();
  const ask = (question: string, made: string) =>
    answers.get(question, 1, () => Promise.resolve(made));
  for (let i = 0; i < 200; i++) ask(`${i}`, "old");
  ask("0", "new");
  ask("200", "new");
  assert.equal(await ask("0", "made again"), "old");
  assert.equal(await ask("1", "made again"), "made again");
});

Deno.test("[M-67] an answer that could not be made is made again", async () => {
  const answers = createAnswers<string>();
  const failing = () => Promise.reject(new Error("no memory"));
  await assert.rejects(answers.get("a", 1, failing), /no memory/);
  assert.equal(await answers.get("a", 1, () => Promise.resolve("made")), "made");
});
