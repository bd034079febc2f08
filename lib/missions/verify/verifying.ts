import { AppError } from "../../errors.ts";
import type { Kv } from "../../kv/port.ts";
import { openStoredLog } from "../../log/mod.ts";
import type { AttemptCounts } from "../attempt_index.ts";
import { type AttemptStore, createAttemptStore } from "../attempt_store.ts";
import { createMissions, type MissionDefinition } from "../definitions.ts";
import { createHistoryStore } from "../history_store.ts";
import { missionFactSchema } from "../schema.ts";
import { type Met, verifyAttempts, verifyHistories } from "./attempts.ts";
import { compareCounts, type Difference } from "./compare.ts";
import { areRowsOutdated, countWaiting, verifyFacts } from "./facts.ts";
import { verifyHours } from "./hours.ts";
import { verifyIndexes } from "./indexes.ts";

export interface VerifyMissionsDeps {
  readonly kv: Kv;
  readonly definitions: readonly MissionDefinition[];
  /** Told of each difference as it is found. */
  readonly onDifference: (difference: Difference) => void;
}

/** What was compared, and in how many places it was not the same. */
export interface Verified {
  readonly attempts: number;
  /** In the histories. */
  readonly facts: number;
  /** Facts that wait in the log for the server's next start; they are in no row yet. */
  readonly waiting: number;
  /**
   * True where the rows are of a program of another version: the next start makes them anew, and
   * they and what is made of them were not compared.
   */
  readonly areRowsOutdated: boolean;
  readonly differences: number;
}

/**
 * Makes every row anew from its history and compares it with the stored one, and the indexes, the
 * counts and the figures of each hour with what the rows make, and what the log still has with the
 * histories. Rows that a program of another version left are not compared. Changes nothing. Nobody
 * may write meanwhile: the store is of a server that stopped, in whatever way, or a copy.
 */
export async function verifyMissions(deps: VerifyMissionsDeps): Promise<Verified> {
  const { kv } = deps;
  const attempts = createAttemptStore(kv);
  const history = createHistoryStore(kv);
  const missions = createMissions(deps.definitions);
  const log = openStoredLog(kv, { missions: missionFactSchema });
  const met: Met = { attempts: 0, facts: 0, counts: {}, entries: 0, unreadable: 0 };
  let differences = 0;

  async function tellAll(found: AsyncIterable<Difference>): Promise<void> {
    const tell = (difference: Difference) => {
      differences++;
      deps.onDifference(difference);
    };
    try {
      for await (const difference of found) tell(difference);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      tell({ attemptId: null, message: `${error.message}: ${error.details?.key}` });
    }
  }

  const isOutdated = await areRowsOutdated(log);
  if (isOutdated) await tellAll(verifyHistories({ kv, history, missions }, met));
  else await tellAll(verifyAttempts({ kv, history, missions }, met));
  // With a row left out, all that is made of rows would differ as well.
  if (!isOutdated && met.unreadable === 0) {
    await tellAll(verifyCounts(attempts, met.counts));
    await tellAll(verifyIndexes({ kv, attempts }, met.entries));
    await tellAll(verifyHours({ kv, attempts, missions }));
  }
  await tellAll(verifyFacts({ log, history }));
  return {
    attempts: met.attempts,
    facts: met.facts,
    waiting: await countWaiting(log),
    areRowsOutdated: isOutdated,
    differences,
  };
}

async function* verifyCounts(attempts: AttemptStore, counted: AttemptCounts) {
  for (const message of compareCounts(await attempts.counts(), counted)) {
    yield { attemptId: null, message };
  }
}
