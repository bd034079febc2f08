import { watchClock } from "../clock_watch.ts";
import type { MissionsContext } from "./context.ts";
import type { MissionDefinition } from "./definitions.ts";
import type { Lifecycle } from "./schema.ts";

/** A pending attempt that nobody connects to expires after this (T-M06). */
const PENDING_EXPIRE_MS = 10 * 60_000;
/** Looked at together; each is looked at again before it is expired. */
const SWEEP_PAGE = 200;

/** Expiring attempts in which nothing happens any more (E-1). */
export function createExpiry({ clock, rows, attempts, missions, gates, decide }: MissionsContext) {
  const undisturbedMs = watchClock(clock);

  /** When a clock is set ahead by hours, nobody has been silent for hours. */
  function silentMs({ lastReceivedAt }: LastSign): number {
    return Math.min(clock.now() - lastReceivedAt, undisturbedMs());
  }

  /** What is in memory is newer than its row, and spares reading those that are connected. */
  async function staleOf(attemptIds: readonly string[]): Promise<string[]> {
    const stale: string[] = [];
    const others: string[] = [];
    for (const attemptId of attemptIds) {
      const gate = gates.find(attemptId);
      if (gate === null) others.push(attemptId);
      else if (isStale(gate, gate.definition, silentMs(gate))) stale.push(attemptId);
    }
    for (const row of await attempts.findMany(others)) {
      if (row === null) continue;
      const definition = missions.version(row.missionType, row.missionVersion);
      if (isStale(row, definition, silentMs(row))) stale.push(row.attemptId);
    }
    return stale;
  }

  async function expireOne(attemptId: string): Promise<boolean> {
    return await gates.use(attemptId, async (gate) => {
      // The row may be behind: what counts is the gate.
      if (gate === null || !isStale(gate, gate.definition, silentMs(gate))) return false;
      await decide(gate, { type: "missions.attempt_expired", attemptId, at: clock.now() });
      return true;
    });
  }

  /** One sweep over the open attempts; gives the ids of those that expired. A timer calls it. */
  async function expireStale(): Promise<string[]> {
    await rows.barrier();
    const stale: string[] = [];
    for await (const page of attempts.openIds(missions.types, SWEEP_PAGE)) {
      stale.push(...await staleOf(page));
    }
    const expired: string[] = [];
    for (const attemptId of stale) if (await expireOne(attemptId)) expired.push(attemptId);
    return expired;
  }

  return { expireStale };
}

interface LastSign {
  readonly lifecycle: Lifecycle;
  readonly lastReceivedAt: number;
}

function isStale(
  { lifecycle }: LastSign,
  definition: MissionDefinition,
  silentMs: number,
): boolean {
  if (lifecycle.phase === "pending") return silentMs >= PENDING_EXPIRE_MS;
  return lifecycle.phase === "in_progress" && silentMs >= definition.idleExpireSec * 1000;
}
