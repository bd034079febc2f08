/** Stops a repeated step; resolves when a run that is under way has ended. */
export type Stop = () => Promise<void>;

/**
 * Runs a public step again and again, never two at once, until stopped. The step is what tests
 * call; this only wakes it.
 */
export function every(
  intervalMs: number,
  step: () => unknown,
  onError: (error: unknown) => void,
): Stop {
  let running: Promise<void> | null = null;
  const run = async (): Promise<void> => {
    try {
      await step();
    } catch (error) {
      onError(error);
    }
  };
  const timer = setInterval(() => {
    // Set to null here and not in `run`, which may be at its end before it is assigned.
    running ??= run().finally(() => running = null);
  }, intervalMs);
  return async () => {
    clearInterval(timer);
    await running;
  };
}

/** Resolves after a while, or at the signal. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done);
  });
}
