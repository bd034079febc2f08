import { deepEqual, ok } from "node:assert/strict";
import type { Browser } from "playwright-core";
import { wordsOf } from "../../islands/kiosk/words.ts";
import { launchBrowser } from "./browser.ts";
import { whyNoChromium } from "./chromium.ts";
import { type Server, startServer } from "./server.ts";
import {
  KNOWN_ADMIN,
  openStore,
  type Store,
  type StoredAttempt,
  type StoredEvent,
} from "./stored.ts";
import { until } from "./until.ts";
import {
  giveUp,
  type Language,
  makePortfolio,
  openKiosk,
  rate,
  readCard,
  start,
  type Visitor,
} from "./visiting.ts";

interface Scene {
  readonly browser: Browser;
  readonly server: Server;
  readonly store: Store;
}

/** Those of the mission itself, in the order of the document's time line. */
const PORTFOLIO_EVENTS = [
  "mission_started",
  "portfolio_creation_step",
  "portfolio_creation_step",
  "portfolio_creation_step",
  "portfolio_creation_step",
  "portfolio_creation_step",
  "portfolio_created",
  "mission_complete_modal_shown",
  "mission_rating_submitted",
  "mission_completed",
];

function typesOf(events: readonly StoredEvent[]): string[] {
  return events.filter(({ data, eventType }) =>
    data.isMissionRelevant !== false && eventType !== "page_view"
  )
    .map(({ eventType }) => eventType);
}

/** One visitor more than before, whose mission has ended. */
async function played(
  { browser, server, store }: Scene,
  language: Language,
  play: (visitor: Visitor) => Promise<void>,
): Promise<StoredAttempt> {
  const before = (await store.attempts()).length;
  await using visitor = await openKiosk(browser, { origin: server.origin, language });
  await play(visitor);
  const attempts = await until(
    "the mission is stored",
    store.attempts,
    (found) => found.length === before + 1 && found[before].status !== "in_progress",
  );
  deepEqual(visitor.complaints, []);
  return attempts[before];
}

Deno.test("the demo kiosk", { ignore: whyNoChromium !== null }, async (t) => {
  await using server = await startServer({ ...KNOWN_ADMIN, RATE_ANONYMOUS_PER_15_MIN: "100000" });
  const browser = await launchBrowser();
  const scene = { browser, server, store: await openStore(server.origin) };
  const { store } = scene;
  try {
    for (const language of ["ko", "en"] as const) {
      await t.step(`[M-04][T-M10][T-M28] a portfolio is made by touch (${language})`, async () => {
        const attempt = await played(scene, language, async (visitor) => {
          await start(visitor, "portfolio");
          await makePortfolio(visitor);
          await rate(visitor, 4, "=1+1 👍");
        });
        const { status, review, steps, succeededAt } = attempt;
        deepEqual([status, review?.rating, review?.feedback], ["completed", 4, "=1+1 👍"]);
        deepEqual(steps.map(({ step, derived }) => [step, derived]), [
          [1, false],
          [2, false],
          [3, false],
          [4, false],
          [5, false],
        ]);
        // Before the rating, and before the end.
        ok(succeededAt !== null && succeededAt < attempt.endTime!);
        deepEqual(typesOf(await store.events(attempt.attemptId)), PORTFOLIO_EVENTS);
      });

      await t.step(`[M-04] a word card is read in three ways by touch (${language})`, async () => {
        const paths = [];
        for (const way of ["vocabulary_card", "search_result", "etf_detail"] as const) {
          const attempt = await played(scene, language, async (visitor) => {
            await start(visitor, "vocabulary");
            await readCard(visitor, way);
            await rate(visitor, 5);
          });
          deepEqual([attempt.status, attempt.review?.rating], ["completed", 5]);
          paths.push(attempt.path);
          const events = await store.events(attempt.attemptId);
          const ticks = events.filter(({ eventType }) => eventType.endsWith("_tick"));
          deepEqual(ticks.map(({ data }) => data.countdown), [3, 2, 1]);
        }
        deepEqual(paths, ["path1_vocabulary", "path2_search", "path3_etfDetail"]);
      });

      await t.step(`[M-04] a mission is given up by touch (${language})`, async () => {
        const attempt = await played(scene, language, async (visitor) => {
          await start(visitor, "portfolio");
          await giveUp(visitor);
        });
        const { status, quitKind, quitReason, review } = attempt;
        const reason = wordsOf(language).quit.reasons[1];
        deepEqual([status, quitKind, quitReason, review], ["quitted", "user", reason, null]);
      });
    }
  } finally {
    await browser.close();
  }
});
