import { CARDS, ETFS, type Page } from "./content.ts";
import type { Occasion, Timeline } from "./visit.ts";

/** Perhaps a click or two that the mission does not need, by the visitor's curiosity. */
export function wander(occasion: Occasion): void {
  const { timeline, random, persona } = occasion;
  while (random.chance(persona.curiosity)) {
    timeline.wait(0.4, 2.5);
    random.pick(CLICKS)(occasion);
  }
}

/** A tap on the bar at the bottom, and the page it opens. */
export function navigate({ timeline, random }: Occasion, to: Page): void {
  timeline.wait(0.8, 2.5);
  timeline.happen("navigation_clicked", {
    navType: random.chance(0.8) ? "bottom_nav" : "top_nav_back",
    from: timeline.page.url,
    to: to.url,
    tabName: to.name,
    isMissionRelevant: false,
  });
  timeline.open(to);
}

export function press(timeline: Timeline, buttonText: string): void {
  timeline.happen("button_clicked", {
    buttonText,
    variant: "primary",
    page: timeline.page.url,
    isMissionRelevant: false,
  });
}

const CLICKS: readonly ((occasion: Occasion) => void)[] = [
  ({ timeline, random }) =>
    timeline.happen("button_clicked", {
      buttonText: random.pick(["더보기", "다음", "닫기", "자세히 보기"]),
      variant: random.pick(["primary", "grey", "skeleton", "skeleton2"]),
      page: timeline.page.url,
      isMissionRelevant: false,
    }),
  ({ timeline, random }) => {
    const etf = random.pick(ETFS);
    timeline.happen("card_clicked", {
      cardType: random.pick(["portfolio", "etf", "theme", "news", "selection"]),
      cardId: etf.id,
      cardTitle: etf.name,
      page: timeline.page.url,
      isMissionRelevant: false,
    });
  },
  ({ timeline, random }) =>
    timeline.happen("bookmark_toggled", {
      itemType: random.pick(["portfolio", "etf", "tip"]),
      itemId: random.pick(ETFS).id,
      action: random.pick(["add", "remove"]),
      page: timeline.page.url,
      isMissionRelevant: false,
    }),
  ({ timeline, random }) =>
    timeline.happen("modal_interaction", {
      modalType: random.pick(["term", "vocabulary_detail", "portfolio_delete"]),
      action: random.pick(["open", "close"]),
      modalId: random.pick(CARDS).id,
      page: timeline.page.url,
      isMissionRelevant: false,
    }),
  // Not in the document's list; real clients send it all the same.
  ({ timeline, random }) =>
    timeline.happen("content_viewed", {
      contentId: `tip_${random.int(1, 40)}`,
      contentType: "tip",
      viewDuration: random.int(400, 9000),
      page: timeline.page.url,
    }),
];
