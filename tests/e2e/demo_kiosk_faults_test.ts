import { deepEqual } from "node:assert/strict";
import type { Browser } from "playwright-core";
import { launchBrowser } from "./browser.ts";
import { type Cable, layCable } from "./cable.ts";
import { whyNoChromium } from "./chromium.ts";
import { type Server, startServer } from "./server.ts";
import { KNOWN_ADMIN, openStore, type Store, type StoredAttempt } from "./stored.ts";
import { until } from "./until.ts";
import {
  choose,
  isAt,
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
  readonly cable: Cable;
}

/** One after the other, at the places of a mission where something may go wrong. */
type Faults = readonly (() => Promise<void>)[];

/** What one attempt has to say, without ids and times, which no two runs share. */
async function tell(store: Store, attempt: StoredAttempt) {
  const { missionType, status, review, path, quitKind } = attempt;
  const steps = attempt.steps.map(({ step, derived }) => ({ step, derived }));
  const events = await store.events(attempt.attemptId);
  return {
    attempt: { missionType, status, path, quitKind, steps, rating: review?.rating },
    events: events.map(({ eventType, data }) => ({
      eventType,
      data: Object.fromEntries(Object.entries(data).filter(([field]) => !isOwn(field))),
    })),
  };
}

/** Times, and ids that are made of them. */
function isOwn(field: string): boolean {
  return /^time|Time$|Duration$|At$|^portfolioId$/.test(field);
}

/** Three missions in one visit, with what goes wrong in each. */
async function playThree(visitor: Visitor, faults: (attempt: number) => Faults) {
  const { t, press } = visitor;
  for (const attempt of [0, 1, 2]) {
    const waiting = [...faults(attempt)];
    const interrupt = async () => await waiting.shift()?.();
    const mission = attempt === 0 ? "portfolio" : "vocabulary";
    if (attempt === 0) await start(visitor, mission);
    else await press(t.thanks.again).then(() => choose(visitor, mission));
    if (attempt === 0) await makePortfolio(visitor, interrupt);
    else await readCard(visitor, attempt === 1 ? "search_result" : "etf_detail", interrupt);
    await rate(visitor, 5 - attempt, { interrupt });
    deepEqual(waiting, []);
  }
}

/** Plays, waits until the kiosk has told everything, and tells what is stored. */
async function storedOf(scene: Scene, play: (visitor: Visitor) => Promise<void>) {
  const { browser, cable, store } = scene;
  const before = (await store.attempts()).length;
  await using visitor = await openKiosk(browser, { origin: cable.origin, language: "ko" });
  await play(visitor);
  const isDone = (found: readonly StoredAttempt[]) =>
    found.length === before + 3 && found.every(({ endTime }) => endTime !== null);
  const attempts = await until("all three are stored", store.attempts, isDone);
  deepEqual(visitor.complaints, []);
  return await Promise.all(attempts.slice(before).map((it) => tell(store, it)));
}

/** The page is on the device, and opens without the server from now on. */
async function isKept({ page }: Visitor): Promise<void> {
  await page.evaluate(async () => void await navigator.serviceWorker.ready);
}

/** The page comes back as it was. */
async function reload(visitor: Visitor): Promise<void> {
  const place = await visitor.page.locator(".kiosk").getAttribute("data-page");
  await visitor.page.reload();
  await isAt(visitor, place!);
}

Deno.test("the demo kiosk in a bad hall", { ignore: whyNoChromium !== null }, async (t) => {
  await using server = await startServer({ ...KNOWN_ADMIN, RATE_ANONYMOUS_PER_15_MIN: "100000" });
  await using cable = await layCable(server.origin);
  const browser = await launchBrowser();
  const scene = { browser, server, cable, store: await openStore(server.origin) };
  try {
    await t.step(
      "[M-04][M-25][T-M24] three attempts with a cut line, reloads in it and a killed server are stored as the undisturbed ones",
      async () => {
        const undisturbed = await storedOf(scene, (visitor) => playThree(visitor, () => []));
        const disturbed = await storedOf(scene, (visitor) => {
          const mend = async () => {
            cable.plug();
            await reload(visitor);
          };
          const pull = () => Promise.resolve(cable.pull());
          const plug = () => Promise.resolve(cable.plug());
          const reloaded = () => reload(visitor);
          const kept = () => isKept(visitor);
          const { kill, restart } = server;
          const restarted = () => reload(visitor).then(restart);
          // Of the third the server knows nothing at its start.
          const faults = [
            [kept, pull, reloaded, plug, kill, restart],
            [pull, mend, kill],
            [restarted, pull, mend],
          ];
          return playThree(visitor, (attempt) => faults[attempt]);
        });
        deepEqual(disturbed, undisturbed);
      },
    );
  } finally {
    await browser.close();
  }
});
