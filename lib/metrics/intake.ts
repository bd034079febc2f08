import type { Clock } from "../clock.ts";
import { AppError } from "../errors.ts";
import type { Ids } from "../ids.ts";
import type { FactLog, FollowedProjection } from "../log/mod.ts";
import { type Origin, toFact } from "./arrival.ts";
import type { Claim, Keyed, Repeats } from "./repeats.ts";
import type { MetricsFact } from "./schema.ts";

/** What became of one event. */
export interface Accepted {
  readonly eventId: string;
  /** It was stored before, under the same `clientEventId`. */
  readonly duplicate: boolean;
}

/** How many events came to what, for the measurements of ourselves. */
export interface Outcomes {
  readonly stored: number;
  readonly duplicate: number;
  readonly refused: number;
}

export interface IntakeDeps {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: FactLog;
  readonly rows: FollowedProjection;
  readonly repeats: Repeats;
  readonly onOutcomes: (outcomes: Outcomes) => void;
}

/** One event of a request on its way. */
type Item =
  | { readonly kind: "refused"; readonly error: AppError }
  | { readonly kind: "plain"; readonly fact: MetricsFact }
  | { readonly kind: "first"; readonly fact: Keyed; readonly claim: Claim }
  | { readonly kind: "repeat"; readonly claim: Claim };

export function createIntake(deps: IntakeDeps) {
  const { clock, ids, log, rows, repeats } = deps;
  /** Appends that failed may be stored all the same; the rows tell of so many whether they are. */
  let failures = 0;
  let settledFailures = 0;

  /**
   * Stores events; resolves after the commit with what became of each, in their order. The good
   * ones are stored whatever is wrong with the others.
   * @throws AppError UNAVAILABLE when the store does not take them: none of them is stored then,
   *   as far as is known, so they are sent again with the same ids
   */
  async function record(
    items: readonly unknown[],
    origin: Origin,
  ): Promise<readonly (Accepted | AppError)[]> {
    const arrival = { origin, receivedAt: clock.now(), newEventId: ids.event };
    const taken = items.map((item) => take(toFact(item, arrival)));
    const known = await store(taken);
    const results = await Promise.all(taken.map((item) => resultOf(item, known)));
    deps.onOutcomes(countOutcomes(results));
    return results;
  }

  /** At once for all of a request, so that nothing can come in between. */
  function take(fact: MetricsFact | AppError): Item {
    if (fact instanceof AppError) return { kind: "refused", error: fact };
    if (!isKeyed(fact)) return { kind: "plain", fact };
    const claim = repeats.find(fact);
    if (claim !== null) return { kind: "repeat", claim };
    return { kind: "first", fact, claim: repeats.claim(fact) };
  }

  /** Appends what is new; gives the claims of what was stored before. */
  async function store(items: readonly Item[]): Promise<ReadonlySet<Claim>> {
    const firsts = items.filter((item) => item.kind === "first");
    try {
      const known = await knownOf(firsts);
      const facts = items.flatMap((item) => isNew(item, known) ? [item.fact] : []);
      const position = facts.length === 0 ? 0 : await append(facts);
      for (const item of firsts) {
        if (!known.has(item.claim)) item.claim.store(item.fact.eventId, position);
      }
      return known;
    } catch (error) {
      for (const { claim } of firsts) claim.fail(error);
      throw error;
    }
  }

  async function knownOf(firsts: readonly (Item & { kind: "first" })[]): Promise<Set<Claim>> {
    const known = new Set<Claim>();
    if (firsts.length === 0) return known;
    if (settledFailures < failures) {
      const seen = failures;
      await rows.flushedBarrier();
      settledFailures = Math.max(settledFailures, seen);
    }
    const stored = await repeats.stored(firsts.map(({ fact }) => fact));
    for (const [i, eventId] of stored.entries()) {
      if (eventId === null) continue;
      firsts[i].claim.release(eventId);
      known.add(firsts[i].claim);
    }
    return known;
  }

  async function append(facts: readonly MetricsFact[]): Promise<number> {
    try {
      return await log.append(facts);
    } catch (error) {
      failures++;
      throw error;
    }
  }

  return { record };
}

function isKeyed(fact: MetricsFact): fact is Keyed {
  return fact.clientEventId !== null;
}

function isNew(
  item: Item,
  known: ReadonlySet<Claim>,
): item is Extract<Item, { readonly fact: MetricsFact }> {
  return item.kind === "plain" || (item.kind === "first" && !known.has(item.claim));
}

async function resultOf(item: Item, known: ReadonlySet<Claim>): Promise<Accepted | AppError> {
  switch (item.kind) {
    case "refused":
      return item.error;
    case "plain":
      return { eventId: item.fact.eventId, duplicate: false };
    case "first":
      return { eventId: await item.claim.eventId, duplicate: known.has(item.claim) };
    case "repeat":
      return await repeatOf(item.claim);
  }
}

/** Where the first one was not stored, this event alone has to be sent again. */
async function repeatOf({ eventId }: Claim): Promise<Accepted | AppError> {
  try {
    return { eventId: await eventId, duplicate: true };
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

function countOutcomes(results: readonly (Accepted | AppError)[]): Outcomes {
  const refused = results.filter((result) => result instanceof AppError).length;
  const duplicate = results.filter((it) => !(it instanceof AppError) && it.duplicate).length;
  return { stored: results.length - refused - duplicate, duplicate, refused };
}
