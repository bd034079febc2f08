import type { Locale } from "../../lib/ui/locale.ts";
import { TARGETS } from "./content.ts";
import { PAGES } from "./pages.ts";

export type MissionType = "portfolio" | "vocabulary";

/** How the card was found, as the mission's definition tells paths apart. */
export type OpenedVia = "vocabulary_card" | "search_result" | "etf_detail";

/** Everything that a reload in the middle of a visit must bring back. Times: epoch milliseconds. */
export interface Visit {
  readonly locale: Locale;
  readonly page: string;
  readonly enteredAt: number;
  readonly mission: MissionType | null;
  readonly startedAt: number;
  readonly outcome: "open" | "completed" | "quitted";
  /** What lies over the page. */
  readonly sheet: "card" | "done" | "quit" | null;
  readonly sheetAt: number;
  /** Where the visitor was when giving up. */
  readonly leftAt: string;
  readonly draft: Draft;
  readonly card: OpenCard | null;
  /** Ids of cards that were opened. */
  readonly read: readonly string[];
}

/** A portfolio under way. */
export interface Draft {
  readonly beganAt: number;
  readonly risk: string | null;
  readonly style: string | null;
  /** In the order of the ETFs, percent. */
  readonly weights: readonly number[];
  readonly adjustments: number;
  readonly name: string;
  readonly nameBeganAt: number | null;
  readonly target: number;
  readonly targetMoves: number;
}

export interface OpenCard {
  readonly id: string;
  readonly openedAt: number;
  /** Of the compulsory wait; null where there is none, 0 when it is over. */
  readonly secondsLeft: number | null;
}

export function newVisit(locale: Locale, now: number): Visit {
  return {
    locale,
    page: PAGES.attract,
    enteredAt: now,
    mission: null,
    startedAt: now,
    outcome: "open",
    sheet: null,
    sheetAt: now,
    leftAt: PAGES.attract,
    draft: newDraft(now),
    card: null,
    read: [],
  };
}

export function newDraft(now: number): Draft {
  return {
    beganAt: now,
    risk: null,
    style: null,
    weights: [],
    adjustments: 0,
    name: "",
    nameBeganAt: null,
    target: TARGETS.first,
    targetMoves: 0,
  };
}

/** As events state lengths of time. */
export function secondsBetween(from: number, to: number): number {
  return Math.max(0, to - from) / 1_000;
}
