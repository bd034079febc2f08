import type { Kv } from "../kv/port.ts";
import { readRows } from "../kv/rows.ts";
import { MAX_AGE_MS } from "./arrival.ts";
import { metricsKeys } from "./keys.ts";
import { clientIdRowSchema, type MetricsFact } from "./schema.ts";

/** A day longer than an event may be old: what is forgotten would be refused as well. */
export const CLIENT_ID_KEPT_MS = MAX_AGE_MS + 24 * 3_600_000;

/** An id that is being stored, or was, and stands in no row yet. */
export interface Claim {
  readonly eventId: Promise<string>;
  /** It is in the log, at or before this position. */
  store(eventId: string, position: number): void;
  /** It was stored before. */
  release(eventId: string): void;
  /** The log did not take it. */
  fail(error: unknown): void;
}

/** The clients' ids: those in the rows, and those on the way there. */
export interface Repeats {
  /** The claim of somebody who was first; null when there is none, and `claim` is free. */
  find(fact: Keyed): Claim | null;
  claim(fact: Keyed): Claim;
  /** First events' ids by rows, null where there is none. */
  stored(facts: readonly Keyed[]): Promise<(string | null)[]>;
}

/** A fact that carries a client's id. */
export type Keyed = MetricsFact & { readonly clientEventId: string };

export interface RepeatsDeps {
  readonly kv: Kv;
  /** Up to which position the rows hold the log. */
  readonly rowsAt: () => number;
}

export function createRepeats({ kv, rowsAt }: RepeatsDeps): Repeats {
  const claims = new Map<string, { readonly claim: Claim; position: number }>();

  /** Lets go of those that rows know by now; the map is in the order of the claims. */
  function prune(): void {
    const position = rowsAt();
    for (const [key, entry] of claims) {
      if (entry.position > position) return;
      claims.delete(key);
    }
  }

  return {
    find: (fact) => claims.get(keyOf(fact))?.claim ?? null,

    claim(fact) {
      prune();
      const key = keyOf(fact);
      const { promise, resolve, reject } = Promise.withResolvers<string>();
      // Often nobody waits for it.
      promise.catch(() => {});
      /** Once it was let go, the id may be somebody else's. */
      const letGo = () => {
        if (claims.get(key) === entry) claims.delete(key);
      };
      const claim: Claim = {
        eventId: promise,
        store(eventId, position) {
          entry.position = position;
          resolve(eventId);
        },
        release(eventId) {
          letGo();
          resolve(eventId);
        },
        fail(error) {
          letGo();
          reject(error);
        },
      };
      const entry = { claim, position: Infinity };
      claims.set(key, entry);
      return claim;
    },

    async stored(facts) {
      const keys = facts.map((fact) => metricsKeys.clientId(fact.source, fact.clientEventId));
      const rows = await readRows(kv, keys, clientIdRowSchema);
      return rows.map((row) => row?.eventId ?? null);
    },
  };
}

function keyOf({ source, clientEventId }: Keyed): string {
  return `${source} ${clientEventId}`;
}
