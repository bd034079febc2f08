/** Wakes everybody who waits; carries nothing, so a missed or doubled ring does no harm. */
export interface Doorbell {
  ring(): void;
  /** Resolves at the next ring, when `signal` is aborted, or after so many milliseconds. */
  wait(signal: AbortSignal, atMostMs?: number): Promise<void>;
}

export function createDoorbell(): Doorbell {
  const waiting = new Set<() => void>();
  return {
    ring() {
      const wake = [...waiting];
      waiting.clear();
      for (const resolve of wake) resolve();
    },
    wait(signal, atMostMs) {
      if (signal.aborted) return Promise.resolve();
      return new Promise((resolve) => {
        const done = () => {
          clearTimeout(timer);
          signal.removeEventListener("abort", done);
          waiting.delete(done);
          resolve();
        };
        const timer = atMostMs === undefined ? undefined : setTimeout(done, atMostMs);
        signal.addEventListener("abort", done);
        waiting.add(done);
      });
    },
  };
}
