import type { EventFacts } from "../../missions/view.ts";
import { createNumbers } from "../numbers.ts";
import type { EventType } from "./event_types.ts";

/** What an event says, and what to say about an event that no list names. */
export type Sentences =
  & Record<EventType, (facts: EventFacts) => string>
  & { readonly unknown: string };

const { number, shortDuration } = createNumbers("en");

export const sentencesEn: Sentences = {
  mission_started: () => "Mission started",
  page_view: ({ page }) => page ? `Viewed ${page}` : "Viewed a page",
  portfolio_creation_step: ({ step, seconds }) => `${stepName(step)} completed${within(seconds)}`,
  portfolio_created: ({ count }) =>
    count === undefined ? "Portfolio saved" : `Portfolio saved with ${plural(count, "ETF")}`,
  vocabulary_card_clicked: ({ title, path }) => `Card${quoted(title)} clicked${onPath(path)}`,
  vocabulary_detail_viewed: ({ title, path }) => `Card${quoted(title)} opened${onPath(path)}`,
  vocabulary_countdown_tick: ({ count }) =>
    count === undefined ? "Countdown runs" : `Countdown at ${number(count)}`,
  vocabulary_countdown_complete: ({ title }) =>
    title ? `Countdown finished for "${title}"` : "Countdown finished",
  mission_complete_modal_shown: ({ seconds }) => `Task done${after(seconds)}`,
  mission_rating_submitted: ({ rating }) => rating === undefined ? "Rated" : `Rated ${rating}★`,
  mission_completed: ({ seconds }) => `Mission completed${within(seconds)}`,
  mission_quitted: ({ step, seconds }) =>
    `Quit${step === undefined ? "" : ` at step ${step}`}${after(seconds)}`,
  button_clicked: ({ title }) => `Button${quoted(title)} clicked`,
  navigation_clicked: ({ page }) => page ? `Went to ${page}` : "Navigated",
  input_interaction: ({ title, action }) =>
    `Input${quoted(title)} ${INPUT_ACTIONS.get(action) ?? "used"}`,
  card_clicked: ({ title }) => `Card${quoted(title)} clicked`,
  modal_interaction: ({ title, action }) =>
    `Dialog${quoted(DIALOGS.get(title) ?? title)} ${DIALOG_ACTIONS.get(action) ?? "used"}`,
  search_performed: ({ count }) =>
    count === undefined ? "Searched" : `Searched, ${plural(count, "result")}`,
  bookmark_toggled: ({ title, action }) =>
    `${BOOKMARKS.get(title) ?? "Bookmark"} ${BOOKMARK_ACTIONS.get(action) ?? "changed"}`,
  unknown: "An event of another kind",
};

type Known = ReadonlyMap<string | undefined, string>;

/** What clients send as codes (field notes A.1.0). */
const INPUT_ACTIONS: Known = new Map([
  ["focus", "selected"],
  ["blur", "left"],
  ["change", "changed"],
]);
const DIALOG_ACTIONS: Known = new Map([["open", "opened"], ["close", "closed"]]);
const DIALOGS: Known = new Map([
  ["vocabulary_detail", "Vocabulary card"],
  ["mission_complete", "Mission complete"],
  ["term", "Term"],
  ["portfolio_delete", "Delete portfolio"],
]);
const BOOKMARKS: Known = new Map([
  ["portfolio", "Portfolio bookmark"],
  ["etf", "ETF bookmark"],
  ["tip", "Tip bookmark"],
]);
const BOOKMARK_ACTIONS: Known = new Map([["add", "added"], ["remove", "removed"]]);

function within(seconds: number | undefined): string {
  return seconds === undefined ? "" : ` in ${shortDuration(seconds)}`;
}

function after(seconds: number | undefined): string {
  return seconds === undefined ? "" : ` after ${shortDuration(seconds)}`;
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
  return `${number(count)} ${noun}${count === 1 ? "" : "s"}`;
}
