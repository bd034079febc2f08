import { deepEqual, equal } from "node:assert/strict";
import { CARDS, PORTFOLIO_NAMES } from "../../islands/kiosk/content.ts";
import { STEP_PAGES } from "../../islands/kiosk/pages.ts";
import type { Visit } from "../../islands/kiosk/visit.ts";
import { createVisitStore } from "../../islands/kiosk/visit_store.ts";

interface Told {
  readonly eventType: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** The application without a page: what it tells, and a clock that stands still until it is moved. */
function openDemo(kept: Visit | null = null) {
  const told: Told[] = [];
  const steps = new Set<() => void>();
  let now = Date.parse("2025-01-19T10:30:00.000Z");
  let memory = kept;
  const store = createVisitStore({
    kiosk: {
      startMission: (missionType) =>
        Promise.resolve({ attemptId: "", missionType, startedAt: now, hasEnded: false }),
      track(eventType, data = {}) {
        told.push({ eventType, data });
        return Promise.resolve(true);
      },
      complete: () => Promise.resolve(true),
      quit: () => Promise.resolve(true),
    },
    clock: {
      now: () => now,
      after(_ms, step) {
        steps.add(step);
        return () => void steps.delete(step);
      },
    },
    memory: { read: () => memory, write: (visit) => memory = visit },
    locale: "en",
    onFinish: () => {},
  });
  return {
    store,
    told,
    kept: () => memory,
    ofType: (type: string) => told.filter(({ eventType }) => eventType === type),
    tick() {
      now += 1_000;
      for (const step of [...steps]) {
        steps.delete(step);
        step();
      }
    },
  };
}

async function reach(mission: "portfolio" | "vocabulary") {
  const demo = openDemo();
  demo.store.begin();
  demo.store.choose(mission);
  await demo.store.start();
  return demo;
}

Deno.test("[M-04] a name that a visitor typed stays on the kiosk, a suggested one is told", async () => {
  for (
    const [name, portfolioName] of [["Kim's", null], [PORTFOLIO_NAMES[1].en, "The day I travel"]]
  ) {
    const { store, ofType } = await reach("portfolio");
    store.createPortfolio();
    store.go(STEP_PAGES[3]);
    store.draw({ name: name ?? "" });
    store.nextStep();
    const [{ data }] = ofType("portfolio_creation_step");
    deepEqual([data.portfolioName, data.nameLength], [portfolioName, name?.length]);
  }
});

Deno.test("[M-04] a card that is closed too early does not end the mission, and a second one does", async () => {
  const { store, tick, ofType } = await reach("vocabulary");
  store.openCard(CARDS[0], "vocabulary_card");
  tick();
  store.closeCard();
  tick();
  tick();
  equal(ofType("vocabulary_countdown_complete").length, 0);
  store.openCard(CARDS[1], "search_result");
  tick();
  tick();
  tick();
  equal(ofType("vocabulary_countdown_complete").length, 1);
  equal(store.visit.value.sheet, "done");
});

Deno.test("[M-04] a card in the other mission is read without a countdown", async () => {
  const { store, tick, ofType } = await reach("portfolio");
  store.openCard(CARDS[0], "etf_detail");
  tick();
  equal(ofType("vocabulary_countdown_tick").length, 0);
  equal(ofType("vocabulary_detail_viewed")[0].data.willStartCountdown, false);
});

Deno.test("[M-04] a reload in the middle of a countdown goes on with it and tells nothing twice", async () => {
  const before = await reach("vocabulary");
  before.store.openCard(CARDS[0], "vocabulary_card");
  before.tick();
  const after = openDemo(before.kept());
  equal(after.store.resume(), true);
  after.tick();
  after.tick();
  const seconds = [before, after].map(({ ofType }) =>
    ofType("vocabulary_countdown_tick").map(({ data }) => data.countdown)
  );
  deepEqual(seconds, [[3, 2], [1]]);
  equal(after.store.visit.value.sheet, "done");
});

Deno.test("[M-04] who gives up says where", async () => {
  const { store, told } = await reach("portfolio");
  store.createPortfolio();
  store.askToQuit();
  store.giveUp();
  equal(told.at(-1)?.data.url, "/mission-quit");
  store.quit("I have no time");
  deepEqual([store.visit.value.leftAt, store.visit.value.outcome], [STEP_PAGES[0], "quitted"]);
});
