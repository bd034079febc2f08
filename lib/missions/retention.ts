import type { MissionsContext } from "./context.ts";

const DAY_MS = 86_400_000;
/** Told side by side, so that they share commits. */
const BATCH = 100;
/** In one call, so that stopping need not wait long and kiosks are not held up. */
const MAX_PER_STEP = 1_000;

export interface RetentionDeps extends MissionsContext {
  /** Events are kept so long after an attempt's last sign of life; null for ever. */
  readonly retainEventsDays: number | null;
  /** True while an export is read: what it counted must stay until then. */
  readonly isExporting: () => boolean;
}

/** Removing the events of attempts that are over for long; the rows stay as they made them. */
export function createRetention(deps: RetentionDeps) {
  const { clock, rows, attempts, gates, decide, retainEventsDays, isExporting } = deps;

  async function removeFrom(attemptId: string): Promise<boolean> {
    return await gates.use(attemptId, async (gate) => {
      // An export that begins waits for what was appended by then, and for nothing that comes later.
      if (gate === null || gate.eventsRemovedAt !== null || isExporting()) return false;
      await decide(gate, { type: "missions.events_removed", attemptId, at: clock.now() });
      return true;
    });
  }

  /**
   * Removes the events of the first attempts that are old enough; gives of how many. A timer calls
   * it.
   */
  async function removeOldEvents(): Promise<number> {
    if (retainEventsDays === null) return 0;
    let removed = 0;
    while (removed < MAX_PER_STEP && !isExporting()) {
      await rows.barrier();
      const due = await attempts.withEventsBefore(clock.now() - retainEventsDays * DAY_MS, BATCH);
      const done = await Promise.all(due.map(removeFrom));
      removed += done.filter(Boolean).length;
      if (due.length < BATCH) break;
    }
    return removed;
  }

  return { removeOldEvents };
}
