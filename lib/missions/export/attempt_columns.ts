import { totalDuration } from "../attempt_index.ts";
import type { MissionDefinition, Missions } from "../definitions.ts";
import { type Outcome, outcomeOf } from "../lifecycle.ts";
import { ratingText } from "../review.ts";
import type { AttemptRow, StepDone, StoredReview } from "../schema.ts";
import { type Column, columnMaker } from "./column.ts";

/** An attempt with what is derived from its row. */
export interface AttemptSource {
  readonly row: AttemptRow;
  readonly definition: MissionDefinition;
  readonly outcome: Outcome;
}

export function attemptSource(row: AttemptRow, missions: Missions): AttemptSource {
  return {
    row,
    definition: missions.version(row.missionType, row.missionVersion),
    outcome: outcomeOf(row.lifecycle, row.journey),
  };
}

/** Columns of `entity=attempts`: a record per attempt, each step of each mission in columns. */
export function attemptColumns(missions: Missions): readonly Column<AttemptSource>[] {
  return [
    ...START,
    ...END,
    ...JOURNEY,
    ...REVIEW,
    ...stepNumbers(missions).flatMap(stepColumns),
    ...KEEPING,
  ];
}

const { text, number, flag, time } = columnMaker<AttemptSource>();

const START = [
  text("attemptId", "Id of the attempt", ({ row }) => row.attemptId),
  text("sessionId", "Visitor's session, an id made by the client", ({ row }) => row.sessionId),
  text("kioskId", "Kiosk with whose key it was started", ({ row }) => row.kioskId),
  text("missionType", "Mission that was played", ({ row }) => row.missionType),
  number("missionVersion", "Version of its definition", ({ row }) => row.missionVersion),
  text("missionName", "Name of the mission in Korean", ({ definition }) => definition.name.ko),
  time("startTime", "Start, by the kiosk's clock", ({ row }) => row.startAt),
];

const END = [
  text(
    "status",
    "pending, in_progress, completed, quitted or expired",
    ({ outcome }) => outcome.status,
  ),
  time(
    "endTime",
    "End, by the kiosk's clock; none while it runs and when it expired undone",
    ({ outcome }) => outcome.endAt,
  ),
  number("totalDuration", "From start to end", ({ row }) => totalDuration(row), "s"),
  number("timeOnTask", "From start to success", timeOnTask, "s"),
  number(
    "reportedDuration",
    "Duration as the client counted it",
    ({ row }) => row.lifecycle.terminal?.reportedDuration ?? null,
    "s",
  ),
  time(
    "succeededAt",
    "When the task was done, by the kiosk's clock",
    ({ outcome }) => outcome.succeededAt,
  ),
  flag(
    "leftAtRating",
    "The task was done and the visitor gone before the flow was finished",
    ({ outcome }) => outcome.leftAtRating,
  ),
  text(
    "quitKind",
    "user, idle or reset; none unless the client said that it quit",
    ({ row }) => row.lifecycle.terminal?.quitKind ?? null,
  ),
  text(
    "quitReason",
    "Why the visitor quit, as sent",
    ({ row }) => row.lifecycle.terminal?.quitReason ?? null,
  ),
  time(
    "expiredAt",
    "When nothing had happened for too long, by the server's clock",
    ({ row }) => row.lifecycle.expiredAt,
  ),
  number(
    "duplicateTerminals",
    "Further ends that were sent and do not count",
    ({ row }) => row.lifecycle.duplicateTerminals,
  ),
];

const JOURNEY = [
  number(
    "activeTime",
    "Time without idleness and without waits that the mission forces",
    ({ row }) => row.journey.activeMs / 1000,
    "s",
  ),
  text("path", "Path taken, of those the mission defines", ({ row }) => row.journey.path),
  number("differentPages", "Different pages seen", ({ row }) => row.journey.pages.length),
  number("pageViews", "Pages seen, with returns", ({ row }) => row.journey.pageViews),
  flag("backtracked", "A page was seen again after another", ({ row }) => row.journey.backtracked),
  number("eventCount", "Events received", ({ row }) => row.eventCount),
];

const REVIEW = [
  text("review.reviewId", "Id of the rating", reviewed((review) => review.reviewId)),
  number(
    "review.rating",
    "Ease, from 1 (very hard) to 5 (very easy)",
    reviewed((review) => review.rating),
    "1–5",
  ),
  text(
    "review.ratingText",
    "The rating in a Korean word",
    reviewed((review) => ratingText(review.rating)),
  ),
  text("review.feedback", "What the visitor wrote", reviewed((review) => review.feedback)),
  flag(
    "review.hasFeedback",
    "The visitor wrote something",
    reviewed((review) => review.feedback !== null),
  ),
  time(
    "review.submittedAt",
    "When it was rated, by the server's clock",
    reviewed((review) => review.submittedAt),
  ),
  time(
    "review.correctedAt",
    "When the rating was changed within the minute allowed",
    reviewed((review) => review.correctedAt),
  ),
];

const KEEPING = [
  text(
    "exclusion.reason",
    "Why it is left out of all numbers; none when it counts",
    ({ row }) => row.exclusion?.reason ?? null,
  ),
  text("exclusion.by", "Who left it out", ({ row }) => row.exclusion?.by ?? null),
  time(
    "exclusion.at",
    "When it was left out, by the server's clock",
    ({ row }) => row.exclusion?.at ?? null,
  ),
  number(
    "clockOffset",
    "How far the kiosk's clock is ahead of the server's",
    ({ row }) => row.clockOffsetMs,
    "ms",
  ),
  time(
    "eventsRemovedAt",
    "When its events were removed because of their age, by the server's clock",
    ({ row }) => row.eventsRemovedAt,
  ),
  time("createdAt", "When the start arrived, by the server's clock", ({ row }) => row.createdAt),
  time("updatedAt", "Last change, by the server's clock", ({ row }) => row.updatedAt),
];

/** Of all missions: a file has the same columns whatever missions are in it. */
function stepNumbers({ all }: Missions): number[] {
  const steps = all.flatMap((definition) => definition.steps.map(({ step }) => step));
  return [...new Set(steps)].sort((a, b) => a - b);
}

/** Columns of one step; none has a value when it was not completed. */
function stepColumns(step: number): Column<AttemptSource>[] {
  const when = <Value>(of: (done: StepDone) => Value | null) => ({ row }: AttemptSource) => {
    const done = row.journey.steps.find((it) => it.step === step);
    return done === undefined ? null : of(done);
  };
  return [
    time(
      `step${step}.at`,
      `When step ${step} was completed, by the kiosk's clock`,
      when((done) => done.at),
    ),
    number(
      `step${step}.measuredSeconds`,
      "Since the step completed before it, or since the start",
      when((done) => done.measuredMs / 1000),
      "s",
    ),
    number(
      `step${step}.reportedSeconds`,
      "Time on the step as the client counted it",
      when((done) => done.reportedSec),
      "s",
    ),
    flag(
      `step${step}.derived`,
      "Told from the pages seen, not by the client",
      when((done) => done.derived),
    ),
  ];
}

function timeOnTask({ row, outcome: { succeededAt } }: AttemptSource): number | null {
  return succeededAt === null ? null : Math.max(0, succeededAt - row.startAt) / 1000;
}

function reviewed<Value>(of: (review: StoredReview) => Value | null) {
  return ({ row: { review } }: AttemptSource) => review === null ? null : of(review);
}
