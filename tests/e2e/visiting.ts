import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import { CARDS, ETFS, PORTFOLIO_NAMES, RISKS, STYLES } from "../../islands/kiosk/content.ts";
import type { MissionType, OpenedVia } from "../../islands/kiosk/visit.ts";
import { type KioskWords, wordsOf } from "../../islands/kiosk/words.ts";

export type Language = "ko" | "en";

/** A finger on the demo kiosk, and everything that its page complains of. */
export interface Visitor extends AsyncDisposable {
  readonly page: Page;
  readonly language: Language;
  readonly t: KioskWords;
  readonly complaints: readonly string[];
  /** A finger on the middle of it, down and up, as glass tells it. */
  touch(target: Locator): Promise<void>;
  press(name: string | RegExp): Promise<void>;
}

export interface VisitorOptions extends BrowserContextOptions {
  readonly origin: string;
  readonly language: Language;
  /** Lets a test move the page's time: `page.clock`. */
  readonly hasOwnTime?: boolean;
}

/** Shorter contacts are taken for wet glass. */
const FINGER_MS = 40;

export async function openKiosk(browser: Browser, options: VisitorOptions): Promise<Visitor> {
  const { origin, language, hasOwnTime = false, ...look } = options;
  const context = await browser.newContext({
    viewport: { width: 540, height: 960 },
    locale: language,
    hasTouch: true,
    reducedMotion: "reduce",
    ...look,
  });
  context.setDefaultTimeout(10_000);
  const complaints: string[] = [];
  context.on("weberror", (error) => complaints.push(String(error.error())));
  context.on("console", (message) => {
    const isOfNetwork = /net::ERR_|WebSocket connection/.test(message.text());
    if (message.type() === "error" && !isOfNetwork) complaints.push(message.text());
  });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  if (hasOwnTime) await page.clock.install();
  await page.goto(`${origin}/kiosk`);
  const touch = async (target: Locator) => {
    await target.scrollIntoViewIfNeeded();
    const { x, y, width, height } = (await target.boundingBox())!;
    const point = { x: x + width / 2, y: y + height / 2 };
    await devtools.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [point] });
    await new Promise((resolve) => setTimeout(resolve, FINGER_MS));
    await devtools.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  };
  return {
    page,
    language,
    t: wordsOf(language),
    complaints,
    touch,
    press: (name) => touch(page.getByRole("button", { name, exact: true })),
    [Symbol.asyncDispose]: () => context.close(),
  };
}

/** The screen that is shown, by the address that events name. */
export async function isAt({ page }: Visitor, address: string): Promise<void> {
  await page.locator(`.kiosk[data-page="${address}"]`).waitFor();
}

/** What happens in the middle of a mission: nothing, or worse. */
export type Interruption = () => Promise<void>;
const undisturbed: Interruption = () => Promise.resolve();

/** From the first screen to the home page of the application. */
export async function start(
  visitor: Visitor,
  mission: MissionType,
  interrupt = undisturbed,
): Promise<void> {
  const { page, t, touch, press } = visitor;
  await isAt(visitor, "/");
  await touch(page.locator(".attract__button"));
  await isAt(visitor, "/onboarding");
  await interrupt();
  await press(t.onboarding.next);
  await choose(visitor, mission, interrupt);
}

export async function choose(
  visitor: Visitor,
  mission: MissionType,
  interrupt = undisturbed,
): Promise<void> {
  const { page, t, touch, press } = visitor;
  await isAt(visitor, "/mission-selection");
  await interrupt();
  await touch(page.getByRole("button", { name: t.missions[mission].name }));
  await isAt(visitor, "/mission-start");
  await interrupt();
  await press(t.start.start);
  await isAt(visitor, "/home");
}

const STEPS = ["", "/step2", "/step3", "/step4", "/step5"].map((it) =>
  `/portfolio/create/auto${it}`
);

/** The five questions. */
export async function makePortfolio(visitor: Visitor, interrupt = undisturbed): Promise<void> {
  const { page, t, touch, press, language } = visitor;
  const next = async (step: number) => {
    await interrupt();
    await press(step === 5 ? t.steps.create : t.steps.next);
  };
  await touch(page.getByRole("navigation").getByRole("button", { name: t.tabs.portfolio }));
  await touch(page.getByRole("button", { name: t.portfolio.create }));
  for (const [i, { label }] of [RISKS[1], STYLES[2]].entries()) {
    await isAt(visitor, STEPS[i]);
    await touch(page.getByRole("button", { name: label[language] }));
    await next(i + 1);
  }
  await isAt(visitor, STEPS[2]);
  await press(t.steps.less(ETFS[0].name[language]));
  await press(t.steps.more(ETFS[3].name[language]));
  await next(3);
  await isAt(visitor, STEPS[3]);
  await press(PORTFOLIO_NAMES[0][language]);
  await next(4);
  await isAt(visitor, STEPS[4]);
  await press(t.steps.higher);
  await next(5);
  await page.getByRole("dialog", { name: t.done.title }).waitFor();
}

/** A card, by one of the three ways, and the three seconds in which it is read. */
export async function readCard(
  visitor: Visitor,
  way: OpenedVia,
  interrupt = undisturbed,
): Promise<void> {
  const { page, t, touch, press, language } = visitor;
  const tab = (name: string) => touch(page.getByRole("navigation").getByRole("button", { name }));
  const card = CARDS[3].title[language];
  await interrupt();
  if (way === "vocabulary_card") {
    await tab(t.tabs.portfolio);
    await touch(page.getByRole("button", { name: t.portfolio.words }));
    await isAt(visitor, "/vocabulary");
  } else if (way === "search_result") {
    await tab(t.tabs.search);
    await isAt(visitor, "/search");
  } else {
    await tab(t.tabs.etf);
    await touch(page.getByRole("button", { name: ETFS[0].name[language] }));
    await isAt(visitor, `/etf/${ETFS[0].id}/detail`);
  }
  await interrupt();
  await press(way === "etf_detail" ? t.etf.explain(card) : card);
  await page.getByRole("dialog", { name: card }).waitFor();
  await page.getByRole("dialog", { name: t.done.title }).waitFor();
}

/** From the word that it is done to the screen that says thanks. */
export async function rate(
  visitor: Visitor,
  rating: number,
  { feedback = "", interrupt = undisturbed } = {},
): Promise<void> {
  const { page, t, press } = visitor;
  await press(t.done.next);
  await isAt(visitor, "/mission-rating");
  await interrupt();
  await press(t.rating.ratings[rating - 1]);
  if (feedback !== "") await page.getByRole("textbox").fill(feedback);
  await press(t.rating.send);
  await isAt(visitor, "/mission-complete");
}

export async function giveUp(visitor: Visitor): Promise<void> {
  const { t, press, page } = visitor;
  await press(t.bar.giveUp);
  await press(t.quit.giveUp);
  await isAt(visitor, "/mission-quit");
  await press(t.quit.reasons[1]);
  await page.getByRole("heading", { name: t.thanks.quitted }).waitFor();
}

/** Longer than the corner has to be held. */
const HELD_MS = 3_200;

/** What staff do, and visitors do not. */
export async function holdCorner({ page }: Visitor): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const touchPoints = [{ x: 20, y: 20 }];
  await devtools.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints });
  await page.waitForTimeout(HELD_MS);
  await devtools.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
}

export async function typeDigits({ press }: Visitor, digits: string): Promise<void> {
  for (const digit of digits) await press(digit);
}
