import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "../../lib/clock.ts";
import type { Random } from "./random.ts";
import { backoffMs } from "./reconnect.ts";

/** The server was away, or wanted us to wait, longer than the user's patience. */
export class PatienceError extends Error {
  override readonly name = "PatienceError";
}

export interface PatienceDeps {
  readonly patienceMs: number;
  readonly clock: Clock;
  readonly random: Random;
  readonly signal: AbortSignal;
}

/** Waits between the failures of one thing that is tried again and again. */
export interface Patience {
  /** It worked: the next failure is the first again. */
  reset(): void;
  /**
   * Waits as long as the server asked, else by back-off.
   * @throws PatienceError when it has failed for too long
   */
  wait(failure: Failure): Promise<void>;
}

export interface Failure {
  readonly why: string;
  /** What the server asked for, else null. */
  readonly waitMs: number | null;
}

export function createPatience({ patienceMs, clock, random, signal }: PatienceDeps): Patience {
  let failures = 0;
  let since = 0;
  return {
    reset: () => void (failures = 0),
    async wait({ why, waitMs }) {
      if (failures++ === 0) since = clock.monotonic();
      const seconds = Math.round(patienceMs / 1000);
      // A wait that was asked for is the server being there; only its length is judged.
      if (waitMs !== null && waitMs > patienceMs) {
        const asked = Math.round(waitMs / 1000);
        throw new PatienceError(
          `Server asks to wait ${asked} s, longer than --patience ${seconds} (${why})`,
        );
      }
      if (waitMs === null && clock.monotonic() - since > patienceMs) {
        throw new PatienceError(`No success within --patience of ${seconds} s: ${why}`);
      }
      if (waitMs !== null) since = clock.monotonic() + waitMs;
      await sleep((waitMs ?? 0) + backoffMs(failures, random), undefined, { signal });
    },
  };
}
