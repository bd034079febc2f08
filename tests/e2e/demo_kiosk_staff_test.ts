import { deepEqual, equal } from "node:assert/strict";
import type { Browser, Page } from "playwright-core";
import { ADMIN } from "../../tools/known_admin.ts";
import { launchBrowser } from "./browser.ts";
import { whyNoChromium } from "./chromium.ts";
import { isMarked, mark, openOperator } from "./operator.ts";
import { startServer } from "./server.ts";
import { KNOWN_ADMIN } from "./stored.ts";
import { until } from "./until.ts";
import { holdCorner, isAt, openKiosk, start, typeDigits } from "./visiting.ts";

const PIN = "2468";
/** Signs in as the administrator, and adds a kiosk; gives the code of the page. */
async function addKiosk(page: Page, origin: string): Promise<string> {
  await page.goto(`${origin}/admin/kiosks`);
  await page.getByLabel("User name").fill(ADMIN.username);
  await page.getByLabel("Password").fill(ADMIN.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByLabel("Name").fill("Hall A");
  await page.getByLabel("Place").fill("First floor");
  await page.getByRole("button", { name: "Add and show the code" }).click();
  const code = await page.locator(".pairing-code").textContent();
  // What follows comes by itself.
  await page.goto(`${origin}/admin/kiosks`);
  return code ?? "";
}

/** What the operators' page says of the kiosk, as text. */
function facts(page: Page): () => Promise<string> {
  return () => page.locator(".kiosk").filter({ hasText: "Hall A" }).innerText();
}

const has = (...words: readonly RegExp[]) => (text: string) =>
  words.every((word) => word.test(text));

async function play(browser: Browser, origin: string): Promise<void> {
  await using operator = await openOperator(browser, { locale: "en", theme: "light" });
  await using visitor = await openKiosk(browser, { origin, language: "en" });
  const { page, t, press } = visitor;
  const code = await addKiosk(operator.page, origin);
  const shown = facts(operator.page);

  await holdCorner(visitor);
  await page.getByRole("dialog", { name: t.staff.pin }).waitFor();
  await typeDigits(visitor, "1111");
  await press(t.staff.open);
  await page.getByText(t.staff.pins.wrong).waitFor();
  await typeDigits(visitor, PIN);
  await press(t.staff.open);
  await isAt(visitor, "/staff");
  await typeDigits(visitor, code === "000000" ? "000001" : "000000");
  await press(t.staff.pair);
  await page.getByText(t.staff.codes.wrong).waitFor();
  await typeDigits(visitor, code);
  await press(t.staff.pair);
  await page.getByText("Hall A, First floor").waitFor();
  await until("it is online", shown, has(/Online/, /\/staff/, /docent-demo/));
  await press(t.staff.resume);
  await isAt(visitor, "/");

  // Missions do not get through, heartbeats do.
  await page.route("**/api/missions/**", (route) => route.abort());
  await start(visitor, "portfolio");
  await until("what waits is shown", shown, has(/\/home/, /[1-9]\d* events?/));
  await page.unroute("**/api/missions/**");
  await until("nothing waits any more", shown, has(/\/home/, /\b0 events/));

  const card = operator.page.locator(".kiosk").filter({ hasText: "Hall A" });
  await card.locator("summary").click();
  await card.getByLabel(/Message/).fill("이제 곧 닫아요 <b>6</b>");
  await card.getByRole("button", { name: /Send/ }).click();
  await page.getByRole("alert").getByText("이제 곧 닫아요 <b>6</b>").waitFor();
  await press(t.message.close);
  await page.getByRole("alert").waitFor({ state: "detached" });

  await mark(page);
  await card.locator("summary").click();
  await card.getByRole("button", { name: /^Reload/ }).click();
  await until("the page is loaded anew", () => isMarked(page).catch(() => true), (it) => !it);
  await isAt(visitor, "/home");
  // The wrong code's.
  const complaints = visitor.complaints.filter((it) => !it.includes("status of 401"));
  deepEqual([complaints, operator.complaints], [[], []]);
}

Deno.test(
  "[M-04][T-M07] staff pair the demo kiosk by its code, see its page and queue at /admin/kiosks, and reach it with a message and a reload",
  {
    ignore: whyNoChromium !== null,
  },
  async () => {
    const settings = { DEMO_KIOSK_PIN: PIN, RATE_ANONYMOUS_PER_15_MIN: "100000" };
    await using server = await startServer({ ...KNOWN_ADMIN, ...settings });
    const browser = await launchBrowser();
    try {
      await play(browser, server.origin);
      equal(browser.contexts().length, 0);
    } finally {
      await browser.close();
    }
  },
);
