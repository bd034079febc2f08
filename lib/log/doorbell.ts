/** Wakes everybody who waits; carries nothing, so a missed or doubled ring does no harm. */
export interface Doorbell {
  ring(): void;
  /** Resolves at the next ring, or when `signal` is aborted. */
  wait(signal: AbortSignal): Promise<void>;
}

export function createDoorbell(): Doorbell {
  const waiting = new Set<() => void>();
  return {
    ring() {
      const wake = [...waiting];
      waiting.clear();
      for (const resolve of wake) resolve();
    },
    wait(signal) {
      if (signal.aborted) return Promise.resolve();
      return new Promise((resolve) => {
        const done = () => {
          signal.removeEventListener("abort", done);
          waiting.delete(done);
          resolve();
        };
        signal.addEventListener("abort", done);
        waiting.add(done);
      });
    },
  };
}
