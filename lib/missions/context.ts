import type { Clock } from "../clock.ts";
import { AppError } from "../errors.ts";
import type { Ids } from "../ids.ts";
import type { FactLog, FollowedProjection } from "../log/mod.ts";
import type { AttemptStore } from "./attempt_store.ts";
import type { Missions } from "./definitions.ts";
import { applyToGate, type AttemptGate, restoreGate } from "./gate.ts";
import { createGates, type GateLimits, type Gates } from "./gates.ts";
import type { HistoryStore } from "./history_store.ts";
import type { Refusal } from "./record.ts";
import { isMissionRecord, type MissionFact } from "./schema.ts";
import type { Today } from "./today.ts";

export interface MissionsDeps {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: FactLog;
  readonly rows: FollowedProjection;
  readonly attempts: AttemptStore;
  readonly history: HistoryStore;
  readonly missions: Missions;
  readonly today: Today;
  /** Told of each event that was refused. */
  readonly onRefusal: (reason: Refusal) => void;
  /** Other than the usual ones; for tests. */
  readonly gateLimits?: GateLimits;
}

/** What the use cases share: the parts, the gates, and the one way to commit. */
export interface MissionsContext extends MissionsDeps {
  readonly gates: Gates;
  /**
   * Appends facts that the gate has already been moved past. Should the store not take them, the
   * gate is dropped and made again from what was stored.
   */
  commit(gate: AttemptGate, facts: readonly MissionFact[]): Promise<number>;
  /** Moves the gate past a fact and commits it. */
  decide(gate: AttemptGate, fact: MissionFact): Promise<number>;
}

export function createContext(deps: MissionsDeps): MissionsContext {
  const { log, rows, history, missions } = deps;
  const gates = createGates(async (attemptId) => {
    await rows.flushedBarrier();
    // What could not be put into the rows was acknowledged all the same.
    const parked = (await rows.parkedOf(attemptId)).filter(isMissionRecord);
    return restoreGate([...await history.read(attemptId), ...parked], missions);
  }, deps.gateLimits);

  function commit(gate: AttemptGate, facts: readonly MissionFact[]): Promise<number> {
    const drop = () => gates.drop(gate);
    try {
      return gate.pending = log.append(facts, drop);
    } catch (error) {
      drop();
      throw error;
    }
  }

  return {
    ...deps,
    gates,
    commit,
    decide(gate, fact) {
      applyToGate(gate, fact);
      return commit(gate, [fact]);
    },
  };
}

export function noAttempt(): AppError {
  return new AppError("NOT_FOUND", "Attempt is not known", {
    details: { field: "attemptId", expected: "the id of a started attempt" },
  });
}

/** @param allowed what could have been named instead */
export function noMission(allowed: readonly string[]): AppError {
  return new AppError("VALIDATION_ERROR", "Mission is not defined", {
    details: { field: "missionType", expected: `one of ${allowed.join(", ")}` },
  });
}
