import { benchCost, benchDelivery, DASHBOARDS } from "./live.ts";
import { benchPages } from "./pages.ts";

const ATTEMPTS = 100_000;
const EVENTS_PER_SEC = 200;

/**
 * How soon events reach open pages, what open pages cost the ingest rate, and how long the server
 * takes for each page.
 * @param seconds of each load
 */
export async function benchDashboard(
  seconds: number,
  report: (line: string) => void,
): Promise<string[]> {
  return [
    "## From the acknowledgement to the page",
    "The time from when the kiosk has the acknowledgement to when the page has the event, over the " +
    "live stream. Who sends and who watches share the machine with the server.",
    await benchDelivery({ perSec: EVENTS_PER_SEC, seconds, dashboards: [1, DASHBOARDS] }, report),
    "## What open pages cost",
    "The ingest rate without and with pages that watch, in turns; the best one of three each.",
    await benchCost(seconds, report),
    `## Pages, with ${ATTEMPTS} attempts`,
    "From the request to the whole of its HTML within the server, with the reading of what it " +
    "shows. `first` is the first of its kind in a process.",
    await benchPages(ATTEMPTS, report),
  ];
}
