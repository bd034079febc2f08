import type { Locale } from "./locale.ts";
import { en } from "./words/en.ts";
import { ko } from "./words/ko.ts";

/** Every text of the pages. English states the keys; a language that lacks one does not compile. */
export type Words = typeof en;

const WORDS: Record<Locale, Words> = { ko, en };

export function wordsOf(locale: Locale): Words {
  return WORDS[locale];
}
