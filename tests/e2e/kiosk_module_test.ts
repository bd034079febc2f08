import { deepEqual, equal } from "node:assert/strict";
import type { Browser, BrowserContext, Page } from "playwright-core";
import type { Kiosk, KioskStatus } from "../../client/kiosk.ts";
import { launchBrowser } from "./browser.ts";
import { whyNoChromium } from "./chromium.ts";
import { type Server, startServer } from "./server.ts";
import { KNOWN_ADMIN, openStore, type Store, type StoredAttempt } from "./stored.ts";
import { until } from "./until.ts";

interface Scene {
  readonly browser: Browser;
  readonly server: Server;
  readonly store: Store;
}

/** What the page of a test has beside its own. */
interface WithKiosk {
  kiosk: Kiosk;
}

const MISSIONS = "**/api/missions/**";

/** A page of nothing but the module, as the server itself serves it. */
async function openPage(context: BrowserContext, { server }: Scene): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${server.origin}/health`);
  await page.evaluate(async (address) => {
    const { createKiosk } = await import(address);
    Object.assign(globalThis, { kiosk: createKiosk() });
  }, `${server.origin}/client/kiosk.js`);
  return page;
}

function statusOf(page: Page): Promise<KioskStatus> {
  return page.evaluate(() => (globalThis as unknown as WithKiosk).kiosk.status());
}

/** A mission with one page view: two events. */
async function play(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const { kiosk } = globalThis as unknown as WithKiosk;
    await kiosk.startMission("portfolio");
    await kiosk.track("page_view", { url: "/home" });
  });
}

const TYPES = ["mission_started", "page_view"];

/** Waits for one attempt more than there were, with these events and no other. */
async function isStored({ store }: Scene, before: number, types = TYPES): Promise<void> {
  const typesOf = async ({ attemptId }: StoredAttempt) =>
    (await store.events(attemptId)).map(({ eventType }) => eventType);
  const stored = await until("it is stored", async () => {
    const attempts = await store.attempts();
    return await Promise.all(attempts.slice(before).map(typesOf));
  }, ([events]) => events?.length === types.length);
  deepEqual(stored, [types]);
}

/** The line is back, and before the module tries it the page goes away for good. */
async function leave(page: Page): Promise<void> {
  await until("it waits between two tries", () => statusOf(page), ({ queued }) => queued === 2);
  await page.unroute(MISSIONS);
  await page.goto("about:blank");
}

const WAYS = [
  { name: "by a request that outlives it", script: "" },
  {
    name: "by a beacon where the browser has no such requests",
    script: "delete Request.prototype.keepalive;",
  },
] as const;

async function goAway(scene: Scene, script: string): Promise<void> {
  const before = (await scene.store.attempts()).length;
  await using context = await scene.browser.newContext();
  if (script !== "") await context.addInitScript(script);
  const page = await openPage(context, scene);
  await page.route(MISSIONS, (route) => route.abort());
  await play(page);
  await leave(page);
  await isStored(scene, before);
}

async function playInMemory(scene: Scene): Promise<void> {
  const before = (await scene.store.attempts()).length;
  await using context = await scene.browser.newContext();
  await context.addInitScript(
    "Object.defineProperty(globalThis, 'indexedDB', { value: undefined });",
  );
  const page = await openPage(context, scene);
  await play(page);
  await isStored(scene, before);
  equal((await statusOf(page)).durable, false);
}

async function playInTwoTabs(scene: Scene): Promise<void> {
  const before = (await scene.store.attempts()).length;
  await using context = await scene.browser.newContext();
  const one = await openPage(context, scene);
  await one.route(MISSIONS, (route) => route.abort());
  await play(one);
  const next = await openPage(context, scene);
  // It sees what is on the disk, and that another has it.
  await next.evaluate(() => (globalThis as unknown as WithKiosk).kiosk.resumed());
  equal((await statusOf(next)).queued, 0);
  equal((await scene.store.attempts()).length, before);
  await one.close();
  const heir = await openPage(context, scene);
  await heir.evaluate(() => (globalThis as unknown as WithKiosk).kiosk.drained());
  await isStored(scene, before);
}

Deno.test("the kiosk's module in a browser", { ignore: whyNoChromium !== null }, async (t) => {
  await using server = await startServer({ ...KNOWN_ADMIN, RATE_ANONYMOUS_PER_15_MIN: "100000" });
  const browser = await launchBrowser();
  const scene = { browser, server, store: await openStore(server.origin) };
  try {
    for (const { name, script } of WAYS) {
      await t.step(
        `[M-04] a page that goes away leaves what is queued, ${name}`,
        () => goAway(scene, script),
      );
    }
    await t.step(
      "[M-04] without IndexedDB everything is delivered from memory, and said to be",
      () => playInMemory(scene),
    );
    await t.step(
      "[M-04] of two tabs none sends what the other has, and who comes next takes what one left behind",
      () => playInTwoTabs(scene),
    );
  } finally {
    await browser.close();
  }
});
