import { type ReadonlySignal, signal } from "@preact/signals";
import type { Kiosk } from "../../client/kiosk.ts";
import type { Locale } from "../../lib/ui/locale.ts";
import type { BrowserClock } from "../clock.ts";
import { type CardActions, cardActions } from "./card_actions.ts";
import type { Etf } from "./content.ts";
import { type MissionActions, missionActions } from "./mission_actions.ts";
import { etfPage, pageNameOf } from "./pages.ts";
import { type PortfolioActions, portfolioActions } from "./portfolio_actions.ts";
import { newVisit, secondsBetween, type Visit } from "./visit.ts";

export interface VisitDeps {
  readonly kiosk: Pick<Kiosk, "startMission" | "track" | "complete" | "quit">;
  readonly clock: Pick<BrowserClock, "now" | "after">;
  /** Keeps the visit over a reload of the page. */
  readonly memory: { read(): Visit | null; write(visit: Visit): void };
  /** In which every visit begins. */
  readonly locale: Locale;
  /** The visit is over. */
  readonly onFinish: () => void;
}

/** What actions are made of. */
export interface VisitCore extends Pick<VisitDeps, "kiosk" | "clock" | "onFinish"> {
  readonly visit: ReadonlySignal<Visit>;
  change(part: Partial<Visit>): void;
  tell(eventType: string, data: Readonly<Record<string, unknown>>): void;
  go(page: string): void;
}

/** One visitor's way through the application: what is shown follows `visit`. */
export interface VisitStore extends MissionActions, PortfolioActions, CardActions {
  readonly visit: ReadonlySignal<Visit>;
  go(page: string): void;
  /** By the tabs at the bottom, or the arrow at the top. */
  navigate(page: string, tabName: string): void;
  /** Tells of a button; what it does comes after. */
  pressed(buttonText: string, variant: "primary" | "grey"): void;
  openEtf(etf: Etf): void;
  searched(searchQuery: string, resultCount: number): void;
  speak(locale: Locale): void;
  /** A visit that a reload cut in two goes on; false when nothing is known of it. */
  resume(): boolean;
  /** The next visitor may come. */
  reset(): void;
}

/** By the names of document 1; all others are the mission's own. */
const GENERAL_EVENTS: ReadonlySet<string> = new Set([
  "button_clicked",
  "navigation_clicked",
  "card_clicked",
  "search_performed",
]);

export function createVisitStore(deps: VisitDeps): VisitStore {
  const { kiosk, clock, memory, locale, onFinish } = deps;
  const visit = signal(newVisit(locale, clock.now()));

  function change(part: Partial<Visit>): void {
    visit.value = { ...visit.value, ...part };
    memory.write(visit.value);
  }

  function tell(eventType: string, data: Readonly<Record<string, unknown>>): void {
    void kiosk.track(eventType, { ...data, isMissionRelevant: !GENERAL_EVENTS.has(eventType) });
  }

  function go(page: string): void {
    const { page: referrer, enteredAt } = visit.value;
    const now = clock.now();
    const timeOnPreviousPage = secondsBetween(enteredAt, now);
    tell("page_view", { url: page, pageName: pageNameOf(page), referrer, timeOnPreviousPage });
    change({ page, enteredAt: now, sheet: null, card: null });
  }

  const core: VisitCore = { kiosk, clock, onFinish, visit, change, tell, go };
  const missions = missionActions(core);
  const cards = cardActions(core, missions.succeed);
  return {
    visit,
    go,
    navigate(to, tabName) {
      const navType = tabName === "back" ? "top_nav_back" : "bottom_nav";
      tell("navigation_clicked", { navType, from: visit.value.page, to, tabName });
      go(to);
    },
    pressed: (buttonText, variant) =>
      tell("button_clicked", { buttonText, variant, page: visit.value.page }),
    openEtf({ id, name }) {
      const { page, locale } = visit.value;
      tell("card_clicked", { cardType: "etf", cardId: id, cardTitle: name[locale], page });
      go(etfPage(id));
    },
    searched(searchQuery, resultCount) {
      const { page } = visit.value;
      tell("search_performed", { searchQuery, queryLength: searchQuery.length, resultCount, page });
    },
    speak: (locale) => change({ locale }),
    resume() {
      const kept = memory.read();
      if (kept === null) return false;
      change(kept);
      cards.goOn();
      return true;
    },
    reset: () => change(newVisit(locale, clock.now())),
    ...missions,
    ...portfolioActions(core, missions.succeed),
    ...cards,
  };
}
