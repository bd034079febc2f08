import { watchClock } from "../clock_watch.ts";
import type { MissionsContext } from "./context.ts";
import type { MissionDefinition } from "./definitions.ts";
import type { AttemptRow, Lifecycle } from "./schema.ts";

/** A pending attempt that nobody connects to expires after this (T-M06). */
const PENDING_EXPIRE_MS = 10 * 60_000;
/** Read at a time; each is looked at again before it is expired. */
const SWEEP_PAGE = 200;

/** Expiring attempts in which nothing happens any more (E-1). */
export function createExpiry({ clock, rows, attempts, missions, gates, decide }: MissionsContext) {
  const undisturbedMs = watchClock(clock);

  /** When a clock is set ahead by hours, nobody has been silent for hours. */
  function silentMs({ lastReceivedAt }: LastSign): number {
    return Math.min(clock.now() - lastReceivedAt, undisturbedMs());
  }

  async function expireOne({ attemptId }: AttemptRow): Promise<boolean> {
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
    const stale: AttemptRow[] = [];
    for await (const row of attempts.open(missions.types, SWEEP_PAGE)) {
      const definition = missions.version(row.missionType, row.missionVersion);
      if (isStale(row, definition, silentMs(row))) stale.push(row);
    }
    const expired: string[] = [];
    for (const row of stale) if (await expireOne(row)) expired.push(row.attemptId);
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
