import assert from "node:assert/strict";
import { AppError } from "../../../lib/errors.ts";
import {
  decideReview,
  RATING_WORDS,
  ratingText,
  type ReviewContext,
  type ReviewDecision,
  reviewOfEvent,
} from "../../../lib/missions/review.ts";
import { type ReviewInput, reviewSchema, type StoredReview } from "../../../lib/missions/schema.ts";
import { ATTEMPT_ID, START_AT } from "../../support/mission_facts.ts";

function decide(input: ReviewInput, more: Partial<ReviewContext> = {}): ReviewDecision {
  return decideReview(input, {
    attemptId: ATTEMPT_ID,
    known: null,
    now: START_AT,
    newReviewId: () => "review_1",
    via: "rest",
    ...more,
  });
}

function stored(input: ReviewInput, more: Partial<ReviewContext> = {}): StoredReview {
  return decide(input, more).review;
}

const FOUR = stored({ rating: 4, feedback: "쉬웠어요" });

Deno.test("[M-37][T-M12] each rating has its word, from very hard to very easy", () => {
  const words = ["아주 어려움", "어려움", "보통", "쉬움", "아주 쉬움"];
  assert.deepEqual([1, 2, 3, 4, 5].map(ratingText), words);
  assert.deepEqual([...RATING_WORDS], words);
});

Deno.test("[M-45][T-M12] rating words are at most 20 characters", () => {
  for (const word of RATING_WORDS) assert.ok(word.length <= 20);
});

const FEEDBACKS: readonly [
  name: string,
  feedback: string | null | undefined,
  kept: string | null,
][] = [
  ["[T-M12] feedback is trimmed", "  좋아요\n", "좋아요"],
  ["[T-M12] white space is no feedback", " \t\n ", null],
  ["[T-M12] an empty text is no feedback", "", null],
  ["[T-M12] null is no feedback", null, null],
  ["[T-M12] no word of it is no feedback", undefined, null],
];

for (const [name, feedback, kept] of FEEDBACKS) {
  Deno.test(name, () => assert.equal(stored({ rating: 4, feedback }).feedback, kept));
}

const WARNINGS: readonly [name: string, input: ReviewInput, warnings: string[]][] = [
  [
    "[T-M12] words and flag that fit are no contradiction",
    { rating: 4, ratingText: "쉬움", feedback: "좋아요", hasFeedback: true },
    [],
  ],
  [
    "[T-M12] the number wins over the word, with a warning",
    { rating: 4, ratingText: "아주 어려움" },
    ["ratingText contradicts rating"],
  ],
  [
    "[T-M12] a word in another language contradicts nothing",
    { rating: 4, ratingText: "very hard" },
    [],
  ],
  [
    "[T-M12] the feedback wins over a flag that denies it",
    { rating: 4, feedback: "좋아요", hasFeedback: false },
    ["hasFeedback contradicts feedback"],
  ],
  [
    "[T-M12] white space wins over a flag that claims feedback",
    { rating: 4, feedback: "  ", hasFeedback: true },
    ["hasFeedback contradicts feedback"],
  ],
  [
    "[T-M12] both contradictions are recorded",
    { rating: 1, ratingText: "아주 쉬움", hasFeedback: true },
    ["ratingText contradicts rating", "hasFeedback contradicts feedback"],
  ],
];

for (const [name, input, warnings] of WARNINGS) {
  Deno.test(name, () => {
    const review = stored(input);
    assert.equal(review.rating, input.rating);
    assert.deepEqual(review.warnings, warnings);
  });
}

Deno.test("[T-M13] the first review is stored with an id and a time", () => {
  const decision = decide({ rating: 4, feedback: "쉬웠어요" });
  assert.equal(decision.kind, "stored");
  assert.deepEqual(decision.review, {
    reviewId: "review_1",
    rating: 4,
    feedback: "쉬웠어요",
    submittedAt: START_AT,
    correctedAt: null,
    warnings: [],
  });
});

const SAME: readonly [name: string, input: ReviewInput][] = [
  ["[T-M13] the same again is the same review", { rating: 4, feedback: "쉬웠어요" }],
  ["[T-M13] the same rating without a word of feedback is the same", { rating: 4 }],
  ["[T-M13] the same with white space around is the same", { rating: 4, feedback: " 쉬웠어요 " }],
  ["[T-M12][T-M13] the same with another word is the same", { rating: 4, ratingText: "보통" }],
];

for (const [name, input] of SAME) {
  Deno.test(name, () => {
    const decision = decide(input, { known: FOUR, now: START_AT + 3_600_000 });
    assert.deepEqual(decision, { kind: "same", review: FOUR });
  });
}

const OTHERS: readonly [name: string, input: ReviewInput, feedback: string | null][] = [
  ["[T-M13] another rating within a minute corrects the review", { rating: 5 }, "쉬웠어요"],
  ["[T-M13] other feedback within a minute corrects it", { rating: 4, feedback: "음" }, "음"],
  ["[T-M13] feedback can be taken back within a minute", { rating: 4, feedback: null }, null],
];

for (const [name, input, feedback] of OTHERS) {
  Deno.test(name, () => {
    const now = START_AT + 60_000;
    const decision = decide(input, { known: FOUR, now, newReviewId: () => "review_2" });
    assert.equal(decision.kind, "stored");
    assert.equal(decision.review.reviewId, "review_1");
    assert.equal(decision.review.feedback, feedback);
    assert.equal(decision.review.submittedAt, START_AT);
    assert.equal(decision.review.correctedAt, now);
  });
  Deno.test(`${name}, after the minute it is in conflict`, () => {
    assert.throws(
      () => decide(input, { known: FOUR, now: START_AT + 60_001 }),
      (error) => error instanceof AppError && error.code === "CONFLICT",
    );
  });
}

Deno.test("[T-M13] the minute counts from the first review, not from its correction", () => {
  const corrected = stored({ rating: 5 }, { known: FOUR, now: START_AT + 50_000 });
  assert.throws(() => decide({ rating: 3 }, { known: corrected, now: START_AT + 70_000 }));
  assert.equal(stored({ rating: 3 }, { known: corrected, now: START_AT + 55_000 }).rating, 3);
});

Deno.test("[T-M13] an event states a review when its rating is one", () => {
  const review = reviewOfEvent({ rating: 4, feedback: "좋아요", missionId: "portfolio" });
  assert.deepEqual([review?.rating, review?.feedback], [4, "좋아요"]);
  for (const rating of [0, 6, 3.5, "4", null, undefined, Number.NaN]) {
    assert.equal(reviewOfEvent({ rating }), null, `rating ${rating}`);
  }
});

Deno.test("[T-M13] an event's rating counts although what is beside it is of no use", () => {
  const review = reviewOfEvent({ rating: 4, feedback: 7, ratingText: {}, hasFeedback: "yes" });
  assert.equal(review?.rating, 4);
  assert.equal(review?.feedback, undefined);
  assert.equal(reviewOfEvent({ rating: 4, feedback: "x".repeat(9_000) })?.feedback?.length, 2_000);
});

const BAD_BODIES: readonly [field: string, body: Record<string, unknown>][] = [
  ["rating", {}],
  ["rating", { rating: 0 }],
  ["rating", { rating: 6 }],
  ["rating", { rating: 4.5 }],
  ["rating", { rating: "4" }],
  ["rating", { rating: null }],
  ["feedback", { rating: 4, feedback: "x".repeat(2_001) }],
  ["feedback", { rating: 4, feedback: 7 }],
  ["ratingText", { rating: 4, ratingText: "x".repeat(21) }],
  ["hasFeedback", { rating: 4, hasFeedback: "true" }],
];

for (const [field, body] of BAD_BODIES) {
  const shown = JSON.stringify(body).slice(0, 50);
  Deno.test(`[M-08][M-45] reviewSchema refuses ${shown} for its ${field}`, () => {
    const { error } = reviewSchema.safeParse(body);
    assert.deepEqual(error?.issues.map((issue) => issue.path.join(".")), [field]);
  });
}
