import { toIso } from "../clock.ts";
import { dayOf, type Span } from "../time_zone.ts";
import { floorTo, HOUR_MS, MINUTE_MS } from "./bucket_store.ts";
import type { Window, WindowName } from "./view.ts";

/** A span and the one it is compared with, epoch milliseconds. */
export interface Comparison {
  readonly now: Span;
  readonly before: Span;
}

const MINUTES: Record<Exclude<WindowName, "today">, number> = { "5m": 5, "1h": 60, "24h": 1_440 };

/**
 * The span of a name up to now. `today` is compared with as much of yesterday, the others with the
 * time right before them (T-E02).
 */
export function windowOf(
  name: WindowName,
  { now, timeZone }: { readonly now: number; readonly timeZone: string },
): Comparison {
  if (name !== "today") return lastMinutes(MINUTES[name], now);
  const { from } = dayOf(now, timeZone);
  const yesterday = dayOf(from - 1, timeZone);
  return {
    now: { from, to: now },
    before: { from: yesterday.from, to: yesterday.from + passed({ from, to: now }) },
  };
}

/** The last minutes, the one under way included, and those right before them. */
export function lastMinutes(minutes: number, now: number): Comparison {
  const from = floorTo(now, MINUTE_MS) - (minutes - 1) * MINUTE_MS;
  return {
    now: { from, to: now },
    before: { from: from - passed({ from, to: now }), to: from },
  };
}

/**
 * What has passed, to the nearest minute: the one under way is on average half a minute long, and
 * would look like a loss beside a whole one.
 */
function passed({ from, to }: Span): number {
  return Math.round((to - from) / MINUTE_MS) * MINUTE_MS;
}

const VOLUME_HOURS = 24;

/** The hours of the volume chart: the one under way and those before it (T-E07). */
export function volumeHours(now: number): Span {
  const from = floorTo(now, HOUR_MS) - (VOLUME_HOURS - 1) * HOUR_MS;
  return { from, to: from + VOLUME_HOURS * HOUR_MS };
}

export function toWindow({ now, before }: Comparison): Window {
  return { ...toFromTo(now), compareFrom: toIso(before.from), compareTo: toIso(before.to) };
}

export function toFromTo({ from, to }: Span): { readonly from: string; readonly to: string } {
  return { from: toIso(from), to: toIso(to) };
}
