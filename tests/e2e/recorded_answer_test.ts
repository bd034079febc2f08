import { deepEqual, equal } from "node:assert/strict";
import { Buffer } from "node:buffer";
import type { Page } from "playwright-core";
import { violationsOf } from "./audit.ts";
import { launchBrowser } from "./browser.ts";
import { whyNoChromium } from "./chromium.ts";
import { lookAtAll } from "./looks.ts";
import { openOperator } from "./operator.ts";
import { makeAccount } from "./people.ts";
import { startServer } from "./server.ts";

const SECONDS = 3;
const BYTES_PER_SEC = 8_000;
const SAID =
  "First I asked 20 visitors what they missed, then I moved the sign; as a result 85% found it.";

Deno.test(
  "[P-43] an answer from a file is sent through a cut, played, and written down",
  { ignore: whyNoChromium !== null },
  async () => {
    await using server = await startServer({ RATE_ANONYMOUS_PER_15_MIN: "100000" });
    const browser = await launchBrowser();
    try {
      await using visitor = await openOperator(browser, { locale: "en", theme: "dark" });
      const { page, context } = visitor;
      await makeAccount(page, server.origin);
      await page.goto(`${server.origin}/app/practice`);
      await page.getByLabel("Language of practice").selectOption("en");
      await page.getByRole("button", { name: "Start", exact: true }).click();

      const file = { name: "answer.wav", mimeType: "audio/wav", buffer: wave() };
      await page.setViewportSize({ width: 360, height: 800 });
      await page.getByLabel("Choose a file").setInputFiles(file);
      await page.getByText("Your recording is ready").waitFor();
      deepEqual(await violationsOf(page), []);
      await context.setOffline(true);
      await page.getByRole("button", { name: "Send the recording" }).click();
      await page.getByText("No connection").waitFor();
      await context.setOffline(false);

      await page.waitForURL(/\/answers\/1$/);
      await page.getByRole("heading", { name: "Write down what you said" }).waitFor();
      deepEqual(await play(page), SECONDS);
      const shown = { name: "app-practice-recording", path: page.url(), alsoNarrow: true };
      await lookAtAll(browser, context, [shown]);
      await page.getByLabel("Your answer").fill("Too few");
      await page.getByRole("button", { name: "Send the answer" }).click();
      await page.getByText("Write 10 to 5,000 characters").first().waitFor();
      equal(await page.getByLabel("Your answer").inputValue(), "Too few");
      deepEqual(await violationsOf(page), []);
      await page.getByLabel("Your answer").fill(SAID);
      await page.getByRole("button", { name: "Send the answer" }).click();
      await page.getByText(/^\d+ of 100$/).waitFor();
      // The cut itself, and the form that was refused on purpose.
      const complaints = visitor.complaints.filter((it) => !/DISCONNECTED|400/.test(it));
      deepEqual(complaints, []);
    } finally {
      await browser.close();
    }
  },
);

/** Plays to the middle and gives the duration in seconds. */
async function play(page: Page): Promise<number> {
  const audio = page.locator("audio");
  await audio.evaluate(async (it: HTMLAudioElement) => {
    const sought = new Promise((resolve) => it.addEventListener("seeked", resolve));
    it.muted = true;
    await it.play();
    it.currentTime = it.duration / 2;
    await sought;
  });
  return await audio.evaluate((it: HTMLAudioElement) => it.duration);
}

/** A WAV file of one channel, 8 bits, 8000 Hz. */
function wave(): Buffer {
  const samples = SECONDS * BYTES_PER_SEC;
  const bytes = new Uint8Array(44 + samples).fill(128);
  const view = new DataView(bytes.buffer);
  const text = (at: number, value: string) => bytes.set(new TextEncoder().encode(value), at);
  text(0, "RIFF");
  view.setUint32(4, 36 + samples, true);
  text(8, "WAVEfmt ");
  const format = [16, 0x0001_0001, BYTES_PER_SEC, BYTES_PER_SEC, 0x0008_0001];
  format.forEach((value, at) => view.setUint32(16 + 4 * at, value, true));
  text(36, "data");
  view.setUint32(40, samples, true);
  return Buffer.from(bytes);
}
