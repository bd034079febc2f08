import type { EventFacts } from "../../missions/view.ts";
import type { EventType } from "./event_types.ts";

/** What an event says, and what to say about an event that no list names. */
export type Sentences =
  & Record<EventType, (facts: EventFacts) => string>
  & { readonly unknown: string };

export const sentencesEn: Sentences = {
  mission_started: () => "Mission started",
  page_view: ({ page }) => page ? `Viewed ${page}` : "Viewed a page",
  portfolio_creation_step: ({ step, seconds }) => `${stepName(step)} completed${within(seconds)}`,
  portfolio_created: ({ count }) =>
    count === undefined ? "Portfolio saved" : `Portfolio saved with ${plural(count, "ETF")}`,
  vocabulary_card_clicked: ({ title, path }) => `Card${quoted(title)} clicked${onPath(path)}`,
  vocabulary_detail_viewed: ({ title, path }) => `Card${quoted(title)} opened${onPath(path)}`,
  vocabulary_countdown_tick: ({ count }) =>
    count === undefined ? "Countdown runs" : `Countdown at ${count}`,
  vocabulary_countdown_complete: ({ title }) =>
    title ? `Countdown finished for "${title}"` : "Countdown finished",
  mission_complete_modal_shown: ({ seconds }) =>
    seconds === undefined ? "Task done" : `Task done after ${short(seconds)}`,
  mission_rating_submitted: ({ rating }) => rating === undefined ? "Rated" : `Rated ${rating}★`,
  mission_completed: ({ seconds }) => `Mission completed${within(seconds)}`,
  mission_quitted: ({ step, seconds }) => {
    const where = step === undefined ? "" : ` at step ${step}`;
    return `Quit${where}${seconds === undefined ? "" : ` after ${short(seconds)}`}`;
  },
  button_clicked: ({ title }) => `Button${quoted(title)} clicked`,
  navigation_clicked: ({ page }) => page ? `Went to ${page}` : "Navigated",
  input_interaction: ({ title, action }) => `Input${quoted(title)}: ${action ?? "used"}`,
  card_clicked: ({ title }) => `Card${quoted(title)} clicked`,
  modal_interaction: ({ title, action }) => `Dialog${quoted(title)}: ${action ?? "used"}`,
  search_performed: ({ count }) =>
    count === undefined ? "Searched" : `Searched, ${plural(count, "result")}`,
  bookmark_toggled: ({ title, action }) => `Bookmark${quoted(title)}: ${action ?? "changed"}`,
  unknown: "An event of another kind",
};

/** At most one decimal, and none for whole seconds: `12.5s`, `45s`. */
function short(seconds: number): string {
  return `${Math.round(seconds * 10) / 10}s`;
}

function within(seconds: number | undefined): string {
  return seconds === undefined ? "" : ` in ${short(seconds)}`;
}

function stepName(step: number | undefined): string {
  return step === undefined ? "A step" : `Step ${step}`;
}

function quoted(title: string | undefined): string {
  return title === undefined ? "" : ` "${title}"`;
}

function onPath(path: number | undefined): string {
  return path === undefined ? "" : ` on path ${path}`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
