import { every, type Stop } from "../lib/timers.ts";
import { type Base, LAG_BEAT_MS } from "./base.ts";
import type { Domains } from "./domains.ts";
import type { Sockets } from "./sockets.ts";

const HEARTBEAT_MS = 25_000;
/** How long somebody who signed out may still hear what is for people who are signed in. */
const RECHECK_MS = 15_000;
const METRICS_MS = 5_000;
const EXPIRY_MS = 15_000;
const TRIM_MS = 60_000;
const SWEEP_MS = 60_000;
/** Hours whose attempts changed are stored so often. */
const HOURS_MS = 30_000;

/** Closes attempts that were left, and their sockets. */
export async function expireStale({ hub }: Base, { missions }: Domains): Promise<void> {
  for (const attemptId of await missions.expireStale()) hub.closeEnded(attemptId);
}

/** Starts all that happens by itself, again and again. */
export function startTimers(base: Base, domains: Domains, { socketIo }: Sockets): Stop[] {
  const { clock, config, fault, hub, lagMeter, log } = base;
  const { missions, people } = domains;
  const trim = () => log.trim(clock.now() - config.storage.logKeptSec * 1000);
  return [
    every(LAG_BEAT_MS, lagMeter.beat, fault("Lag meter failed")),
    every(HEARTBEAT_MS, hub.beat, fault("Heartbeat failed")),
    every(RECHECK_MS, socketIo.recheck, fault("Sign-ins of sockets could not be checked")),
    every(METRICS_MS, socketIo.refreshMetrics, fault("Metrics could not be sent")),
    every(EXPIRY_MS, () => expireStale(base, domains), fault("Expiry sweep failed")),
    every(HOURS_MS, missions.refreshHours, fault("Figures of an hour could not be stored")),
    every(SWEEP_MS, people.removeExpired, fault("Expired notifications could not be removed")),
    every(TRIM_MS, trim, fault("Log could not be trimmed")),
  ];
}
