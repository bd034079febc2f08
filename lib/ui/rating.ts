import type { Format } from "./format.ts";
import type { Words } from "./words.ts";

/** The stars and the words of a rating: `4★ (easy)`; 5 is very easy (T-M12). */
export function ratingText(rating: number, t: Words): string {
  return isKnown(rating, t) ? `${rating}★ (${t.ratings[rating]})` : `${rating}★`;
}

function isKnown(rating: number, t: Words): rating is keyof Words["ratings"] {
  return Object.hasOwn(t.ratings, rating);
}

/** A mean of ratings: `3.8★`; null without any. */
export function meanRatingText(mean: number | null, format: Format): string | null {
  return mean === null ? null : `${format.fixed(mean, 1)}★`;
}
