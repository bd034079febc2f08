/** Looks for words in a text without regard to case, endings and particles. */
export interface Searchable {
  has(word: string): boolean;
  /** Whether any of the ways to write a keyword, with `|` between, is there. */
  hasKeyword(keyword: string): boolean;
  /** How many of the words are there. */
  count(words: readonly string[]): number;
}

/** Shorter words must stand alone, or `UI` would be found in `build`. */
const MAX_EXACT_CHARS = 3;
const LATIN = /[a-z0-9]/;
const HANGUL = /\p{Script=Hangul}/u;

export function searchable(text: string): Searchable {
  const lower = text.normalize("NFC").toLowerCase();

  function has(word: string): boolean {
    const wanted = word.toLowerCase();
    for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, at + 1)) {
      if (isWord(lower, wanted, at)) return true;
    }
    return false;
  }

  return {
    has,
    hasKeyword: (keyword) => keyword.split("|").some((way) => way !== "" && has(way)),
    count: (words) => words.filter(has).length,
  };
}

/**
 * Whether what stands at a place is the word: Latin words begin there and may have an ending, short
 * ones stand alone; a single syllable of Hangul begins a word, longer ones may stand anywhere.
 */
function isWord(text: string, word: string, at: number): boolean {
  const before = text[at - 1] ?? " ";
  if (HANGUL.test(word[0])) return word.length > 1 || !HANGUL.test(before);
  if (LATIN.test(word[0]) && LATIN.test(before)) return false;
  const after = text[at + word.length] ?? " ";
  return word.length > MAX_EXACT_CHARS || !LATIN.test(after);
}
