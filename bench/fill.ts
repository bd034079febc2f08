import { systemClock } from "../lib/clock.ts";
import { createIds } from "../lib/ids.ts";
import type { Kv } from "../lib/kv/port.ts";
import { type FactLog, openLog } from "../lib/log/mod.ts";
import { openMissions, SHIPPED_MISSIONS } from "../lib/missions/mod.ts";
import { missionFactSchema } from "../lib/missions/schema.ts";
import { type Visit, visits } from "./visits.ts";

/** What was written. */
export interface Filled {
  readonly attempts: number;
  readonly events: number;
  readonly seconds: number;
}

const FACTS_PER_APPEND = 1_000;

/**
 * Fills an empty store with visits: facts go to the log in bulk, and from there through the
 * projection, so that the file is what a server would have made. Hours are stored as the server's
 * timer does.
 */
export async function fill(kv: Kv, attempts: number): Promise<Filled> {
  const began = performance.now();
  const clock = systemClock;
  const ids = createIds({ clock });
  const onError = (message: string, error: unknown) => console.error(message, error);
  const schemas = { missions: missionFactSchema };
  const log = await openLog({ kv, clock, ids, schemas, onError });
  const missions = await openMissions({
    kv,
    log,
    clock,
    ids,
    definitions: SHIPPED_MISSIONS,
    timeZone: "UTC",
    onRefusal: () => {},
    onFeedError: () => {},
  });
  const events = await appendVisits(log, attempts);
  await missions.realtime();
  while (await missions.refreshHours() > 0);
  await missions.feed.close();
  await log.close();
  return { attempts, events, seconds: (performance.now() - began) / 1000 };
}

async function appendVisits(log: FactLog, attempts: number): Promise<number> {
  let events = 0;
  let facts: Visit = [];
  for (const visit of visits(attempts)) {
    events += visit.filter(({ type }) => type === "missions.event_recorded").length;
    facts = [...facts, ...visit];
    if (facts.length < FACTS_PER_APPEND) continue;
    await log.append(facts);
    facts = [];
  }
  await log.append(facts);
  return events;
}
