import type { Locale } from "../../lib/ui/locale.ts";
import { en } from "./words_en.ts";
import { ko } from "./words_ko.ts";

/** Every text of the application but its content; one that Korean lacks does not compile. */
export type KioskWords = typeof en;

const WORDS: Readonly<Record<Locale, KioskWords>> = { ko, en };

export function wordsOf(locale: Locale): KioskWords {
  return WORDS[locale];
}
