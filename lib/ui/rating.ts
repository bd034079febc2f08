import type { Words } from "./words.ts";

/** The stars and the words of a rating: `4★ (easy)`; 5 is very easy (T-M12). */
export function ratingText(rating: number, t: Words): string {
  const words: Readonly<Record<number, string>> = t.ratings;
  const word = words[rating];
  return word === undefined ? `${rating}★` : `${rating}★ (${word})`;
}
