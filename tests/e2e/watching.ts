import { deepEqual, equal, ok } from "node:assert/strict";
import type { Page } from "playwright-core";
import { type Kiosk, startAttempt } from "./kiosk.ts";
import { isMarked, mark } from "./operator.ts";
import { connectionOf, eventsOf, figuresOf, positionsOf } from "./reading.ts";
import type { Scene } from "./scene.ts";
import { until } from "./until.ts";

/** What a visitor wrote who is up to no good. */
export const FEEDBACK = `<img src="x" onerror="document.title='broken'"> 쉬웠어요 <b>!</b>`;

export async function watchMission({ server, operator: { context, page } }: Scene): Promise<void> {
  const dashboard = await context.newPage();
  await dashboard.goto(`${server.origin}/admin/dashboard`);
  await page.goto(`${server.origin}/admin/missions/live`);
  for (const open of [page, dashboard]) {
    await until("connected", () => connectionOf(open), (state) => state === "connected");
    await mark(open);
  }
  const before = await figuresOf(dashboard);
  const cardBefore = await figuresOf(dashboard, "portfolio");
  const kiosk = await startAttempt(server.origin, "portfolio");
  kiosk.tell("mission_started", { missionId: "portfolio" });
  await playPortfolio(kiosk);
  const isOn = (shown: Figures) =>
    rose("In progress", { before, shown }) && rose("Active connections", { before, shown });
  await until("one visitor is seen", () => figuresOf(dashboard), isOn);
  kiosk.tell("mission_completed", { totalDuration: 90 });
  await kiosk.settled();
  await seesAll(page, kiosk);
  await until(
    "the end is counted",
    () => figuresOf(dashboard),
    (shown) =>
      rose("Completed today", { before, shown }) && shown["In progress"] === before["In progress"],
  );
  const card = { before: cardBefore, shown: await figuresOf(dashboard, "portfolio") };
  ok(rose("Completed", card), JSON.stringify(card));
  const shown = await eventsOf(dashboard, kiosk.attemptId);
  deepEqual(shown, kiosk.told.slice(-shown.length), "latest events of the dashboard");
  ok(await isMarked(page) && await isMarked(dashboard), "a page was loaded again");
  await kiosk.leave();
}

export async function surviveKill({ server, operator: { context, page } }: Scene): Promise<void> {
  const dashboard = context.pages()[1];
  const before = await figuresOf(dashboard);
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
  const running = (shown: Figures) => rose("In progress", { before, shown });
  await until("running", () => figuresOf(dashboard), running);
  kiosk.tell("mission_quitted", { timeBeforeQuit: 12, quitAtUrl: "/vocabulary" });
  await kiosk.settled();
  const counted = (shown: Figures) => rose("Quit today", { before, shown });
  const after = await until("counted", () => figuresOf(dashboard), counted);
  equal(after["Completed today"], before["Completed today"]);
  await kiosk.leave();
  await dashboard.close();
}

export async function pauseAndResume({ server, operator: { page } }: Scene): Promise<void> {
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

/** Everything between the start and the end. */
async function playPortfolio(kiosk: Kiosk): Promise<void> {
  kiosk.tell("page_view", { url: "/portfolio/create/auto", pageName: "AutoCreate Step 1" });
  for (const [index, timeOnStep] of [10.3, 8.5, 35.4, 15.2, 8.1].entries()) {
    kiosk.tell("portfolio_creation_step", { step: index + 1, timeOnStep });
  }
  kiosk.tell("portfolio_created", { portfolioId: "p-1", portfolioName: "나의 포트폴리오" });
  kiosk.tell("mission_complete_modal_shown", { timeFromMissionStart: 80 });
  kiosk.tell("mission_rating_submitted", { rating: 4, feedback: FEEDBACK, hasFeedback: true });
  await kiosk.settled();
}

/** Every event that the kiosk told is in the list, once, in order. */
async function seesAll(page: Page, kiosk: Kiosk): Promise<void> {
  const isThere = (shown: readonly unknown[]) => shown.length >= kiosk.told.length;
  const shown = await until("all events", () => eventsOf(page, kiosk.attemptId), isThere);
  deepEqual(shown, kiosk.told);
}

type Figures = Readonly<Record<string, string>>;

/** By one; whoever visited before is counted too. */
function rose(name: string, { before, shown }: Record<"before" | "shown", Figures>): boolean {
  return Number(shown[name]) === Number(before[name]) + 1;
}
