import { deepEqual, equal } from "node:assert/strict";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { unfold, violationsOf } from "./audit.ts";
import { type Look, openOperator } from "./operator.ts";
import { picture } from "./pictures.ts";
import { LOOKS } from "./scene.ts";
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
/** The pages of whoever is signed in by a context, in each look, in a browser that has no menu open. */
export async function lookAtAll(
  browser: Browser,
  signedIn: BrowserContext,
  pages: readonly Shown[],
): Promise<void> {
  for (const look of LOOKS) {
    await using reader = await openOperator(browser, look);
    await reader.context.addCookies(await signedIn.cookies());
    await reader.context.clearCookies({ name: /^(lang|theme)$/ });
    for (const shown of pages) await lookAt(reader.page, shown, look);
    deepEqual(reader.complaints, []);
  }
}

/** Opens a page, takes its pictures if they are asked for, and lets axe judge it. */
export async function lookAt(page: Page, shown: Shown, look: Look): Promise<void> {
  const name = `${shown.name}-${look.locale}-${look.theme}`;
  await page.setViewportSize(WIDE);
  await page.goto(shown.path);
  await settle(page);
  await picture(page, name, { fullPage: shown.isLong !== true });
  await judge(page, shown.name);
  if (shown.alsoNarrow !== true) return;
  await page.setViewportSize(NARROW);
  await page.goto(shown.path);
  await settle(page);
  await picture(page, `${name}-narrow`);
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
