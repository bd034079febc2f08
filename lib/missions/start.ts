import { sha256 } from "../digest.ts";
import { AppError } from "../errors.ts";
import { toAttemptId } from "./client_attempt.ts";
import { clockShift } from "./clock_shift.ts";
import { type MissionsContext, noMission } from "./context.ts";
import { isStartOf, openGate } from "./gate.ts";
import type { StartedFact, StartInput } from "./schema.ts";

/** How long a start can be repeated with its key. */
export const START_KEPT_MS = 24 * 3_600_000;

export interface StartOptions {
  readonly kioskId: string | null;
  /** The client's `Idempotency-Key`: the same one again gives the same attempt for a day. */
  readonly idempotencyKey: string | null;
}

export interface StartedAttempt {
  readonly attemptId: string;
  readonly sessionId: string;
}

/** Starting an attempt (M-01, M-03). */
export function createStarts(context: MissionsContext) {
  const { clock, ids, log, rows, attempts, missions, gates } = context;
  /** Repeatable starts under way; the rows know them only after the commit. */
  const underway = new Map<string, Promise<StartedFact>>();

  function toFact(input: StartInput, options: StartOptions): StartedFact {
    const definition = missions.find(input.missionType);
    if (definition === null) throw noMission(missions.types);
    const { kioskId, idempotencyKey } = options;
    const { sentAt: _, ...repeatable } = input;
    const receivedAt = clock.now();
    const clockShiftMs = clockShift(input, receivedAt);
    const keyed = idempotencyKey === null ? {} : {
      startKey: sha256(`${kioskId ?? ""}\n${idempotencyKey}`),
      startBody: sha256(JSON.stringify(repeatable)),
    };
    return {
      type: "missions.attempt_started",
      attemptId: input.attemptId === undefined ? ids.attempt() : toAttemptId(input.attemptId),
      sessionId: input.sessionId,
      missionType: definition.missionType,
      missionVersion: definition.version,
      startAt: input.timestamp - clockShiftMs,
      ...(clockShiftMs === 0 ? {} : { clockShiftMs }),
      receivedAt,
      kioskId,
      ...(input.test === true ? { test: true } : {}),
      ...keyed,
    };
  }

  async function store(fact: StartedFact): Promise<StartedFact> {
    await log.append([fact]);
    gates.add(openGate(fact, missions));
    return fact;
  }

  /** The start that was stored with the key before, or this one, stored now. */
  async function storeOnce(fact: StartedFact, key: string): Promise<StartedFact> {
    await rows.barrier();
    const first = await attempts.findStart(key);
    // The store forgets late; the day is over when it is over.
    const isOver = first === null || fact.receivedAt - first.receivedAt >= START_KEPT_MS;
    return isOver ? await store(fact) : { ...fact, ...first };
  }

  function sharing(key: string, store: () => Promise<StartedFact>): Promise<StartedFact> {
    const known = underway.get(key);
    if (known !== undefined) return known;
    const storing = store().finally(() => underway.delete(key));
    underway.set(key, storing);
    return storing;
  }

  function storeKeyed(fact: StartedFact, key: string): Promise<StartedFact> {
    return sharing(key, () => storeOnce(fact, key));
  }

  /** A start whose id the client made: the id alone tells whether it is here. */
  async function startOwn(fact: StartedFact): Promise<StartedAttempt> {
    const { attemptId, sessionId } = fact;
    const begin = () => gates.use(attemptId, (gate) => gate === null ? store(fact) : fact);
    await sharing(attemptId, begin);
    const isSame = await gates.use(attemptId, (gate) => gate !== null && isStartOf(gate, fact));
    if (isSame) return { attemptId, sessionId };
    throw new AppError("CONFLICT", "Attempt id was used with another start", {
      details: { field: "attemptId", expected: "a new UUID for a new start" },
    });
  }

  /**
   * Starts an attempt; resolves when it is durable.
   * @throws AppError VALIDATION_ERROR for a mission that is not defined
   * @throws AppError CONFLICT for a key, or a client's attempt id, that was used with another start
   */
  async function start(input: StartInput, options: StartOptions): Promise<StartedAttempt> {
    const fact = toFact(input, options);
    if (input.attemptId !== undefined) return await startOwn(fact);
    const first = fact.startKey === undefined
      ? await store(fact)
      : await storeKeyed(fact, fact.startKey);
    if (first.startBody !== fact.startBody) {
      throw new AppError("CONFLICT", "Idempotency-Key was used with another body", {
        details: { field: "Idempotency-Key", expected: "a new key for a new start" },
      });
    }
    return { attemptId: first.attemptId, sessionId: first.sessionId };
  }

  return { start };
}
