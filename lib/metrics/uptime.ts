import type { Clock } from "../clock.ts";
import { decodeJson, encodeJson } from "../kv/json_value.ts";
import type { Kv } from "../kv/port.ts";
import type { Span } from "../time_zone.ts";
import { floorTo, HOUR_MS, MINUTE_MS } from "./bucket_store.ts";
import { metricsKeys } from "./keys.ts";
import { aliveRowSchema } from "./schema.ts";

/** Share of the minutes in which the server was alive, as its heartbeat noted them (T-E11). */
export interface Uptime {
  /** Notes this minute, once. A timer calls it more often than every minute. */
  beat(): Promise<void>;
  /** Percent, rounded down to two decimals, of the minutes of 30 days or since the first beat. */
  percent(): number;
  /** The minutes that it is a share of. */
  span(): Span;
}

const SPAN_MS = 30 * 24 * HOUR_MS;
const KEPT_MS = SPAN_MS + 24 * HOUR_MS;
/** Minutes in each of the two numbers of a row: bits of an integer. */
const HALF = 30;

/** Which minutes of an hour there was a beat in: bits of two numbers. */
interface AliveHour {
  readonly low: number;
  readonly high: number;
}

const DEAD: AliveHour = { low: 0, high: 0 };

/** Reads the notes of earlier processes; a minute without one was downtime. */
export async function openUptime(kv: Kv, clock: Clock): Promise<Uptime> {
  const hours = new Map<number, AliveHour>();
  for await (const { key, value } of kv.list({ prefix: metricsKeys.aliveAll })) {
    hours.set(Number(key.at(-1)), decodeJson(key, value, aliveRowSchema));
  }

  /** Whole minutes up to the one under way, which cannot be told yet. */
  function span(): Span {
    const to = floorTo(clock.now(), MINUTE_MS);
    return { from: Math.min(to, Math.max(to - SPAN_MS, firstMinute() ?? to)), to };
  }

  function firstMinute(): number | null {
    const hour = Math.min(...hours.keys());
    const known = hours.get(hour);
    return known === undefined ? null : hour + MINUTE_MS * firstBit(known);
  }

  return {
    span,
    async beat() {
      const now = clock.now();
      const hour = floorTo(now, HOUR_MS);
      const known = hours.get(hour) ?? DEAD;
      const noted = note(known, Math.floor((now - hour) / MINUTE_MS));
      if (noted.low === known.low && noted.high === known.high) return;
      await kv.set(metricsKeys.alive(hour), encodeJson(noted), { expireIn: KEPT_MS });
      hours.set(hour, noted);
      for (const old of hours.keys()) if (old < hour - KEPT_MS) hours.delete(old);
    },
    percent() {
      const { from, to } = span();
      if (from === to) return 100;
      let alive = 0;
      for (const [hour, noted] of hours) alive += countBits(noted, { from, to }, hour);
      // Down, so that a minute of downtime is never rounded away.
      return Math.floor(alive * 10_000 * MINUTE_MS / (to - from)) / 100;
    },
  };
}

function note({ low, high }: AliveHour, minute: number): AliveHour {
  return minute < HALF
    ? { low: low | 1 << minute, high }
    : { low, high: high | 1 << minute - HALF };
}

function firstBit({ low, high }: AliveHour): number {
  const lowest = (bits: number) => 31 - Math.clz32(bits & -bits);
  return low === 0 ? HALF + lowest(high) : lowest(low);
}

/** Noted minutes of an hour that lie in a span. */
function countBits({ low, high }: AliveHour, { from, to }: Span, hour: number): number {
  const first = Math.max(0, (from - hour) / MINUTE_MS);
  const end = Math.min(2 * HALF, (to - hour) / MINUTE_MS);
  return onesOf(low & maskOf(first, end)) + onesOf(high & maskOf(first - HALF, end - HALF));
}

/** The bits of a half from one place up to another. */
function maskOf(first: number, end: number): number {
  const upTo = (bit: number) => 2 ** Math.min(HALF, Math.max(0, bit)) - 1;
  return upTo(end) & ~upTo(first);
}

function onesOf(bits: number): number {
  let ones = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) ones++;
  return ones;
}
