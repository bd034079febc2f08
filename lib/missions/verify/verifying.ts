import type { Kv } from "../../kv/port.ts";
import { createAttemptStore } from "../attempt_store.ts";
import { createMissions, type MissionDefinition } from "../definitions.ts";
import { createHistoryStore } from "../history_store.ts";
import { type Met, verifyAttempts } from "./attempts.ts";
import { compareCounts, type Difference } from "./compare.ts";
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
  readonly facts: number;
  readonly differences: number;
}

/**
 * Makes every row anew from its history and compares it with the stored one, and the indexes, the
 * counts and the figures of each hour with what the rows make. Changes nothing. The store must be
 * at rest: of a server that stopped, or a copy.
 */
export async function verifyMissions(deps: VerifyMissionsDeps): Promise<Verified> {
  const { kv } = deps;
  const attempts = createAttemptStore(kv);
  const history = createHistoryStore(kv);
  const missions = createMissions(deps.definitions);
  const met: Met = { attempts: 0, facts: 0, counts: {}, entries: 0, unreadable: 0 };
  let differences = 0;
  const tell = (difference: Difference) => {
    differences++;
    deps.onDifference(difference);
  };
  for await (const found of verifyAttempts({ kv, history, missions }, met)) tell(found);
  if (met.unreadable === 0) {
    for (const message of compareCounts(await attempts.counts(), met.counts)) {
      tell({ attemptId: null, message });
    }
    for await (const found of verifyIndexes({ kv, attempts }, met.entries)) tell(found);
    for await (const found of verifyHours({ kv, attempts, missions })) tell(found);
  }
  return { attempts: met.attempts, facts: met.facts, differences };
}
