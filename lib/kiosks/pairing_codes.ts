import type { Clock } from "../clock.ts";
import { AppError } from "../errors.ts";
import { TokenBucket } from "../token_bucket.ts";

/** An open code: whoever types it in gets the key of its kiosk. */
export interface PairingCode {
  readonly kioskId: string;
  /** Six digits. */
  readonly code: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
  /** Who opened it. */
  readonly by: string;
}

/** Codes live in memory alone: what is good for ten minutes has no business on a disk. */
export interface PairingCodes {
  /** Opens a code; an older one of the kiosk is good no more. */
  open(kioskId: string, by: string): PairingCode;
  /**
   * Uses a code up.
   * @throws AppError AUTH_FAILED for one that is not open; RATE_LIMIT when too many were tried
   */
  take(code: string): PairingCode;
  find(kioskId: string): PairingCode | null;
  close(kioskId: string): void;
}

const CODES = 1_000_000;
const TTL_MS = 10 * 60_000;
/** Of everybody together: so in its ten minutes one of 3000 guesses at a code is right. */
const TRIES = { perSec: 0.5, burst: 30 };

interface Open extends PairingCode {
  /** By the monotonic clock: a clock that is set back makes no code live longer. */
  readonly endsAt: number;
}

export function createPairingCodes(clock: Clock, random: () => number = randomCode): PairingCodes {
  const byKiosk = new Map<string, Open>();
  const tries = new TokenBucket(TRIES);

  function find(kioskId: string): Open | null {
    const open = byKiosk.get(kioskId);
    if (open === undefined) return null;
    if (clock.monotonic() < open.endsAt) return open;
    byKiosk.delete(kioskId);
    return null;
  }

  function findByCode(code: string): Open | null {
    for (const kioskId of [...byKiosk.keys()]) {
      const open = find(kioskId);
      if (open?.code === code) return open;
    }
    return null;
  }

  return {
    find,
    close: (kioskId) => void byKiosk.delete(kioskId),
    open(kioskId, by) {
      byKiosk.delete(kioskId);
      let code: string;
      do code = String(random()).padStart(6, "0"); while (findByCode(code) !== null);
      const endsAt = clock.monotonic() + TTL_MS;
      const open = { kioskId, code, by, expiresAt: clock.now() + TTL_MS, endsAt };
      byKiosk.set(kioskId, open);
      return open;
    },
    take(code) {
      const retryAfterMs = tries.take(clock.monotonic());
      if (retryAfterMs > 0) {
        throw new AppError("RATE_LIMIT", "Too many codes were tried, wait before the next", {
          details: { retryAfterMs },
        });
      }
      const open = findByCode(code);
      if (open === null) throw new AppError("AUTH_FAILED", "Code is not known, or it has expired");
      byKiosk.delete(open.kioskId);
      return open;
    },
  };
}

/** From 0 to 999 999, each as likely: what is beyond the last whole million is drawn anew. */
function randomCode(): number {
  const [number] = crypto.getRandomValues(new Uint32Array(1));
  return number < 4_294 * CODES ? number % CODES : randomCode();
}
