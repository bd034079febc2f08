import { ok } from "node:assert/strict";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";

const SCREENS = fileURLToPath(new URL("../../docs/screens/", import.meta.url));

/** Pictures are taken when they are asked for: a normal run leaves the tree as it was. */
const updatesScreens = Deno.args.includes("--update-screens");

/** Takes the picture of a page as it is now, or sees that there is one. */
export async function picture(page: Page, name: string, { fullPage = false } = {}): Promise<void> {
  const path = `${SCREENS}${name}.png`;
  if (updatesScreens) await page.screenshot({ path, fullPage });
  else ok(existsSync(path), `docs/screens lacks ${name}.png: deno task screens`);
}
