import { deepEqual, equal, match, ok } from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import type { Scene } from "./scene.ts";

/** With a script the page tells how far a download is; the file is what the address gives. */
export async function downloadWithProgress({ server, operator: { page } }: Scene): Promise<void> {
  await page.goto(`${server.origin}/admin/export`);
  await page.getByRole("radio", { name: "Events" }).check();
  await page.getByRole("radio", { name: "NDJSON" }).check();
  await page.getByLabel("Mission").selectOption("portfolio");
  const { name, text } = await savedBy(page, "Download");
  match(name, /^mission_data_\d{4}-\d\d-\d\d\.ndjson$/);
  await page.getByText(`Complete: ${name}`).waitFor();
  const query = "entity=events&format=ndjson&missionType=portfolio&startDate=&endDate=";
  const answer = await page.request.get(`${server.origin}/api/admin/export?${query}`);
  equal(text, await answer.text());
  equal(text.trim().split("\n").length, Number(answer.headers()["x-record-count"]));
  ok(await page.getByRole("radio", { name: "NDJSON" }).isChecked(), "what was chosen stays");
  equal(await page.getByLabel("Mission").inputValue(), "portfolio");
}

/** A copy of all facts comes in again by the form, and everything is known. */
export async function copyAndImport({ server, operator: { page } }: Scene): Promise<void> {
  await page.goto(`${server.origin}/admin/export`);
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download all facts" }).click();
  const path = await (await download).path();
  const lines = readFileSync(path, "utf8").trim().split("\n").length;
  await page.getByLabel("File of facts").setInputFiles(path);
  await page.getByRole("button", { name: "Import" }).click();
  await page.waitForURL(/\/admin\/export\/import$/);
  const figures = await page.locator(".stats dd").allTextContents();
  const count = lines.toLocaleString("en-GB");
  deepEqual(figures.map((text) => text.trim()), [count, "0", count, "0", "0"]);
}

/** What the browser saves when a button is pressed. */
async function savedBy(page: Page, button: string): Promise<{ name: string; text: string }> {
  const waiting = page.waitForEvent("download");
  await page.getByRole("button", { name: button }).click();
  const download = await waiting;
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), "utf8") };
}
