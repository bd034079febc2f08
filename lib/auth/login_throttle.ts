import type { Clock } from "../clock.ts";

/** Slows down who guesses passwords. */
export interface LoginThrottle {
  /**
   * Counts a try as failed until `clear`, so that tries at the same moment count too. Gives 0 when
   * it may go on, else the milliseconds to wait; a try that has to wait is not counted.
   */
  take(key: string): number;
  /** Forgets what failed; after a success. */
  clear(key: string): void;
}

const WINDOW_MS = 60_000;
const TRIES_PER_WINDOW = 5;
const MAX_WAIT_MS = 15 * 60_000;
/** Keys are chosen by strangers: at most so many, the longest unused goes first. */
const MAX_KEYS = 20_000;

interface Failures {
  readonly count: number;
  readonly firstAt: number;
  readonly blockedUntil: number;
}

/**
 * Five tries a minute; the fifth closes for a minute, and each one after that for twice as long as
 * the one before, up to a quarter of an hour.
 */
export function createLoginThrottle(clock: Clock): LoginThrottle {
  const failures = new Map<string, Failures>();

  function knownOf(key: string, at: number): Failures {
    const known = failures.get(key);
    return known === undefined || isOver(known, at)
      ? { count: 0, firstAt: at, blockedUntil: at }
      : known;
  }

  return {
    take(key) {
      // Not the wall clock: set back by an hour, it would keep everybody out for that long.
      const at = clock.monotonic();
      const { count, firstAt, blockedUntil } = knownOf(key, at);
      if (at < blockedUntil) return blockedUntil - at;
      failures.delete(key);
      failures.set(key, {
        count: count + 1,
        firstAt,
        blockedUntil: at + waitAfter(count + 1),
      });
      if (failures.size > MAX_KEYS) failures.delete(failures.keys().next().value!);
      return 0;
    },
    clear: (key) => void failures.delete(key),
  };
}

/** Too few failures in the minute, or none for a long while after the last wait. */
function isOver({ count, firstAt, blockedUntil }: Failures, at: number): boolean {
  return count < TRIES_PER_WINDOW ? at >= firstAt + WINDOW_MS : at >= blockedUntil + MAX_WAIT_MS;
}

function waitAfter(count: number): number {
  if (count < TRIES_PER_WINDOW) return 0;
  return Math.min(WINDOW_MS * 2 ** (count - TRIES_PER_WINDOW), MAX_WAIT_MS);
}
