export interface MemoryReturnDeps {
  readonly residentBytes: () => number;
  /** Grows with all that is done for somebody. */
  readonly progress: () => number;
  readonly collect: () => void;
}

/** Less is not worth that everybody waits for it. */
export const WORTH_BYTES = 16 * 1024 * 1024;

/**
 * Gives back what a storm has left, once it is over. V8 grows its heap while thousands of kiosks
 * come, and would keep the gaps between what stays. Collecting stops everything for some tenths of
 * a second, so it waits for a turn in which nothing was done, and for memory to have grown since
 * the last time. A timer takes the turns.
 */
export function createMemoryReturn({ residentBytes, progress, collect }: MemoryReturnDeps) {
  let seen = progress();
  let settled = residentBytes();
  return function returnMemory(): void {
    const now = progress();
    const isQuiet = now === seen;
    seen = now;
    if (!isQuiet || residentBytes() - settled < WORTH_BYTES) return;
    collect();
    settled = residentBytes();
  };
}
