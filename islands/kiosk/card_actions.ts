import { CARDS, type WordCard } from "./content.ts";
import type { OpenedVia } from "./visit.ts";
import { secondsBetween } from "./visit.ts";
import type { VisitCore } from "./visit_store.ts";

export interface CardActions {
  openCard(card: WordCard, openedVia: OpenedVia): void;
  closeCard(): void;
  /** Takes the countdown up again after a reload. */
  goOn(): void;
}

/** So long a card has to stay open for the mission to succeed. */
export const COUNTDOWN_SEC = 3;

export function cardActions(
  { visit, change, tell, clock }: VisitCore,
  succeed: () => void,
): CardActions {
  let stop = () => {};

  function tick(): void {
    const { card } = visit.value;
    if (card === null || card.secondsLeft === null) return;
    const secondsLeft = card.secondsLeft - 1;
    change({ card: { ...card, secondsLeft } });
    if (secondsLeft > 0) return tellTick(card.id, secondsLeft);
    const now = clock.now();
    tell("vocabulary_countdown_complete", {
      cardId: card.id,
      cardTitle: titleOf(card.id),
      totalViewDuration: secondsBetween(card.openedAt, now),
      completedAt: new Date(now).toISOString(),
    });
    succeed();
  }

  function tellTick(cardId: string, countdown: number): void {
    tell("vocabulary_countdown_tick", {
      cardId,
      countdown,
      elapsedTime: COUNTDOWN_SEC - countdown,
    });
    goOn();
  }

  function goOn(): void {
    stop();
    stop = clock.after(1_000, tick);
  }

  function titleOf(id: string): string | undefined {
    return CARDS.find((it) => it.id === id)?.title[visit.value.locale];
  }

  function tellTap({ id, title }: WordCard, openedVia: OpenedVia): void {
    const { locale, page, enteredAt, read } = visit.value;
    const card = { cardId: id, cardTitle: title[locale] };
    if (openedVia !== "vocabulary_card") {
      return tell("card_clicked", { cardType: "vocabulary", ...card, page });
    }
    tell("vocabulary_card_clicked", {
      ...card,
      isLocked: false,
      currentTab: "all",
      sortOrder: "name",
      obtainedCount: read.length,
      totalCount: CARDS.length,
      timeOnPage: secondsBetween(enteredAt, clock.now()),
    });
  }

  return {
    openCard(card, openedVia) {
      const { locale, mission, outcome, read } = visit.value;
      const isActiveMission = mission === "vocabulary" && outcome === "open";
      const { id, title, text } = card;
      tellTap(card, openedVia);
      tell("vocabulary_detail_viewed", {
        cardId: id,
        cardTitle: title[locale],
        cardDescription: text[locale],
        isActiveMission,
        willStartCountdown: isActiveMission,
        openedVia,
      });
      const now = clock.now();
      const secondsLeft = isActiveMission ? COUNTDOWN_SEC : null;
      const known = read.includes(id) ? read : [...read, id];
      change({
        sheet: "card",
        sheetAt: now,
        card: { id, openedAt: now, secondsLeft },
        read: known,
      });
      if (isActiveMission) tellTick(id, COUNTDOWN_SEC);
    },
    closeCard() {
      stop();
      change({ sheet: null, card: null });
    },
    goOn,
  };
}
