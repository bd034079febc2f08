import type { Page } from "playwright-core";
import type { Told } from "./kiosk.ts";

/** What a person reads on the pages. */

/** Figures by their names: of the whole exhibition, or of one mission's card. */
export function figuresOf(page: Page, missionType?: string): Promise<Record<string, string>> {
  const frame = missionType === undefined
    ? "dl.stats"
    : `[aria-labelledby=mission-${missionType}] dl`;
  return page.locator(`${frame} > .stat`).evaluateAll((stats) =>
    Object.fromEntries(
      stats.map((stat) => [
        stat.querySelector("dt")?.textContent,
        stat.querySelector("dd")?.textContent,
      ]),
    )
  );
}

/** The events of one attempt in the live list, oldest first, as the kiosk tells them. */
export function eventsOf(page: Page, attemptId: string): Promise<Told[]> {
  return page.locator("[data-position]").evaluateAll((rows, id) =>
    rows.toReversed()
      .filter((row) => row.querySelector(".event__attempt")?.getAttribute("title") === id)
      .map((row) => ({
        eventType: row.querySelector(".event__type")?.textContent ?? "",
        timestamp: row.querySelector("time")?.getAttribute("datetime") ?? "",
      })), attemptId);
}

/** Positions in the log of all rows of the live list, as shown: newest first. */
export function positionsOf(page: Page): Promise<number[]> {
  return page.locator("[data-position]").evaluateAll((rows) =>
    rows.map((row) => Number(row.getAttribute("data-position")))
  );
}

/** `connecting`, `connected`, `reconnecting` or `stale`. */
export function connectionOf(page: Page): Promise<string | null> {
  return page.locator("[data-live]").getAttribute("data-live");
}

/** Cells of one column of the page's table, from the top. */
export function columnOf(page: Page, heading: string): Promise<string[]> {
  return page.locator("table").evaluate((table, name) => {
    const heads = [...table.querySelectorAll("thead th")].map((th) => th.textContent?.trim());
    return [...table.querySelectorAll("tbody tr")].map((row) =>
      row.children[heads.indexOf(name)].textContent ?? ""
    );
  }, heading);
}
