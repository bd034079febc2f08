import { outcomeOf } from "../lifecycle.ts";
import { ratingText } from "../review.ts";
import type { AttemptRow, StoredReview } from "../schema.ts";
import { columnMaker } from "./column.ts";

/** A review with its attempt. */
export interface ReviewSource {
  readonly row: AttemptRow;
  readonly review: StoredReview;
}

const { text, number, flag, time, list } = columnMaker<ReviewSource>();

/** Columns of `entity=reviews`: a record per attempt that was rated. */
export const REVIEW_COLUMNS = [
  text("reviewId", "Id of the rating", ({ review }) => review.reviewId),
  text("attemptId", "Attempt that was rated", ({ row }) => row.attemptId),
  text("sessionId", "Visitor's session, an id made by the client", ({ row }) => row.sessionId),
  text("missionType", "Mission that was played", ({ row }) => row.missionType),
  text(
    "status",
    "Status of the attempt: in_progress, completed, quitted or expired",
    ({ row }) => outcomeOf(row.lifecycle, row.journey).status,
  ),
  time("startTime", "Start of the attempt, by the kiosk's clock", ({ row }) => row.startAt),
  number(
    "rating",
    "Ease, from 1 (very hard) to 5 (very easy)",
    ({ review }) => review.rating,
    "1–5",
  ),
  text("ratingText", "The rating in a Korean word", ({ review }) => ratingText(review.rating)),
  text("feedback", "What the visitor wrote", ({ review }) => review.feedback),
  flag("hasFeedback", "The visitor wrote something", ({ review }) => review.feedback !== null),
  time(
    "submittedAt",
    "When it was rated, by the server's clock",
    ({ review }) => review.submittedAt,
  ),
  time(
    "correctedAt",
    "When the rating was changed within the minute allowed",
    ({ review }) => review.correctedAt,
  ),
  list(
    "warnings",
    "What the client said that did not fit; joined by a semicolon in CSV",
    ({ review }) => review.warnings,
  ),
];
