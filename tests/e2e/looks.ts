import { deepEqual, equal } from "node:assert/strict";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { unfold, violationsOf } from "./audit.ts";
import type { Look } from "./operator.ts";
import { until } from "./until.ts";

/** One page and how its picture is called. */
export interface Shown {
  readonly name: string;
  readonly path: string;
  /** Those that operators open on a phone have a narrow picture too. */
  readonly alsoNarrow?: boolean;
  /** Lists and timelines are cut at the height of a screen. */
  readonly isLong?: boolean;
}

const WIDE = { width: 1280, height: 820 };
const NARROW = { width: 360, height: 780 };
const SCREENS = fileURLToPath(new URL("../../docs/screens/", import.meta.url));

/** Pictures are taken when they are asked for: a normal run leaves the tree as it was. */
const updatesScreens = Deno.args.includes("--update-screens");

/** Opens a page, takes its pictures if they are asked for, and lets axe judge it. */
export async function lookAt(page: Page, shown: Shown, look: Look): Promise<void> {
  const file = `${SCREENS}${shown.name}-${look.locale}-${look.theme}`;
  await page.setViewportSize(WIDE);
  await page.goto(shown.path);
  await settle(page);
  const fullPage = shown.isLong !== true;
  if (updatesScreens) await page.screenshot({ path: `${file}.png`, fullPage });
  await judge(page, shown.name);
  if (shown.alsoNarrow !== true) return;
  await page.setViewportSize(NARROW);
  await page.goto(shown.path);
  await settle(page);
  if (updatesScreens) await page.screenshot({ path: `${file}-narrow.png` });
  await judge(page, `${shown.name} at ${NARROW.width} px`);
}

async function judge(page: Page, name: string): Promise<void> {
  const overflow = await page.evaluate(() =>
    document.documentElement.scrollWidth - document.documentElement.clientWidth
  );
  equal(overflow, 0, `${name} scrolls sideways`);
  await unfold(page, { menu: true });
  deepEqual(await violationsOf(page), [], name);
}

/** Live pages are connected and charts are drawn. */
async function settle(page: Page): Promise<void> {
  const unsettled = page.locator("[data-live=connecting], [data-chart=loading]");
  await until(`${page.url()} settles`, () => unsettled.count(), (count) => count === 0);
  await page.evaluate(() => document.fonts.ready.then(() => true));
}
