import { compose } from "../compose/mod.ts";
import { parseConfig } from "../lib/config/mod.ts";
import type { FactLog } from "../lib/log/mod.ts";
import { silentLogger } from "../lib/logger.ts";
import { type Period, type Visit, visits } from "./visits.ts";

const DAY_MS = 24 * 3_600_000;
/** Thirty days, and one for periods that begin later. */
export const PERIOD: Period = {
  from: Date.UTC(2025, 0, 1),
  to: Date.UTC(2025, 0, 1) + 31 * DAY_MS,
};
const FACTS_PER_APPEND = 1_000;

/** What was written. */
export interface Filled {
  readonly attempts: number;
  readonly events: number;
  readonly seconds: number;
}

/**
 * Fills a new file with visits. Their facts go to the server's own log in bulk, and from there into
 * everything that follows it; hours are stored as the server's timer does.
 */
export async function fill(path: string, attempts: number): Promise<Filled> {
  const began = performance.now();
  const config = parseConfig({ KV_PATH: path, EXHIBITION_TZ: "UTC" });
  await using docent = await compose(config, { logger: silentLogger });
  const events = await appendVisits(docent.log, attempts, PERIOD);
  await docent.missions.realtime();
  while (await docent.missions.refreshHours() > 0);
  return { attempts, events, seconds: (performance.now() - began) / 1000 };
}

/** Appends the facts of so many visits; gives how many events they have. */
export async function appendVisits(
  log: FactLog,
  attempts: number,
  period: Period,
): Promise<number> {
  let events = 0;
  let facts: Visit = [];
  for (const visit of visits(attempts, period)) {
    events += visit.filter(({ type }) => type === "missions.event_recorded").length;
    facts = [...facts, ...visit];
    if (facts.length < FACTS_PER_APPEND) continue;
    await log.append(facts);
    facts = [];
  }
  await log.append(facts);
  return events;
}
