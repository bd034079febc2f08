import { AppError } from "../errors.ts";
import {
  MAX_FEEDBACK_CHARS,
  type ReviewedFact,
  type ReviewInput,
  reviewSchema,
  type StoredReview,
} from "./schema.ts";

/** A different rating within this time of the first is a correction, later a conflict (T-M13). */
const CORRECTION_MS = 60_000;

/** The five words of the source document, by rating (M-37, T-M12). */
export const RATING_WORDS = ["아주 어려움", "어려움", "보통", "쉬움", "아주 쉬움"] as const;

/** The Korean word of a rating from 1 (very hard) to 5 (very easy). */
export function ratingText(rating: number): string {
  return RATING_WORDS[rating - 1];
}

export type ReviewDecision =
  | { readonly kind: "stored"; readonly fact: ReviewedFact; readonly review: StoredReview }
  | { readonly kind: "same"; readonly review: StoredReview };

export interface ReviewContext {
  readonly attemptId: string;
  readonly known: StoredReview | null;
  readonly now: number;
  readonly newReviewId: () => string;
  readonly via: ReviewedFact["via"];
}

/**
 * One review per attempt. The same again is the same review; another one within a minute corrects
 * it and keeps its id.
 * @throws AppError CONFLICT for another one later
 */
export function decideReview(input: ReviewInput, context: ReviewContext): ReviewDecision {
  const { known, now, attemptId, via } = context;
  const feedback = normalFeedback(input.feedback, known);
  if (known !== null && known.rating === input.rating && known.feedback === feedback) {
    return { kind: "same", review: known };
  }
  if (known !== null && now - known.submittedAt > CORRECTION_MS) {
    throw new AppError("CONFLICT", "Attempt already has another review", {
      details: { field: "rating", expected: String(known.rating) },
    });
  }
  const fact: ReviewedFact = {
    type: "missions.reviewed",
    attemptId,
    reviewId: known?.reviewId ?? context.newReviewId(),
    rating: input.rating,
    feedback,
    submittedAt: now,
    via,
    warnings: warningsOf(input, feedback),
  };
  return { kind: "stored", fact, review: reduceReview(known, fact) };
}

/** The stored review after one more fact: the first, or a correction of it. */
export function reduceReview(known: StoredReview | null, fact: ReviewedFact): StoredReview {
  const { reviewId, rating, feedback, submittedAt, warnings } = fact;
  return known === null
    ? { reviewId, rating, feedback, submittedAt, correctedAt: null, warnings }
    : { ...known, rating, feedback, correctedAt: submittedAt, warnings };
}

/** The review that a `mission_rating_submitted` event states; null when it states none (T-M13). */
export function reviewOfEvent(data: Readonly<Record<string, unknown>>): ReviewInput | null {
  // The words and the flag are derived; only their contradiction is of interest.
  const { rating, feedback, ratingText, hasFeedback } = data;
  const parsed = reviewSchema.safeParse({
    rating,
    feedback: typeof feedback === "string" ? feedback.slice(0, MAX_FEEDBACK_CHARS) : undefined,
    ratingText: typeof ratingText === "string" ? ratingText.slice(0, 20) : undefined,
    hasFeedback: typeof hasFeedback === "boolean" ? hasFeedback : undefined,
  });
  return parsed.success ? parsed.data : null;
}

/** Trimmed; none is null. A client that does not state it leaves what is known. */
function normalFeedback(given: string | null | undefined, known: StoredReview | null) {
  if (given === undefined) return known?.feedback ?? null;
  const trimmed = given?.trim() ?? "";
  return trimmed === "" ? null : trimmed;
}

function warningsOf(input: ReviewInput, feedback: string | null): string[] {
  const warnings: string[] = [];
  const words: readonly string[] = RATING_WORDS;
  if (typeof input.ratingText === "string" && words.includes(input.ratingText)) {
    if (input.ratingText !== ratingText(input.rating)) {
      warnings.push("ratingText contradicts rating");
    }
  }
  if (typeof input.hasFeedback === "boolean" && input.hasFeedback !== (feedback !== null)) {
    warnings.push("hasFeedback contradicts feedback");
  }
  return warnings;
}
