import axe from "axe-core";
import { deepEqual, equal, ok } from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { launchBrowser } from "./browser.ts";
import { whyNoChromium } from "./chromium.ts";
import { type Gallery, openGallery } from "./gallery.ts";

/** What stands beside the server's own end-to-end tests: every state of every page, looked at. */
const LANGUAGES = ["ko", "en"] as const;
const THEMES = ["light", "dark"] as const;
const SIZES = [
  { name: "phone", width: 360, height: 780 },
  { name: "desk", width: 1280, height: 820 },
  { name: "wall", width: 2560, height: 1440 },
] as const;

/** Pictures are taken when `GALLERY_SHOTS` names a folder for them: they cost time and memory. */
const SHOTS = Deno.env.get("GALLERY_SHOTS");

interface Scene {
  readonly gallery: Gallery;
  readonly browser: Browser;
}

/** A page in a context of its own, whose console must stay silent. */
async function withPage<T>(
  { browser }: Scene,
  options: Parameters<Browser["newContext"]>[0],
  look: (page: Page, context: BrowserContext) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext(options);
  try {
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(message.text());
    });
    const result = await look(page, context);
    deepEqual(complaints, []);
    return result;
  } finally {
    await context.close();
  }
}

async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.waitForFunction(() => document.querySelector("[data-chart=loading]") === null);
}

/** Opens what is folded. The menu lies over the page and hides its colours from axe. */
async function unfold(page: Page, withMenu: boolean): Promise<void> {
  await page.evaluate((withMenu) => {
    for (const details of document.querySelectorAll("details")) details.open = true;
    if (withMenu) document.querySelector<HTMLElement>("[popover]")?.showPopover();
  }, withMenu);
}

/** Violations as lines that tell what to mend. */
async function violationsOf(page: Page): Promise<string[]> {
  // As a script of the page's own tools: the page's CSP would refuse an inline element.
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() =>
    // deno-lint-ignore no-explicit-any
    (globalThis as any).axe.run(document, { resultTypes: ["violations"] })
  ) as axe.AxeResults;
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`)
  );
}

async function checkEveryPage(scene: Scene, locale: string, theme: "light" | "dark") {
  for (const { name, width, height } of SIZES) {
    const options = { locale, colorScheme: theme, viewport: { width, height } };
    await withPage(scene, { ...options, reducedMotion: "reduce" }, async (page) => {
      for (const path of scene.gallery.paths) {
        await open(page, `${scene.gallery.origin}${path}?lang=${locale}`);
        const file = `${path.slice(1).replaceAll("/", "-")}-${locale}-${theme}-${name}.png`;
        if (SHOTS !== undefined) await page.screenshot({ path: join(SHOTS, file) });
        const overflow = await page.evaluate(() =>
          document.documentElement.scrollWidth - document.documentElement.clientWidth
        );
        equal(overflow, 0, `${path} scrolls sideways at ${width} px`);
        if (name === "wall") continue;
        await unfold(page, name === "desk");
        deepEqual(await violationsOf(page), [], `${path} at ${width} px`);
      }
    });
  }
}

/** The pause button says how many events wait. */
const held = (page: Page) => page.locator("[data-paused] .count");
const positions = (page: Page) =>
  page.locator("[data-position]").evaluateAll((rows) =>
    rows.map((row) => Number(row.getAttribute("data-position")))
  );

Deno.test("pages as people see them", { ignore: whyNoChromium !== null }, async (t) => {
  if (SHOTS !== undefined) mkdirSync(SHOTS, { recursive: true });
  await using gallery = await openGallery();
  const browser = await launchBrowser();
  const scene = { gallery, browser };
  const desk = { viewport: { width: 1280, height: 820 }, locale: "en" };
  const at = (path: string) => `${gallery.origin}${path}`;
  try {
    for (const locale of LANGUAGES) {
      for (const theme of THEMES) {
        await t.step(
          `[M-46][M-55] no page breaks axe or its frame: ${locale}, ${theme}`,
          () => checkEveryPage(scene, locale, theme),
        );
      }
    }

    await t.step(
      "[M-46] the first view costs less than 60 KiB of script",
      () =>
        withPage(scene, desk, async (page) => {
          let bytes = 0;
          page.on("response", async (response) => {
            if (!response.url().endsWith(".js")) return;
            bytes += (await response.request().sizes()).responseBodySize;
          });
          await open(page, at("/admin/dashboard"));
          await page.waitForSelector("[data-live=connected]");
          console.log(`    script of the first view: ${bytes} bytes compressed`);
          ok(bytes > 0 && bytes < 60 * 1024, `${bytes} bytes`);
        }),
    );

    await t.step(
      "[M-48] pause keeps the view, resume leaves no gap",
      () =>
        withPage(scene, desk, async (page) => {
          await open(page, at("/admin/missions/live"));
          await page.waitForSelector("[data-live=connected]");
          await page.locator("[data-paused=false]").click();
          const before = await positions(page);
          await held(page).waitFor();
          deepEqual(await positions(page), before);
          await page.locator("[data-paused=true]").click();
          const after = await positions(page);
          ok(after[0] > before[0]);
          const range = Array.from({ length: after.length }, (_, index) => after[0] - index);
          deepEqual(after, range);
        }),
    );

    await t.step(
      "[M-48] a filter acts at once and stands in the address",
      () =>
        withPage(scene, desk, async (page) => {
          await open(page, at("/admin/missions/live"));
          await page.getByLabel("Mission", { exact: true }).selectOption("vocabulary");
          await page.waitForURL(/mission=vocabulary/);
          await page.waitForSelector("[data-live=connected]");
          equal(await page.getByRole("button", { name: "Apply" }).count(), 0);
        }),
    );

    await t.step(
      "[M-46] the theme changes at once and stays after a reload",
      () =>
        withPage(scene, { ...desk, colorScheme: "light" }, async (page) => {
          await open(page, at("/admin/attempts"));
          const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
          const light = await ground();
          await page.getByRole("button", { name: "Settings and account" }).click();
          await page.getByRole("link", { name: "Dark" }).click();
          const dark = await ground();
          ok(light !== dark);
          equal(page.url(), at("/admin/attempts"));
          await page.reload();
          equal(await ground(), dark);
        }),
    );

    await t.step(
      "[M-46] the language changes by a link and stays",
      () =>
        withPage(scene, desk, async (page) => {
          await open(page, at("/admin/attempts?status=all"));
          await page.getByRole("button", { name: "Settings and account" }).click();
          await page.getByRole("link", { name: "한국어" }).click();
          await page.getByRole("heading", { name: "시도 목록" }).waitFor();
          await open(page, at("/admin/export"));
          await page.getByRole("heading", { name: "내보내기" }).waitFor();
        }),
    );

    await t.step(
      "[M-50] a chart is saved as a picture",
      () =>
        withPage(scene, desk, async (page) => {
          await open(page, at("/admin/missions/portfolio"));
          const [download] = await Promise.all([
            page.waitForEvent("download"),
            page.getByRole("button", { name: "Download PNG: Most abandoned steps" }).click(),
          ]);
          equal(download.suggestedFilename(), "docent-most-abandoned-steps.png");
        }),
    );

    await t.step(
      "[M-46] by keyboard the content is one link away, and the focus is seen",
      () =>
        withPage(scene, desk, async (page) => {
          await open(page, at("/admin/attempts"));
          await page.keyboard.press("Tab");
          const skip = page.locator(".skip");
          equal(await skip.evaluate((it) => it === document.activeElement), true);
          ok((await skip.boundingBox())!.y >= 0);
          await page.keyboard.press("Enter");
          equal(await page.evaluate(() => document.activeElement?.id), "main");
          await page.keyboard.press("Tab");
          const outline = await page.evaluate(() =>
            getComputedStyle(document.activeElement!).outlineStyle
          );
          equal(outline, "solid");
        }),
    );

    await t.step(
      "[M-46] without script pages say that they stand still, and work by forms",
      () =>
        withPage(scene, { ...desk, javaScriptEnabled: false }, async (page) => {
          await page.goto(at("/admin/missions/live"));
          equal(await page.locator(".still").isVisible(), true);
          equal(await page.locator(".live").isVisible(), false);
          await page.getByLabel("Relevance").selectOption("true");
          await page.getByRole("button", { name: "Apply" }).click();
          await page.waitForURL(/relevant=true/);
          await page.goto(at("/admin/missions/portfolio"));
          equal(await page.locator("canvas").first().isVisible(), false);
          equal(await page.getByText("Charts need scripts").first().isVisible(), true);
        }),
    );
  } finally {
    await browser.close();
  }
});
