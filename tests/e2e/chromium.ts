import type { Browser } from "playwright-core";
import { launchBrowser } from "./browser.ts";

/**
 * Whether a browser can be had here, found out once before any test: `null`, or the reason why not,
 * which is printed, so that tests which are ignored for it are not taken for passed.
 */
export const whyNoChromium: string | null = await probe();

async function probe(): Promise<string | null> {
  let browser: Browser | null = null;
  try {
    browser = await launchBrowser();
    return null;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    console.error(`Browser tests are ignored, as Chromium does not start here: ${reason}`);
    return reason;
  } finally {
    await browser?.close();
  }
}
