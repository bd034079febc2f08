import type { Owning } from "./owning.ts";
import type { Timers } from "./ports.ts";
import type { Queue } from "./queue.ts";
import type { Times } from "./times.ts";
import type { Visit } from "./visit.ts";

export interface KeepingDeps {
  readonly queue: Queue;
  readonly owning: Owning;
  readonly times: Times;
  readonly visit: Visit;
  readonly timers: Timers;
  /** There may be more to deliver. */
  readonly onAdopted: () => void;
}

/** So often a tab looks for what others have left behind. */
const ADOPT_EVERY_MS = 60_000;

export type Keeping = ReturnType<typeof createKeeping>;

/** Which attempts the queue keeps: until they are over and delivered, and what others left. */
export function createKeeping({ queue, owning, times, visit, timers, onAdopted }: KeepingDeps) {
  const drains: (() => void)[] = [];
  let stop = () => {};

  const isDrained = () =>
    queue.entries.values().every(({ attempt, events }) => attempt.known && events.size === 0);

  /** Attempts that are over and delivered leave the queue. */
  function letGo(): void {
    for (const { attempt: { attemptId, known }, events } of [...queue.entries.values()]) {
      if (attemptId === visit.attemptId() || events.size > 0 || !known) continue;
      queue.forget(attemptId);
      owning.release(attemptId);
      times.forget(attemptId);
    }
    if (isDrained()) drains.splice(0).forEach((resolve) => resolve());
  }

  async function adoptOthers(): Promise<void> {
    await owning.adoptAll();
    letGo();
    onAdopted();
    stop = timers.after(ADOPT_EVERY_MS, () => void adoptOthers());
  }

  return {
    letGo,
    adoptOthers,
    drained: (): Promise<void> =>
      isDrained() ? Promise.resolve() : new Promise((resolve) => drains.push(resolve)),
    close: () => stop(),
  };
}
