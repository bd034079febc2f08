import { deepEqual, equal, ok } from "node:assert/strict";
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
  isAt,
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
  await using visitor = await openKiosk(browser, {
    origin: server.origin,
    language,
    hasOwnTime: true,
  });
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
          await rate(visitor, 4, { feedback: "=1+1 👍" });
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
    await t.step("[M-04][T-M29] who walks away is asked, and is ended as idle", async () => {
      const attempt = await played(scene, "en", async (visitor) => {
        const { page, t: words, press } = visitor;
        await start(visitor, "portfolio");
        await page.clock.fastForward(95_000);
        const asked = page.getByRole("dialog", { name: words.idle.title });
        await asked.waitFor();
        await press(words.idle.stay);
        await asked.waitFor({ state: "detached" });
        await page.clock.fastForward(95_000);
        await asked.waitFor();
        await page.clock.fastForward(30_000);
        await isAt(visitor, "/");
      });
      deepEqual([attempt.status, attempt.quitKind], ["quitted", "idle"]);
    });

    await t.step("[M-04][T-M28] who leaves at the rating has succeeded all the same", async () => {
      const attempt = await played(scene, "en", async (visitor) => {
        const { page, t: words, press } = visitor;
        await start(visitor, "vocabulary");
        await readCard(visitor, "search_result");
        await press(words.done.next);
        await isAt(visitor, "/mission-rating");
        await page.clock.fastForward(121_000);
        await isAt(visitor, "/");
      });
      deepEqual([attempt.quitKind, attempt.leftAtRating], ["idle", true]);
      ok(attempt.succeededAt !== null);
    });

    await t.step("[M-04][T-M29] thirty visitors in one tab are thirty sessions", async () => {
      const before = (await store.attempts()).length;
      const { origin } = server;
      await using visitor = await openKiosk(browser, { origin, language: "ko", hasOwnTime: true });
      for (let count = 0; count < 30; count++) {
        await start(visitor, count % 2 === 0 ? "portfolio" : "vocabulary");
        await giveUp(visitor);
        await visitor.press(visitor.t.thanks.finish);
        await isAt(visitor, "/");
        // So long no touch begins the next visit.
        await visitor.page.clock.fastForward(1_100);
      }
      const isDone = (found: readonly StoredAttempt[]) =>
        found.length === before + 30 && found.every(({ status }) => status !== "in_progress");
      const attempts = await until("all are stored", store.attempts, isDone);
      equal(new Set(attempts.slice(before).map(({ sessionId }) => sessionId)).size, 30);
      deepEqual(visitor.complaints, []);
    });

    await t.step("[X-18] the start page says what is recorded, before anything is", async () => {
      for (const language of ["ko", "en"] as const) {
        await using visitor = await openKiosk(browser, { origin: server.origin, language });
        const screens: string[] = [];
        const read = async () => void screens.push(await visitor.page.locator("main").innerText());
        await start(visitor, "portfolio", read);
        ok(screens.at(-1)?.includes(visitor.t.start.privacy), language);
        await giveUp(visitor);
      }
    });
  } finally {
    await browser.close();
  }
});
