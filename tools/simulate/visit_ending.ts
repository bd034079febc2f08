import { IDLE_REASON, PAGES } from "./content.ts";
import type { Departure, Ending, Persona, RatingChoice } from "./persona.ts";
import { MISSION_NAMES, type Occasion, type Timeline, toRating } from "./visit.ts";

/** The task is done: the modal, the rating page, and whatever the visitor still does of it. */
export function finish(occasion: Occasion): void {
  const { timeline, persona } = occasion;
  const mission = identity(persona);
  timeline.wait(0.3, 0.8);
  const timeFromMissionStart = timeline.seconds();
  timeline.happen("mission_complete_modal_shown", { ...mission, timeFromMissionStart });
  timeline.wait(1, 3);
  timeline.happen("modal_interaction", {
    modalType: "mission_complete",
    action: "close",
    modalId: `mission_complete_${persona.mission}`,
    page: timeline.page.url,
    isMissionRelevant: false,
  });
  timeline.open(PAGES.rating);
  const { ending } = persona;
  if (ending.kind === "left_at_rating") {
    return depart(occasion, { by: ending.by, step: null, reason: IDLE_REASON });
  }
  if (ending.kind !== "completed") throw new Error(`Visitor "${ending.kind}" cannot finish`);
  if (ending.rating !== null) rate(occasion, ending.rating);
  timeline.open(PAGES.complete);
  complete(occasion, ending);
}

function rate({ timeline, persona }: Occasion, choice: RatingChoice): void {
  const { by } = choice;
  const rating = toRating(choice);
  const timeOnRatingPage = timeline.wait(3, 12);
  const feedback = rating.feedback ?? "";
  if (by !== "socket") timeline.rateByRest(rating);
  if (by === "rest") return;
  timeline.happen("mission_rating_submitted", {
    ...identity(persona),
    ...rating,
    feedback,
    feedbackLength: feedback.length,
    timeOnRatingPage,
  });
}

/** Older clients send the report from an effect that runs again (field note A.1.0, 2). */
function complete(
  { timeline, persona }: Occasion,
  { rating, reports }: Ending & { readonly kind: "completed" },
): void {
  for (let i = 0; i < reports; i++) {
    timeline.wait(0.1, 0.6);
    timeline.happen("mission_completed", {
      ...identity(persona),
      totalDuration: timeline.seconds(),
      wasQuitted: false,
      rating: rating?.value ?? null,
      hasFeedback: rating !== null && rating.feedback !== null,
    }, "completedAt");
  }
}

interface Leaving {
  readonly by: Departure;
  /** Step of the portfolio; null elsewhere. */
  readonly step: number | null;
  readonly reason: string;
}

/** The visitor goes: by the button, by two minutes of silence, by a reset, or without a word. */
export function depart({ timeline, persona }: Occasion, leaving: Leaving): void {
  const { by } = leaving;
  const leftFrom = timeline.page;
  if (by === "silent") return;
  if (by === "idle") timeline.waitExactly(120);
  if (by === "reset") timeline.wait(20, 60);
  const quitButtonExpandTime = by === "user" ? giveUp(timeline) : 0;
  const feedback = by === "reset" ? "" : leaving.reason;
  timeline.happen("mission_quitted", {
    ...identity(persona),
    quitAtStep: leaving.step,
    quitAtUrl: leftFrom.url,
    quitAtPageName: leftFrom.name,
    timeBeforeQuit: timeline.seconds(),
    feedback,
    hasFeedback: feedback !== "",
    feedbackLength: feedback.length,
    quitButtonExpandTime,
    // A reset has no reason text to tell it by, so it always names its kind.
    ...(persona.habits.sendsQuitKind || by === "reset" ? { quitKind: by } : {}),
  });
}

function giveUp(timeline: Timeline): number {
  const expanded = timeline.wait(0.8, 3);
  timeline.happen("button_clicked", {
    buttonText: "포기하기",
    variant: "grey",
    page: timeline.page.url,
    isMissionRelevant: false,
  });
  timeline.open(PAGES.quit);
  timeline.wait(2, 6);
  return expanded;
}

function identity(persona: Persona): { readonly missionId: string; readonly missionName: string } {
  return { missionId: persona.mission, missionName: MISSION_NAMES[persona.mission] };
}
