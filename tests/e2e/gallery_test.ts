import { deepEqual, equal, ok } from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { unfold, violationsOf } from "./audit.ts";
import { launchBrowser } from "./browser.ts";
import { whyNoChromium } from "./chromium.ts";
import { type Gallery, openGallery } from "./gallery.ts";

/** What stands beside the server's own end-to-end tests: every state of every page, looked at. */
const SIZES = {
  phone: { width: 360, height: 780 },
  desk: { width: 1280, height: 820 },
  wall: { width: 2560, height: 1440 },
} as const;

type Size = keyof typeof SIZES;

interface Look {
  readonly locale: "ko" | "en";
  readonly theme: "light" | "dark";
  /** Those at which no page may be wider than its window. */
  readonly sizes: readonly Size[];
  /** The last of them, at which axe judges. */
  readonly judgedAt: Size;
}

/** Each language with each theme, and either with either size: what goes wrong, two of them show. */
const LOOKS: readonly Look[] = [
  { locale: "ko", theme: "light", sizes: ["phone", "wall", "desk"], judgedAt: "desk" },
  { locale: "ko", theme: "dark", sizes: ["phone"], judgedAt: "phone" },
  { locale: "en", theme: "light", sizes: ["phone"], judgedAt: "phone" },
  { locale: "en", theme: "dark", sizes: ["phone", "wall", "desk"], judgedAt: "desk" },
];

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
      // The gallery is no server: a page that asks it for news over Socket.IO gets none.
      const isOfSocket = `${message.text()} ${message.location().url}`.includes("/socket.io/");
      if (message.type() === "error" && !isOfSocket) complaints.push(message.text());
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

/** A browser of its own for each look: one that has drawn some hundred pages may die of it. */
async function checkEveryPage(gallery: Gallery, look: Look): Promise<string[]> {
  const browser = await launchBrowser();
  try {
    return await judgeEveryPage({ gallery, browser }, look);
  } finally {
    await browser.close();
  }
}

/** Each page is opened once and then given each size, as a phone that is turned. */
function judgeEveryPage(scene: Scene, look: Look): Promise<string[]> {
  const { locale, theme, sizes, judgedAt } = look;
  const options = { locale, colorScheme: theme, viewport: SIZES[sizes[0]] };
  return withPage(scene, { ...options, reducedMotion: "reduce" }, async (page) => {
    const faults: string[] = [];
    for (const path of scene.gallery.paths) {
      await page.setViewportSize(SIZES[sizes[0]]);
      await open(page, `${scene.gallery.origin}${path}?lang=${locale}`);
      for (const size of sizes) {
        await page.setViewportSize(SIZES[size]);
        const file = `${path.slice(1).replaceAll("/", "-")}-${locale}-${theme}-${size}.png`;
        if (SHOTS !== undefined) await page.screenshot({ path: join(SHOTS, file) });
        const overflow = await overflowOf(page);
        if (overflow !== 0) faults.push(`${file} is ${overflow} px wider than its window`);
      }
      await unfold(page, { menu: judgedAt === "desk" });
      const where = `${path}, ${locale}, ${theme}, ${judgedAt}`;
      faults.push(...(await violationsOf(page)).map((violation) => `${where}: ${violation}`));
    }
    return faults;
  });
}

/** Pixels by which the page is wider than its window, once it has settled in it. */
async function overflowOf(page: Page): Promise<number> {
  return await page.evaluate(async () => {
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    return document.documentElement.scrollWidth - document.documentElement.clientWidth;
  });
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
    await t.step("[M-46][M-55] no page breaks axe or its frame, in any look", async () => {
      const found = await Promise.all(LOOKS.map((look) => checkEveryPage(gallery, look)));
      deepEqual(found.flat(), []);
    });

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
