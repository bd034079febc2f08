import { searchable } from "./matching.ts";

/** Whether a text holds one of the words: it is told, and the answer is judged all the same. */
export function isProfane(text: string, words: readonly string[]): boolean {
  return searchable(text).count(words) > 0;
}
