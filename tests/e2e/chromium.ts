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
    const reason = toReason(error);
    console.error(`Browser tests are ignored, as Chromium does not start here: ${reason}`);
    return reason;
  } finally {
    await browser?.close();
  }
}

/** What went wrong, without the long command line and the log of the driver. */
function toReason(error: unknown): string {
  const [message] = (error instanceof Error ? error.message : String(error)).split("Call log:");
  return message.split("\n").filter((line) => !line.includes("<launching>")).join("\n").trim();
}
