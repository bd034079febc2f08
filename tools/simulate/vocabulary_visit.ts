import { CARDS, ETFS, type Page, PAGES } from "./content.ts";
import type { VocabularyPath } from "./persona.ts";
import type { Occasion, Timeline } from "./visit.ts";
import { depart, finish } from "./visit_ending.ts";
import { navigate, wander } from "./wander.ts";

type Card = (typeof CARDS)[number];

/** A word card opened by one of the three paths, and its compulsory countdown. */
export function playVocabulary(occasion: Occasion): void {
  const { timeline, random, persona } = occasion;
  const { ending } = persona;
  const card = random.pick(CARDS);
  const leave = ending.kind === "left"
    ? () => depart(occasion, { ...ending, step: null })
    : () => {};
  const leavesIn = ending.kind === "left" ? ending.at : null;

  wander(occasion);
  timeline.wait(1, 4);
  if (leavesIn === 1) return leave();
  const path = PATHS[persona.path ?? "path1_vocabulary"];
  path.find(occasion, card);
  wander(occasion);
  timeline.wait(1, 4);
  if (leavesIn === 2) return leave();
  path.open(occasion, card);
  view(occasion, { card, openedVia: path.openedVia });
  countDown(occasion, { card, stopAt: leavesIn === 3 ? 2 : 0 });
  if (leavesIn === 3) return leave();
  finish(occasion);
}

interface Path {
  /** What clients that know the path call it. */
  readonly openedVia: string;
  /** Up to the page where the card can be seen. */
  find(occasion: Occasion, card: Card): void;
  /** The tap that opens it. */
  open(occasion: Occasion, card: Card): void;
}

const PATHS: Readonly<Record<VocabularyPath, Path>> = {
  path1_vocabulary: {
    openedVia: "vocabulary_card",
    find(occasion) {
      navigate(occasion, PAGES.portfolio);
      navigate(occasion, PAGES.vocabulary);
    },
    open({ timeline, random }, card) {
      const obtainedCount = random.int(0, 12);
      timeline.happen("vocabulary_card_clicked", {
        cardId: card.id,
        cardTitle: card.title,
        isLocked: false,
        currentTab: random.pick(["all", "obtained"]),
        sortOrder: random.pick(["latest", "name"]),
        obtainedCount,
        totalCount: 40,
        timeOnPage: random.int(1000, 9000) / 1000,
      });
    },
  },
  path2_search: {
    openedVia: "search_result",
    find(occasion, card) {
      const { timeline, random } = occasion;
      navigate(occasion, PAGES.search);
      timeline.wait(1.5, 4);
      timeline.happen("search_performed", {
        searchQuery: card.title,
        queryLength: card.title.length,
        resultCount: random.int(1, 8),
        page: PAGES.search.url,
        isMissionRelevant: false,
      });
    },
    open: ({ timeline }, card) => cardTapped(timeline, card),
  },
  path3_etfDetail: {
    openedVia: "etf_detail",
    find(occasion) {
      const etf = occasion.random.pick(ETFS);
      const detail: Page = { url: `/etf/${etf.id}/detail`, name: "ETF Detail" };
      navigate(occasion, PAGES.etfList);
      occasion.timeline.wait(1, 3);
      occasion.timeline.open(detail);
    },
    open: ({ timeline }, card) => cardTapped(timeline, card),
  },
};

function cardTapped(timeline: Timeline, card: Card): void {
  timeline.happen("card_clicked", {
    cardType: "vocabulary",
    cardId: card.id,
    cardTitle: card.title,
    page: timeline.page.url,
    isMissionRelevant: false,
  });
}

function view(
  { timeline, persona }: Occasion,
  { card, openedVia }: { readonly card: Card; readonly openedVia: string },
): void {
  timeline.wait(0.1, 0.3);
  timeline.happen("vocabulary_detail_viewed", {
    cardId: card.id,
    cardTitle: card.title,
    cardDescription: `${card.title}에 대한 설명입니다.`,
    isActiveMission: true,
    willStartCountdown: true,
    ...(persona.habits.sendsOpenedVia ? { openedVia } : {}),
  });
}

/** Three seconds that cannot be skipped; a visitor who leaves closes the card at `stopAt`. */
function countDown(
  { timeline }: Occasion,
  { card, stopAt }: { readonly card: Card; readonly stopAt: number },
): void {
  for (let countdown = 3; countdown > stopAt; countdown--) {
    const elapsedTime = 3 - countdown;
    timeline.happen("vocabulary_countdown_tick", { cardId: card.id, countdown, elapsedTime });
    timeline.waitExactly(1);
  }
  if (stopAt > 0) return;
  timeline.happen("vocabulary_countdown_complete", {
    cardId: card.id,
    cardTitle: card.title,
    totalViewDuration: 3,
  }, "completedAt");
}
