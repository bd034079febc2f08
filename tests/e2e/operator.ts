import type { Browser, BrowserContext, Page } from "playwright-core";

export const ACCOUNT = { username: "hall", password: "a long enough secret" } as const;

/** The browser of one operator, and everything in it that a person would call broken. */
export interface Operator extends AsyncDisposable {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Errors of scripts and refusals of the content policy; a server that is away is none. */
  readonly complaints: readonly string[];
}

export interface Look {
  readonly locale: "ko" | "en";
  readonly theme: "light" | "dark";
  readonly width?: number;
}

export async function openOperator(
  browser: Browser,
  { locale, theme, width = 1280 }: Look,
): Promise<Operator> {
  const context = await browser.newContext({
    locale,
    colorScheme: theme,
    reducedMotion: "reduce",
    viewport: { width, height: 820 },
  });
  context.setDefaultTimeout(10_000);
  const complaints: string[] = [];
  context.on("weberror", (error) => complaints.push(String(error.error())));
  context.on("console", (message) => {
    const text = message.text();
    if (message.type() === "error" && !/net::ERR_|status of 4\d\d/.test(text)) {
      complaints.push(text);
    }
  });
  const page = await context.newPage();
  return { context, page, complaints, [Symbol.asyncDispose]: () => context.close() };
}

/** Creates the administrator by the link of the first start; lands on the dashboard. */
export async function setUp(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel("User name").fill(ACCOUNT.username);
  await page.getByLabel("Password", { exact: true }).fill(ACCOUNT.password);
  await page.getByLabel("Password again").fill(ACCOUNT.password);
  await page.getByRole("button", { name: "Create and sign in" }).click();
  await page.waitForURL(/\/admin\/dashboard$/);
}

/** Fills the form of sign-in where it is; it leads to where the operator wanted to go. */
export async function signIn(page: Page): Promise<void> {
  await page.getByLabel("User name").fill(ACCOUNT.username);
  await page.getByLabel("Password").fill(ACCOUNT.password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

export async function signOut(page: Page): Promise<void> {
  await openMenu(page);
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL(/signed-out/);
}

export async function openMenu(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Settings and account" }).click();
}

/** A mark that a reload would wipe away. */
export async function mark(page: Page): Promise<void> {
  await page.evaluate(() => document.documentElement.dataset.sameDocument = "yes");
}

export function isMarked(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.dataset.sameDocument === "yes");
}
