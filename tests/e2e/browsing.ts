import { deepEqual, equal, match, notEqual, ok } from "node:assert/strict";
import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { openMenu } from "./operator.ts";
import { columnOf, eventsOf } from "./reading.ts";
import type { Scene } from "./scene.ts";
import { until } from "./until.ts";
import { FEEDBACK } from "./watching.ts";

export async function openFromStream({ operator: { page } }: Scene): Promise<void> {
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

export async function browseAttempts({ server, operator: { page } }: Scene): Promise<void> {
  await page.goto(`${server.origin}/admin/attempts`);
  const first = await columnOf(page, "Attempt");
  equal(first.length, 50);
  const total = server.pastAttempts + 3;
  equal(await page.locator(".pager__range").innerText(), `1–50 of ${total}`);
  await page.getByRole("link", { name: "Next" }).click();
  await page.waitForURL(/offset=50/);
  const rest = await columnOf(page, "Attempt");
  equal(new Set([...first, ...rest]).size, total);

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

export async function changeLook({ server, operator: { page } }: Scene): Promise<void> {
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

export async function saveChart({ server, operator: { page } }: Scene): Promise<void> {
  await page.goto(`${server.origin}/admin/missions/vocabulary`);
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

/** The ratings of the rows that have one. */
async function stars(page: Page): Promise<number[]> {
  return (await columnOf(page, "Ease")).filter((it) => it.includes("★")).map(parseFloat);
}

function sorted(numbers: readonly number[]): number[] {
  return numbers.toSorted((a, b) => a - b);
}
