import { collectAll } from "../lib/garbage.ts";
import { createMemoryReturn } from "../lib/memory_return.ts";
import { every, type Stop } from "../lib/timers.ts";
import { type Base, LAG_BEAT_MS } from "./base.ts";
import type { Domains } from "./domains.ts";
import type { Sockets } from "./sockets.ts";

const HEARTBEAT_MS = 25_000;
/** How long somebody who signed out may still hear what is for people who are signed in. */
const RECHECK_MS = 15_000;
const METRICS_MS = 5_000;
const STATUS_MS = 2_000;
/** Of a quarter of an hour; each sweep walks over all open attempts. */
const REPORTS_MS = 5_000;
const EXPIRY_MS = 60_000;
const TRIM_MS = 60_000;
/** Of a hundred entries each: more than a minute makes, and few enough for a stop to wait for. */
const MAX_TRIMS = 300;
const SWEEP_MS = 60_000;
/** Hours whose attempts changed are stored so often. */
const HOURS_MS = 30_000;
/** How often one looks whether a backup is due. */
const BACKUPS_MS = 10_000;

const KEY_USES_MS = 60_000;
/** When kiosks were last heard; so much of it a crash may lose. */
const PRESENCE_MS = 15_000;
/** Often enough to fall into every minute. */
const ALIVE_MS = 20_000;

/** Closes attempts that were left, and their sockets. */
export async function expireStale({ hub }: Base, { missions }: Domains): Promise<void> {
  for (const attemptId of await missions.expireStale()) hub.closeEnded(attemptId);
}

/** How often one looks for analyses that are due again. */
const JOBS_MS = 1_000;
/** How often one looks for interviews whose time is nearly over. */
const DUE_MS = 10_000;

/** How often one looks for uploads that nobody finished. */
const UPLOADS_MS = 60_000;

/** How often one looks for attempts whose events are too old. */
const RETENTION_MS = 60_000;

/** Removes events that are too old, and says so in the log. */
export async function removeOldEvents({ logger }: Base, { missions }: Domains): Promise<void> {
  const attempts = await missions.removeOldEvents();
  if (attempts > 0) logger.info("Events of old attempts removed", { attempts });
}

/** Writes a backup when the schedule wants one, and says so in the log. */
export async function backUpWhenDue({ backups, logger }: Base): Promise<void> {
  const backup = await backups.writeWhenDue();
  if (backup !== null) logger.info("Backup written", { ...backup });
}

/** Removes what the log has kept long enough; what is left of a long backlog waits for the next turn. */
export async function trimLog(
  { log, clock, config }: Pick<Base, "log" | "clock" | "config">,
): Promise<void> {
  const before = clock.now() - config.storage.logKeptSec * 1000;
  for (let n = 0; n < MAX_TRIMS; n++) if (await log.trim(before) === 0) return;
}

/** A turn without a fact is a quiet one. */
const MEMORY_MS = 5_000;

/** Starts all that happens by itself, again and again. */
export function startTimers(base: Base, domains: Domains, { socketIo }: Sockets): Stop[] {
  const { fault, hub, lagMeter } = base;
  const { missions, metrics, people, interviews, kiosks } = domains;
  const returnMemory = createMemoryReturn({
    residentBytes: () => Deno.memoryUsage().rss,
    progress: () => base.log.stats().head,
    collect() {
      missions.letGoOfRows();
      collectAll();
    },
  });
  return [
    every(LAG_BEAT_MS, lagMeter.beat, fault("Lag meter failed")),
    every(HEARTBEAT_MS, hub.beat, fault("Heartbeat failed")),
    every(RECHECK_MS, socketIo.recheck, fault("Sign-ins of sockets could not be checked")),
    every(METRICS_MS, socketIo.refreshMetrics, fault("Metrics could not be sent")),
    every(STATUS_MS, socketIo.refreshStatus, fault("Number of people could not be sent")),
    every(EXPIRY_MS, () => expireStale(base, domains), fault("Expiry sweep failed")),
    every(HOURS_MS, missions.refreshHours, fault("Figures of an hour could not be stored")),
    every(KEY_USES_MS, base.apiKeys.storeUses, fault("Last uses of keys could not be stored")),
    every(PRESENCE_MS, kiosks.storePresence, fault("Signs of life could not be stored")),
    every(ALIVE_MS, metrics.beat, fault("Sign of life could not be stored")),
    every(SWEEP_MS, people.removeExpired, fault("Expired notifications could not be removed")),
    every(JOBS_MS, interviews.queue.pump, fault("Answers could not be taken up")),
    every(RETENTION_MS, interviews.sessions.removeOld, fault("Old interviews were not removed")),
    every(DUE_MS, interviews.sessions.settleDue, fault("Interviews could not be ended")),
    every(UPLOADS_MS, interviews.recordings.removeAbandoned, fault("Old uploads were not removed")),
    every(REPORTS_MS, domains.reports.readMissions, fault("Ratings could not be reported")),
    every(TRIM_MS, () => trimLog(base), fault("Log could not be trimmed")),
    every(RETENTION_MS, () => removeOldEvents(base, domains), fault("Events were not removed")),
    every(MEMORY_MS, returnMemory, fault("Memory could not be given back")),
    every(BACKUPS_MS, () => backUpWhenDue(base), fault("Backup could not be written")),
  ];
}
