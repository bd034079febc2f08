import type { JobCategory } from "../../job_categories.ts";
import { SHIPPED_QUESTIONS } from "../questions/shipped.ts";
import type { Language } from "../schema.ts";
import {
  CONNECTIVES,
  EMPTY_PHRASES,
  EXAMPLES,
  FUNCTION_WORDS,
  KOREAN_ENDING,
  OWN_ACTIONS,
  type PartName,
  PARTS,
  RESULTS,
} from "./markers.ts";
import { searchable } from "./matching.ts";
import type { Submission } from "./port.ts";

/** What can be counted in an answer; the rubric turns it into points. */
export interface Features {
  /** Length as a share of what suffices, from 0 to 1. */
  readonly length: number;
  readonly sentences: number;
  /** Mean words of a sentence. */
  readonly sentenceWords: number;
  readonly found: readonly string[];
  readonly missing: readonly string[];
  /** Keywords found that few other questions ask for. */
  readonly specific: number;
  /** Stems shared with the question and its sample answer: on topic in other words. */
  readonly related: number;
  /** Words of the question taken up. */
  readonly taken: number;
  readonly parts: readonly PartName[];
  readonly missingParts: readonly PartName[];
  readonly connectives: number;
  /** Different numbers. */
  readonly numbers: number;
  readonly examples: number;
  readonly ownActions: number;
  readonly results: number;
  /** Different words. */
  readonly words: number;
  /** Words of the category's field. */
  readonly vocabulary: number;
  readonly emptyPhrases: number;
  /** Share of words that make sentences of nouns; low in a heap of keywords. */
  readonly prose: number;
  /** Share of different words among all; low when the same is said again and again. */
  readonly variety: number;
}

/** Characters that suffice: Korean says the same in fewer. */
const ENOUGH_CHARS: Record<Language, number> = { ko: 160, en: 350 };
/** A keyword that so many questions of a language ask for tells little of the topic. */
const COMMON_IN = 8;
/** Words of a field that belong to so many categories are everybody's. */
const SHARED_BY = 3;
const MIN_REPEATING_WORDS = 12;
/** Digits, and what English spells out. */
const NUMBER =
  /\d[\d.,]*|\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|hundred|half|twice)\b/gi;

export function featuresOf({ question, answer, category }: Submission): Features {
  const text = withoutEcho(answer, question.question);
  const language = isKorean(text) ? "ko" : "en";
  const search = searchable(text);
  const words = wordsOf(text);
  const sentences = text.split(/[.?!。…]+(?:\s|$)|\n+/u).filter((it) => it.trim() !== "").length;
  const { expectedKeywords } = question;
  const found = expectedKeywords.filter(search.hasKeyword);
  const parts = PARTS[question.type];
  const hasPart = ([, markers]: (typeof parts)[number]) => search.count(markers) > 0;
  const different = new Set(words);
  return {
    length: Math.min(1, [...text].length / ENOUGH_CHARS[language]),
    sentences,
    sentenceWords: sentences === 0 ? 0 : words.length / sentences,
    found,
    missing: expectedKeywords.filter((keyword) => !found.includes(keyword)),
    specific: found.filter((keyword) => !isCommon(keyword, question.language)).length,
    related: relatedTo(`${question.question} ${question.sampleAnswer}`, words),
    taken: topicWords(question.question).filter(search.has).length,
    parts: parts.filter(hasPart).map(([name]) => name),
    missingParts: parts.filter((part) => !hasPart(part)).map(([name]) => name),
    connectives: search.count(CONNECTIVES),
    numbers: new Set(text.match(NUMBER) ?? []).size,
    examples: search.count(EXAMPLES),
    ownActions: search.count(OWN_ACTIONS),
    results: search.count(RESULTS),
    words: different.size,
    vocabulary: vocabularyOf(category, question.language).filter(search.hasKeyword).length,
    emptyPhrases: search.count(EMPTY_PHRASES),
    prose: proseOf(words, language),
    variety: words.length < MIN_REPEATING_WORDS ? 1 : varietyOf(words),
  };
}

/** The question said again is no answer. */
function withoutEcho(answer: string, question: string): string {
  return answer.replaceAll(question, " ").trim();
}

export function isKorean(text: string): boolean {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  return (text.match(/\p{Script=Hangul}/gu)?.length ?? 0) > letters * 0.3;
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}][\p{L}\p{N}'’%-]*/gu) ?? [];
}

function proseOf(words: readonly string[], language: Language): number {
  if (words.length === 0) return 0;
  const isSmall = (word: string) =>
    language === "ko" ? KOREAN_ENDING.test(word) : FUNCTION_WORDS.has(word);
  return words.filter(isSmall).length / words.length;
}

/** Of neighbouring words: long texts repeat single words anyway. */
function varietyOf(words: readonly string[]): number {
  const pairs = words.slice(1).map((word, at) => `${words[at]} ${word}`);
  return new Set(pairs).size / pairs.length;
}

/** How many different stems of a text are among the words. */
function relatedTo(text: string, words: readonly string[]): number {
  const stems = new Set(topicWords(text));
  return new Set(words.map(stemOf).filter((stem) => stems.has(stem))).size;
}

/** Of Korean the first two syllables, which endings leave alone. */
function stemOf(word: string): string {
  return word.slice(0, isKorean(word) ? 2 : 6);
}

/** Words of a question that tell its topic, as stems. */
function topicWords(question: string): string[] {
  const words = wordsOf(question).filter((word) => !FUNCTION_WORDS.has(word));
  if (isKorean(question)) {
    return words.filter((word) => word.length >= 3 && !USUAL_KO.test(word))
      .map((word) => word.slice(0, 2));
  }
  return words.filter((word) => word.length >= 5 && !USUAL_EN.has(word))
    .map((word) => word.slice(0, 6));
}

const USUAL_KO =
  /^(말해|설명|어떻게|무엇|주세요|하겠|당신|본인|경험|합니까|있습니까|그것|이유|것을)/;
const USUAL_EN = new Set(["explain", "about", "would", "should", "describe", "could", "yours"]);

const commonKeywords = new Map<Language, Map<string, number>>();

function isCommon(keyword: string, language: Language): boolean {
  let counts = commonKeywords.get(language);
  if (counts === undefined) {
    counts = new Map();
    for (const question of SHIPPED_QUESTIONS) {
      if (question.language !== language) continue;
      const ways = question.expectedKeywords.flatMap((it) => it.split("|"));
      for (const way of new Set(ways)) counts.set(way, (counts.get(way) ?? 0) + 1);
    }
    commonKeywords.set(language, counts);
  }
  return keyword.split("|").some((way) => (counts.get(way) ?? 0) >= COMMON_IN);
}

const vocabularies = new Map<string, readonly string[]>();

/** Keywords of a category's questions that belong to few other categories. */
function vocabularyOf(category: JobCategory, language: Language): readonly string[] {
  const name = `${category} ${language}`;
  const known = vocabularies.get(name);
  if (known !== undefined) return known;
  const categories = new Map<string, Set<string>>();
  const own: string[] = [];
  for (const question of SHIPPED_QUESTIONS) {
    if (question.language !== language) continue;
    for (const keyword of question.expectedKeywords) {
      if (question.category === category) own.push(keyword);
      for (const way of keyword.split("|")) {
        categories.set(way, (categories.get(way) ?? new Set()).add(question.category));
      }
    }
  }
  const isOwn = (way: string) => (categories.get(way)?.size ?? 0) <= SHARED_BY;
  const vocabulary = [
    ...new Set(own.map((keyword) => keyword.split("|").filter(isOwn).join("|"))),
  ].filter((keyword) => keyword !== "");
  vocabularies.set(name, vocabulary);
  return vocabulary;
}
