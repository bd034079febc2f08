import { type MissionsContext, noAttempt } from "./context.ts";
import { ATTEMPT_STATUSES, type AttemptRow, type MissionFact } from "./schema.ts";

export interface ExcludedPage {
  /** The last excluded first. */
  readonly rows: readonly AttemptRow[];
  readonly hasMore: boolean;
}

/**
 * Leaving attempts out of all numbers, and taking them in again. Both are facts of the log, so an
 * attempt's history has who did it, when and why.
 */
export function createExclusions(context: MissionsContext) {
  const { clock, rows, attempts, missions, gates, decide } = context;

  async function store(fact: MissionFact): Promise<void> {
    await gates.use(fact.attemptId, async (gate) => {
      if (gate === null) throw noAttempt();
      await decide(gate, fact);
    });
  }

  async function current(attemptId: string): Promise<AttemptRow> {
    await rows.barrier();
    const row = await attempts.find(attemptId);
    if (row === null) throw noAttempt();
    return row;
  }

  /**
   * Excludes an attempt; another reason takes the place of the one before.
   * @throws AppError NOT_FOUND
   */
  async function exclude(
    attemptId: string,
    { reason, by }: { reason: string; by: string },
  ): Promise<AttemptRow> {
    const { exclusion } = await current(attemptId);
    if (exclusion?.reason !== reason) {
      await store({ type: "missions.excluded", attemptId, reason, by, at: clock.now() });
    }
    return await current(attemptId);
  }

  /**
   * Undoes an exclusion; nothing happens when there is none.
   * @throws AppError NOT_FOUND
   */
  async function include(attemptId: string, { by }: { by: string }): Promise<AttemptRow> {
    const { exclusion } = await current(attemptId);
    if (exclusion !== null) {
      await store({ type: "missions.included", attemptId, by, at: clock.now() });
    }
    return await current(attemptId);
  }

  async function listExcluded(
    { limit, offset }: { limit: number; offset: number },
  ): Promise<ExcludedPage> {
    await rows.barrier();
    const ids = await attempts.listIds({
      missionTypes: missions.types,
      statuses: ATTEMPT_STATUSES,
      sort: "excludedAt",
      order: "desc",
      limit: limit + 1,
      offset,
    }, null);
    const found = await attempts.findMany(ids.slice(0, limit));
    return { rows: found.filter((row) => row !== null), hasMore: ids.length > limit };
  }

  return { exclude, include, listExcluded };
}
