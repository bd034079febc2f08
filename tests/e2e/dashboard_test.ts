import { deepEqual, equal, match, notEqual, ok } from "node:assert/strict";
import { readFile } from "node:fs/promises";
import type { Browser } from "playwright-core";
import { launchBrowser } from "./browser.ts";
import { whyNoChromium } from "./chromium.ts";
import { type Kiosk, startAttempt } from "./kiosk.ts";
import { lookAt, type Shown } from "./looks.ts";
import { isMarked, type Look, mark, openMenu, openOperator, setUp } from "./operator.ts";
import { type Operator, signIn, signOut } from "./operator.ts";
import { columnOf, connectionOf, eventsOf, figuresOf, positionsOf } from "./reading.ts";
import { type Server, startServer } from "./server.ts";
import { until } from "./until.ts";
import { playVisitors } from "./visitors.ts";

/** One operator's evening: each step goes on where the one before it ended. */
interface Scene {
  readonly server: Server;
  readonly browser: Browser;
  readonly operator: Operator;
}

const LOOKS: readonly Look[] = [
  { locale: "ko", theme: "light" },
  { locale: "en", theme: "dark" },
];
const VISITORS = 60;
const FEEDBACK = `<img src="x" onerror="document.title='broken'"> 쉬웠어요 <b>!</b>`;

Deno.test(
  "operators and the dashboard in a real browser",
  { ignore: whyNoChromium !== null },
  async (t) => {
    await using server = await startServer();
    const browser = await launchBrowser();
    try {
      await using operator = await openOperator(browser, { locale: "en", theme: "light" });
      const scene = { server, browser, operator };
      const steps: readonly [string, (scene: Scene) => Promise<void>][] = [
        ["[M-56][T-M16] pages before sign-in pass axe in both themes", lookAtEntries],
        ["[M-56][T-M16] the set-up link makes the administrator, once", firstSignIn],
        ["[M-46][M-47][M-48] a mission appears live on two open pages", watchMission],
        ["[M-46][M-48] after kill -9 the pages come back without reload or gap", surviveKill],
        ["[M-48] pause keeps the view, resume shows what arrived", pauseAndResume],
        ["[M-49][T-M11][T-M30] a timeline opens from the stream", openFromStream],
        ["[M-55] the list of attempts filters, sorts and pages", browseAttempts],
        ["[M-46] language and theme change and stay", changeLook],
        ["[M-50][M-54] charts are drawn and saved as pictures", saveChart],
        ["[M-46][M-55] every page passes axe in both themes", lookAtPages],
      ];
      for (const [name, step] of steps) {
        if (!await t.step(name, () => step(scene))) break;
      }
      deepEqual(operator.complaints, []);
    } finally {
      await browser.close();
    }
  },
);

async function lookAtEntries({ server, browser }: Scene): Promise<void> {
  for (const look of LOOKS) {
    await using visitor = await openOperator(browser, look);
    await lookAt(visitor.page, { name: "setup", path: server.setupLink }, look);
    await lookAt(visitor.page, { name: "login", path: `${server.origin}/admin/login` }, look);
    deepEqual(visitor.complaints, []);
  }
}

async function firstSignIn({ server, operator: { page, context } }: Scene): Promise<void> {
  await setUp(page, server.setupLink);
  const cookie = (await context.cookies()).find(({ name }) => name === "docent");
  equal(cookie?.httpOnly, true);
  await signOut(page);
  await page.goto(server.setupLink);
  equal(await page.getByLabel("User name").count(), 0, "the link works a second time");
  // Who is not signed in is led back to the page that was asked for.
  await page.goto(`${server.origin}/admin/missions/live`);
  match(page.url(), /\/admin\/login\?next=/);
  await signIn(page);
  await page.waitForURL(/\/admin\/missions\/live$/);
}

async function watchMission({ server, operator: { context, page } }: Scene): Promise<void> {
  const dashboard = await context.newPage();
  await dashboard.goto(`${server.origin}/admin/dashboard`);
  await page.goto(`${server.origin}/admin/missions/live`);
  for (const open of [page, dashboard]) {
    await until("connected", () => connectionOf(open), (state) => state === "connected");
    await mark(open);
  }
  const before = await figuresOf(dashboard);
  equal(before["Completed today"], "0");
  const kiosk = await startAttempt(server.origin, "portfolio");
  await playPortfolio(kiosk);
  const isOn = (shown: Record<string, string>) =>
    shown["In progress"] === "1" && shown["Active connections"] === "1";
  await until("one visitor is seen", () => figuresOf(dashboard), isOn);
  kiosk.tell("mission_completed", { totalDuration: 90 });
  await kiosk.settled();
  await seesAll(page, kiosk);
  await until(
    "the end is counted",
    () => figuresOf(dashboard),
    (shown) => shown["In progress"] === "0" && shown["Completed today"] === "1",
  );
  const card = await figuresOf(dashboard, "portfolio");
  equal(card["Completed"], "1");
  equal(card["Avg ease"], "4.0★");
  const shown = await eventsOf(dashboard, kiosk.attemptId);
  deepEqual(shown, kiosk.told.slice(-shown.length), "latest events of the dashboard");
  ok(await isMarked(page) && await isMarked(dashboard), "a page was loaded again");
  await kiosk.leave();
}

/** Everything but the end. */
async function playPortfolio(kiosk: Kiosk): Promise<void> {
  kiosk.tell("mission_started", { missionId: "portfolio" });
  kiosk.tell("page_view", { url: "/portfolio/create/auto", pageName: "AutoCreate Step 1" });
  for (let step = 1; step <= 5; step++) {
    kiosk.tell("portfolio_creation_step", { step, timeOnStep: 10.3 });
  }
  kiosk.tell("portfolio_created", { portfolioId: "p-1", portfolioName: "나의 포트폴리오" });
  kiosk.tell("mission_complete_modal_shown", { timeFromMissionStart: 80 });
  kiosk.tell("mission_rating_submitted", { rating: 4, feedback: FEEDBACK, hasFeedback: true });
  await kiosk.settled();
}

/** Every event that the kiosk told is in the list, once, in order. */
async function seesAll(page: Operator["page"], kiosk: Kiosk): Promise<void> {
  const isThere = (shown: readonly unknown[]) => shown.length >= kiosk.told.length;
  const shown = await until("all events", () => eventsOf(page, kiosk.attemptId), isThere);
  deepEqual(shown, kiosk.told);
}

async function surviveKill({ server, operator: { context, page } }: Scene): Promise<void> {
  const dashboard = context.pages()[1];
  const kiosk = await startAttempt(server.origin, "vocabulary");
  kiosk.tell("mission_started");
  for (let n = 0; n < 10; n++) kiosk.tell("page_view", { url: `/before/${n}`, pageName: "Home" });
  await kiosk.settled();
  // In flight when the power goes: whether each was stored is known to nobody.
  for (let n = 0; n < 20; n++) kiosk.tell("page_view", { url: `/amid/${n}`, pageName: "Home" });
  await server.kill();
  for (const open of [page, dashboard]) {
    await until("it is said", () => connectionOf(open), (state) => state === "reconnecting");
    await open.locator(".live", { hasText: "Reconnecting" }).waitFor();
  }
  await server.restart();
  await kiosk.reconnect();
  for (let n = 0; n < 10; n++) kiosk.tell("page_view", { url: `/after/${n}`, pageName: "Home" });
  await kiosk.settled();
  for (const open of [page, dashboard]) {
    await until("it is back", () => connectionOf(open), (state) => state === "connected");
    ok(await isMarked(open), "a page was loaded again");
  }
  kiosk.tell("page_view", { url: "/live-again", pageName: "Home" });
  await kiosk.settled();
  await seesAll(page, kiosk);
  const positions = await positionsOf(page);
  deepEqual(positions, [...new Set(positions)].sort((a, b) => b - a));
  equal(await page.locator(".notice").count(), 0, "the page tells of a gap");
  await until("running", () => figuresOf(dashboard), (shown) => shown["In progress"] === "1");
  kiosk.tell("mission_quitted", { timeBeforeQuit: 12, quitAtUrl: "/vocabulary" });
  await kiosk.settled();
  await until("counted", () => figuresOf(dashboard), (shown) => shown["Quit today"] === "1");
  equal((await figuresOf(dashboard))["Completed today"], "1");
  await kiosk.leave();
  await dashboard.close();
}

async function pauseAndResume({ server, operator: { page } }: Scene): Promise<void> {
  const kiosk = await startAttempt(server.origin, "portfolio");
  kiosk.tell("mission_started");
  await kiosk.settled();
  await seesAll(page, kiosk);
  await page.getByRole("button", { name: "Pause" }).click();
  const before = await positionsOf(page);
  await playPortfolio(kiosk);
  const held = page.locator("[data-paused] .count");
  const count = kiosk.told.length - 1;
  await until("held", () => held.textContent(), (text) => text === `${count} new events`);
  deepEqual(await positionsOf(page), before, "the view moved during the pause");
  await page.getByRole("button", { name: "Resume" }).click();
  await seesAll(page, kiosk);
  kiosk.tell("mission_completed");
  await kiosk.settled();
  await seesAll(page, kiosk);
  await kiosk.leave();
}

async function openFromStream({ operator: { page } }: Scene): Promise<void> {
  const newest = page.locator(".event__attempt").first();
  const attemptId = await newest.getAttribute("title");
  const told = await eventsOf(page, attemptId!);
  await newest.click();
  await page.waitForURL(`**/admin/attempts/${attemptId}`);
  const moments = page.locator(".timeline .moment:not(.moment--offline)");
  deepEqual(await moments.locator("code").allTextContents(), told.map((it) => it.eventType));
  const step = await moments.filter({ hasText: "portfolio_creation_step" }).first().innerText();
  match(step, /self-reported 10.*measured /s);
  // What a visitor wrote is text, whatever it looks like.
  equal(await page.locator("blockquote").textContent(), FEEDBACK);
  equal(await page.locator("blockquote *").count(), 0);
  notEqual(await page.title(), "broken");
}

async function browseAttempts({ server, operator: { page } }: Scene): Promise<void> {
  await playVisitors(server.origin, VISITORS);
  await page.goto(`${server.origin}/admin/attempts`);
  const first = await columnOf(page, "Attempt");
  equal(first.length, 50);
  match(await page.locator(".pager__range").innerText(), /^1–50 of 63$/);
  await page.getByRole("link", { name: "Next" }).click();
  await page.waitForURL(/offset=50/);
  const rest = await columnOf(page, "Attempt");
  equal(new Set([...first, ...rest]).size, VISITORS + 3);

  await page.getByRole("link", { name: "Ease" }).click();
  await page.waitForURL(/sortBy=rating/);
  deepEqual(sorted(await stars(page)).toReversed(), await stars(page));
  equal(await page.locator("th[aria-sort=descending]").innerText(), "Ease");
  await page.getByRole("link", { name: "Ease" }).click();
  await page.waitForURL(/order=asc/);
  deepEqual(sorted(await stars(page)), await stars(page));

  await page.getByLabel("Mission", { exact: true }).selectOption("vocabulary");
  await page.getByLabel("Status").selectOption("quitted");
  await page.getByRole("button", { name: "Apply" }).click();
  await page.waitForURL(/status=quitted/);
  deepEqual([...new Set(await columnOf(page, "Status"))], ["Quit"]);
  equal(new Set(await columnOf(page, "Mission")).size, 1);
  const link = page.locator(".id-link").first();
  const attemptId = await link.getAttribute("title");
  await link.click();
  await page.waitForURL(`**/admin/attempts/${attemptId}`);
  ok(await page.locator(".timeline .moment").count() > 0);
}

/** The ratings of the rows that have one. */
async function stars(page: Operator["page"]): Promise<number[]> {
  return (await columnOf(page, "Ease")).filter((it) => it.includes("★")).map(parseFloat);
}

function sorted(numbers: readonly number[]): number[] {
  return numbers.toSorted((a, b) => a - b);
}

async function changeLook({ server, operator: { page } }: Scene): Promise<void> {
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.goto(`${server.origin}/admin/attempts?status=completed`);
  const light = await ground();
  await openMenu(page);
  await page.getByRole("link", { name: "Dark" }).click();
  const dark = await ground();
  notEqual(dark, light);
  await page.getByRole("link", { name: "한국어" }).click();
  await page.getByRole("heading", { name: "시도 목록" }).waitFor();
  equal(await page.locator("html").getAttribute("lang"), "ko");
  match(page.url(), /status=completed/);
  await page.goto(`${server.origin}/admin/export`);
  await page.getByRole("heading", { name: "내보내기" }).waitFor();
  equal(await ground(), dark);
  await page.goto(`${server.origin}/admin/export?lang=en&theme=light`);
  equal(await ground(), light);
}

async function saveChart({ server, operator: { page } }: Scene): Promise<void> {
  const answer = await page.goto(`${server.origin}/admin/missions/vocabulary`);
  if (answer?.status() === 404) {
    console.log("    skipped: /admin/missions/[type] is not served yet");
    return;
  }
  const drawn = page.locator("[data-chart=drawn]");
  await until("charts are drawn", () => drawn.count(), (count) => count >= 4);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download PNG: Completion rate over time" }).click(),
  ]);
  match(download.suggestedFilename(), /^docent-.*\.png$/);
  const picture = await readFile(await download.path());
  equal(picture.subarray(1, 4).toString("latin1"), "PNG");
  ok(picture.length > 1_000, `a picture of ${picture.length} bytes`);
}

async function lookAtPages({ server, browser, operator }: Scene): Promise<void> {
  const attempt = await operator.page.request.get(`${server.origin}/admin/attempts`);
  const attemptId = /attempt_\d+/.exec(await attempt.text())![0];
  const pages: readonly Shown[] = [
    { name: "dashboard", path: "/admin/dashboard", alsoNarrow: true },
    { name: "live", path: "/admin/missions/live", alsoNarrow: true, isLong: true },
    { name: "analytics", path: "/admin/missions/all" },
    { name: "analytics-vocabulary", path: "/admin/missions/vocabulary" },
    { name: "attempts", path: "/admin/attempts", isLong: true },
    { name: "attempt", path: `/admin/attempts/${attemptId}` },
    { name: "export", path: "/admin/export" },
    { name: "not-found", path: "/admin/nowhere" },
  ];
  for (const look of LOOKS) {
    await using visitor = await openOperator(browser, look);
    await visitor.context.addCookies(await operator.context.cookies());
    await visitor.context.clearCookies({ name: /^(lang|theme)$/ });
    for (const shown of pages) {
      await lookAt(visitor.page, { ...shown, path: `${server.origin}${shown.path}` }, look);
    }
    deepEqual(visitor.complaints, []);
  }
}
