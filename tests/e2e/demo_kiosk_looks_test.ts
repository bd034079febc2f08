import { deepEqual } from "node:assert/strict";
import type { Browser } from "playwright-core";
import { violationsOf } from "./audit.ts";
import { launchBrowser } from "./browser.ts";
import { whyNoChromium } from "./chromium.ts";
import { picture } from "./pictures.ts";
import { startServer } from "./server.ts";
import {
  choose,
  holdCorner,
  isAt,
  makePortfolio,
  openKiosk,
  rate,
  readCard,
  start,
  typeDigits,
  type Visitor,
  type VisitorOptions,
} from "./visiting.ts";

const LOOKS = [
  { language: "ko", colorScheme: "light" },
  { language: "en", colorScheme: "dark" },
] as const;
/** A phone, and a tall screen in a hall; by the end of their pictures' names. */
const SIZES = [
  ["-narrow", { width: 360, height: 780 }],
  ["", { width: 1080, height: 1920 }],
] as const;

/** Screens with a picture; the others are made of the same parts. */
const PICTURED: ReadonlyMap<string, string> = new Map([
  ["/", "attract"],
  ["/mission-selection", "missions"],
  ["/portfolio/create/auto/step3", "step"],
  ["/vocabulary", "words"],
  ["/mission-rating", "rating"],
]);

/** A fingertip; WCAG 2.2 asks for 24 at least, and for 44 where it can be had. */
const LEAST_TARGET_PX = 44;

const PIN = "2468";

/** What is wrong with the screen as it is now. */
async function faultsOf({ page }: Visitor): Promise<string[]> {
  const measured = await page.evaluate((least) => {
    const root = document.documentElement;
    const overflow = root.scrollWidth - root.clientWidth;
    const small = [...document.querySelectorAll("button")].filter((button) => {
      const { width, height } = button.getBoundingClientRect();
      return Math.min(width, height) < least;
    });
    return [
      ...(overflow === 0 ? [] : [`scrolls sideways by ${overflow} px`]),
      ...small.map((button) => `small target: ${button.outerHTML}`),
    ];
  }, LEAST_TARGET_PX);
  return [...measured, ...await violationsOf(page)];
}

/** Every screen once; gives what is wrong with them. */
async function lookAtAll(browser: Browser, options: VisitorOptions): Promise<string[]> {
  const { language, colorScheme } = options;
  const found: string[] = [];
  await using visitor = await openKiosk(browser, options);
  const { page, t, press } = visitor;
  const look = async () => {
    const place = await page.locator(".kiosk").getAttribute("data-page") ?? "";
    const pictured = PICTURED.get(place);
    for (const [end, size] of SIZES) {
      await page.setViewportSize(size);
      const name = `kiosk-${pictured}-${language}-${colorScheme}${end}`;
      if (pictured !== undefined) await picture(page, name);
      found.push(...(await faultsOf(visitor)).map((fault) => `${place}${end}: ${fault}`));
    }
  };
  await look();
  await holdCorner(visitor);
  await page.getByRole("dialog", { name: t.staff.pin }).waitFor();
  await look();
  await typeDigits(visitor, PIN);
  await press(t.staff.open);
  await isAt(visitor, "/staff");
  await look();
  // So long after a visit was ended no touch begins the next one.
  await page.waitForTimeout(1_100);
  await press(t.staff.resume);
  await start(visitor, "portfolio", look);
  await makePortfolio(visitor, look);
  await look();
  await rate(visitor, 3, { interrupt: look });
  await look();
  for (const way of ["vocabulary_card", "search_result", "etf_detail"] as const) {
    await press(t.thanks.again);
    await choose(visitor, "vocabulary");
    await readCard(visitor, way, look);
    await rate(visitor, 3);
  }
  await press(t.thanks.again);
  await choose(visitor, "portfolio", look);
  await press(t.bar.giveUp);
  await look();
  await press(t.quit.giveUp);
  await isAt(visitor, "/mission-quit");
  await look();
  return [...found, ...visitor.complaints];
}

Deno.test("[M-04][M-55] no screen of the demo kiosk breaks axe, its frame or a fingertip", {
  ignore: whyNoChromium !== null,
}, async () => {
  await using server = await startServer({
    DEMO_KIOSK_PIN: PIN,
    RATE_ANONYMOUS_PER_15_MIN: "100000",
  });
  const browser = await launchBrowser();
  try {
    for (const look of LOOKS) {
      deepEqual(await lookAtAll(browser, { origin: server.origin, ...look }), [], look.language);
    }
  } finally {
    await browser.close();
  }
});
