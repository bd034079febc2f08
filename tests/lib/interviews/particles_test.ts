import { equal } from "node:assert/strict";
import { withParticle } from "../../../lib/interviews/analysis/particles.ts";
import { judge } from "../../../lib/interviews/mod.ts";
import { SHIPPED_QUESTIONS } from "../../../lib/interviews/questions/shipped.ts";

const TABLE: readonly [word: string, expected: string][] = [
  ["상황", "상황을"],
  ["과제", "과제를"],
  ["행동", "행동을"],
  ["결과", "결과를"],
  ["이유", "이유를"],
  ["순서", "순서를"],
  ["실행 방법", "실행 방법을"],
  ["가", "가를"],
  ["힣", "힣을"],
  ["API", "API를"],
  ["", "를"],
];

for (const [word, expected] of TABLE) {
  Deno.test(`[P-18] "${word}" gets the particle of its last syllable`, () => {
    equal(withParticle(word, { consonant: "을", vowel: "를" }), expected);
  });
}

Deno.test("[P-18] no feedback in Korean leaves the choice of a particle to its reader", () => {
  const answers = [
    "제가 작년에 목표를 맡았습니다.",
    "모르겠습니다 정말로",
    "결과가 30% 늘었습니다.",
  ];
  for (const question of SHIPPED_QUESTIONS.filter(({ language }) => language === "ko")) {
    for (const answer of answers) {
      const { category } = question;
      const context = {
        ...{ language: "ko", customCategory: null, userLevel: "entry" } as const,
        ...{ previousAnswers: [], sessionSec: 60 },
      };
      const verdict = judge({ question, answer, category, ...context });
      equal(/\([이가을를은는]\)/.test(JSON.stringify(verdict)), false);
    }
  }
});
