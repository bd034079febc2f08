import type { Language } from "../schema.ts";
import type { Features } from "./features.ts";
import type { PartName } from "./markers.ts";
import { withParticle } from "./particles.ts";
import type { ReasonName } from "./rubric.ts";

/** What the local analyser says, in the language of the question. */
interface Words {
  /** Why points were given or were not; `features` say what was seen. */
  readonly reasons: Record<ReasonName, (features: Features) => string>;
  /** What to do about missing points. */
  readonly advice: Partial<Record<ReasonName, (features: Features) => string>>;
  readonly parts: Record<PartName, string>;
  readonly grammar: (features: Features) => string;
  readonly structure: (features: Features) => string;
  readonly content: (features: Features) => string;
}

/** A keyword as a person says it: the first way to write it. */
function shown(keywords: readonly string[]): string {
  return keywords.slice(0, 4).map((keyword) => `"${keyword.split("|")[0]}"`).join(", ");
}

const LONG_SENTENCE_WORDS = 45;

type Said = readonly [none: string, little: string, enough: string];

/**
 * What is said where a share of the points is given: too little stands under what to improve, and
 * must not sound like praise there.
 */
const GRADES = {
  question: (f: Features, said: Said) => graded((f.taken + f.specific) / 2, said),
  numbers: (f: Features, said: Said) => graded(f.numbers / 2, said),
  ownActions: (f: Features, said: Said) => graded(f.ownActions / 2, said),
  vocabulary: (f: Features, said: Said) =>
    graded(f.vocabulary === 0 ? 0 : (f.vocabulary + f.specific) / 4, said),
  effect: (f: Features, said: Said) => graded(f.results / 2, said),
  substance: (f: Features, said: Said) =>
    f.emptyPhrases > 0 ? said[0] : f.length < ENOUGH ? said[1] : said[2],
};

/** How long an answer is that says enough; a shorter one is told so under what to improve. */
const ENOUGH = 0.65;

/** No more of the parts of a story are there than are missing. */
function isHalf({ parts, missingParts }: Features): boolean {
  return missingParts.length >= parts.length;
}

function isDivided({ sentences, length, sentenceWords }: Features): boolean {
  return sentences >= 3 && length >= ENOUGH && sentenceWords <= LONG_SENTENCE_WORDS;
}

/** @param share of what is enough */
function graded(share: number, [none, little, enough]: Said): string {
  return share <= 0 ? none : share < 1 ? little : enough;
}

const koParts: Record<PartName, string> = {
  situation: "상황",
  task: "과제",
  action: "행동",
  result: "결과",
  reason: "이유",
  example: "예시",
  order: "순서",
  plan: "실행 방법",
};
const enParts: Record<PartName, string> = {
  situation: "situation",
  task: "task",
  action: "action",
  result: "result",
  reason: "reason",
  example: "example",
  order: "order",
  plan: "plan",
};

function koPartsOf(parts: readonly PartName[]): string {
  return parts.map((part) => koParts[part]).join(", ");
}

const ko: Words = {
  parts: koParts,
  reasons: {
    keywords: (f) =>
      `핵심어 ${f.found.length + f.missing.length}개 가운데 ${f.found.length}개를 다룸`,
    question: (f) =>
      GRADES.question(f, [
        "질문의 내용을 받지 않음",
        "질문의 내용을 조금만 받음",
        "질문의 내용을 받아서 답함",
      ]),
    length: (f) => f.length >= 1 ? "답하기에 충분한 길이" : "답이 짧음",
    parts: (f) =>
      f.parts.length === 0
        ? "이야기의 뼈대가 보이지 않음"
        : isHalf(f)
        ? `${koPartsOf(f.parts)}만 드러남`
        : `${withParticle(koPartsOf(f.parts), { consonant: "이", vowel: "가" })} 드러남`,
    connectives: (f) => f.connectives >= 3 ? "앞뒤를 잇는 말이 분명함" : "앞뒤를 잇는 말이 적음",
    sentences: (f) => isDivided(f) ? "생각을 여러 문장으로 나눔" : "문장이 적거나, 너무 짧거나 긺",
    numbers: (f) =>
      GRADES.numbers(f, ["숫자가 없음", "숫자가 하나뿐임", `숫자 ${f.numbers}개로 뒷받침함`]),
    examples: (f) => f.examples > 0 ? "실제 예를 듦" : "실제 예가 없음",
    ownActions: (f) =>
      GRADES.ownActions(f, [
        "본인이 한 일이 보이지 않음",
        "본인이 한 일을 조금만 말함",
        "본인이 한 일을 말함",
      ]),
    detail: (f) => f.words >= 45 ? "내용이 자세함" : "내용이 자세하지 않음",
    vocabulary: (f) =>
      GRADES.vocabulary(f, [
        "직무의 말이 없음",
        `직무의 말이 ${f.vocabulary}가지뿐임`,
        `직무의 말 ${f.vocabulary}가지를 씀`,
      ]),
    effect: (f) =>
      GRADES.effect(f, ["일의 효과가 보이지 않음", "일의 효과를 조금만 말함", "일의 효과를 말함"]),
    substance: (f) =>
      GRADES.substance(f, [
        "누구나 하는 빈말이 있음",
        "짧아서 담긴 내용이 적음",
        "빈말 없이 말함",
      ]),
    offTopic: () => "질문과 다른 이야기를 함",
    stuffing: () => "문장이 아니라 낱말을 늘어놓음",
    repetition: () => "같은 말을 되풀이함",
    emptyPhrases: () => "빈말을 뒷받침하는 사실이 없음",
  },
  advice: {
    keywords: (f) => `${shown(f.missing)}에 대해서도 말해 보세요`,
    question: () => "질문이 묻는 것을 첫 문장에서 바로 답해 보세요",
    length: () => "상황과 한 일을 두세 문장 더 풀어 말해 보세요",
    parts: (f) =>
      `${withParticle(koPartsOf(f.missingParts), { consonant: "을", vowel: "를" })} 더해 보세요`,
    connectives: () => "'그래서', '그 결과'처럼 인과를 잇는 말을 써 보세요",
    sentences: () => "한 문장에 한 가지씩, 세 문장 이상으로 나누어 보세요",
    numbers: () => "기간, 규모, 결과를 숫자로 말해 보세요",
    examples: () => "실제로 겪은 예를 하나 들어 보세요",
    ownActions: () => "'제가'로 시작해 본인이 한 일을 말해 보세요",
    vocabulary: () => "이 직무에서 쓰는 개념과 도구로 설명해 보세요",
    effect: () => "한 일이 무엇을 얼마나 바꾸었는지 말해 보세요",
    offTopic: () => "질문을 다시 읽고 그 질문에 답해 보세요",
    stuffing: () => "낱말을 이어 완전한 문장으로 말해 보세요",
    repetition: () => "되풀이한 말을 빼고 새로운 내용을 더해 보세요",
    emptyPhrases: () => "빈말 대신 그것을 보여 주는 경험을 말해 보세요",
  },
  grammar: (f) =>
    f.sentenceWords > LONG_SENTENCE_WORDS
      ? "문장이 깁니다. 짧게 나누면 더 잘 들립니다."
      : f.prose < 0.22
      ? "조사와 어미가 적어 문장으로 읽히지 않습니다."
      : "문장의 길이가 알맞습니다.",
  structure: (f) =>
    f.missingParts.length === 0
      ? "이야기의 뼈대가 모두 갖추어져 있습니다."
      : `빠진 부분: ${koPartsOf(f.missingParts)}.`,
  content: (f) =>
    f.missing.length === 0
      ? "기대한 내용을 모두 다루었습니다."
      : `다루지 않은 내용: ${shown(f.missing)}.`,
};

const en: Words = {
  parts: enParts,
  reasons: {
    keywords: (f) => `Covers ${f.found.length} of ${f.found.length + f.missing.length} key ideas`,
    question: (f) =>
      GRADES.question(f, [
        "Does not take up the question",
        "Takes up little of the question",
        "Takes up the question",
      ]),
    length: (f) => f.length >= 1 ? "Long enough for an answer" : "Short for an answer",
    parts: (f) =>
      f.parts.length === 0
        ? "No structure can be seen"
        : `Shows ${isHalf(f) ? "only " : ""}${f.parts.map((part) => enParts[part]).join(", ")}`,
    connectives: (f) =>
      f.connectives >= 3 ? "Connects its thoughts clearly" : "Connects its thoughts little",
    sentences: (f) =>
      isDivided(f) ? "Divides thoughts into sentences" : "Few, short or very long sentences",
    numbers: (f) =>
      GRADES.numbers(f, [
        "Has no numbers",
        "Has only one number",
        `Backs it up with ${f.numbers} numbers`,
      ]),
    examples: (f) => f.examples > 0 ? "Gives a real example" : "Gives no real example",
    ownActions: (f) =>
      GRADES.ownActions(f, [
        "Does not say what you did",
        "Says little of what you did yourself",
        "Says what you did yourself",
      ]),
    detail: (f) => f.words >= 45 ? "Goes into detail" : "Stays on the surface",
    vocabulary: (f) =>
      GRADES.vocabulary(f, [
        "Uses no terms of the field",
        `Uses only ${f.vocabulary} ${f.vocabulary === 1 ? "term" : "terms"} of the field`,
        `Uses ${f.vocabulary} ${f.vocabulary === 1 ? "term" : "terms"} of the field`,
      ]),
    effect: (f) =>
      GRADES.effect(f, [
        "Does not say what effect it had",
        "Says little of what effect it had",
        "Says what effect it had",
      ]),
    substance: (f) =>
      GRADES.substance(f, [
        "Has phrases that anybody could say",
        "Too short to say much",
        "Free of empty phrases",
      ]),
    offTopic: () => "Talks of something else than the question",
    stuffing: () => "Lists words rather than sentences",
    repetition: () => "Says the same again and again",
    emptyPhrases: () => "No facts stand behind empty phrases",
  },
  advice: {
    keywords: (f) => `Say something about ${shown(f.missing)} too`,
    question: () => "Answer what is asked in the first sentence",
    length: () => "Unfold the situation and what you did in two or three more sentences",
    parts: (f) => `Add the ${f.missingParts.map((part) => enParts[part]).join(", ")}`,
    connectives: () => 'Connect cause and effect, with "so" or "as a result"',
    sentences: () => "Give each thought a sentence, three or more in all",
    numbers: () => "Give period, size and result in numbers",
    examples: () => "Give one example from your own experience",
    ownActions: () => 'Begin with "I" and say what you did yourself',
    vocabulary: () => "Explain it with concepts and tools of this field",
    effect: () => "Say what changed by it, and by how much",
    offTopic: () => "Read the question again and answer that one",
    stuffing: () => "Join the words into full sentences",
    repetition: () => "Leave out what is repeated and add something new",
    emptyPhrases: () => "Show it by an experience instead of saying so",
  },
  grammar: (f) =>
    f.sentenceWords > LONG_SENTENCE_WORDS
      ? "Sentences are long. Shorter ones are easier to follow."
      : f.prose < 0.22
      ? "It does not read as sentences; small words are missing."
      : "Sentences have a good length.",
  structure: (f) =>
    f.missingParts.length === 0
      ? "The structure is complete."
      : `Missing: ${f.missingParts.map((part) => enParts[part]).join(", ")}.`,
  content: (f) =>
    f.missing.length === 0 ? "Everything expected is there." : `Not touched: ${shown(f.missing)}.`,
};

export const WORDS: Record<Language, Words> = { ko, en };
