import { pageNameOf, PAGES, stepOf } from "./pages.ts";
import { type MissionType, newDraft, secondsBetween } from "./visit.ts";
import type { VisitCore } from "./visit_store.ts";
import { wordsOf } from "./words.ts";

export interface MissionActions {
  begin(): void;
  choose(mission: MissionType): void;
  /** Resolves when the mission is on the device's disk, and its first page is shown. */
  start(): Promise<void>;
  /** The task is done: nothing stands between the visitor and the question at the end. */
  succeed(): void;
  /** @param rating 1 (very hard) to 5 (very easy); null for a visitor who skips it */
  rate(rating: number | null, feedback: string): void;
  askToQuit(): void;
  closeSheet(): void;
  giveUp(): void;
  quit(reason: string | null): void;
  again(): void;
  finish(): void;
}

export function missionActions(core: VisitCore): MissionActions {
  const { visit, change, tell, go, kiosk, clock, onFinish } = core;

  let isStarting = false;

  function named() {
    const { mission, locale } = visit.value;
    const missionName = mission === null ? null : wordsOf(locale).missions[mission].name;
    return { missionId: mission, missionName };
  }

  return {
    begin: () => go(PAGES.onboarding),
    choose(mission) {
      change({ mission });
      go(PAGES.start);
    },
    async start() {
      const { mission } = visit.value;
      if (mission === null || isStarting) return;
      isStarting = true;
      // Before anything of it is shown: whenever the page is loaded again, it goes on with it.
      const { startedAt } = await kiosk.startMission(mission);
      isStarting = false;
      change({ startedAt, outcome: "open", draft: newDraft(startedAt), read: [] });
      go(PAGES.home);
    },
    succeed() {
      const now = clock.now();
      const timeFromMissionStart = secondsBetween(visit.value.startedAt, now);
      tell("mission_complete_modal_shown", { ...named(), timeFromMissionStart });
      change({ sheet: "done", sheetAt: now, card: null });
    },
    rate(rating, feedback) {
      const hasFeedback = feedback !== "";
      if (rating !== null) {
        tell("mission_rating_submitted", {
          ...named(),
          rating,
          ratingText: wordsOf("ko").rating.ratings[rating - 1],
          feedback: hasFeedback ? feedback : null,
          hasFeedback,
          feedbackLength: feedback.length,
          timeOnRatingPage: secondsBetween(visit.value.enteredAt, clock.now()),
        });
      }
      go(PAGES.complete);
      void kiosk.complete({ ...named(), rating, hasFeedback });
      change({ outcome: "completed" });
    },
    askToQuit: () => change({ sheet: "quit", sheetAt: clock.now() }),
    closeSheet: () => change({ sheet: null }),
    giveUp() {
      change({ leftAt: visit.value.page });
      go(PAGES.quit);
    },
    quit(reason) {
      const { leftAt, sheetAt, enteredAt } = visit.value;
      void kiosk.quit({
        ...named(),
        quitKind: "user",
        ...(reason === null ? {} : { quitReason: reason }),
        quitAtStep: stepOf(leftAt),
        quitAtUrl: leftAt,
        quitAtPageName: pageNameOf(leftAt),
        feedback: reason,
        hasFeedback: reason !== null,
        feedbackLength: reason?.length ?? 0,
        quitButtonExpandTime: secondsBetween(sheetAt, enteredAt),
      });
      change({ outcome: "quitted" });
    },
    again() {
      change({ mission: null });
      go(PAGES.selection);
    },
    finish: onFinish,
  };
}
