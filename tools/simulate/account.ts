import type { Expected, Found } from "./compare.ts";

/** Client's ledger and server's store against each other, counted in events. */
export interface Account {
  readonly acknowledged: number;
  readonly stored: number;
  /** Acknowledged and not stored. */
  readonly lost: number;
  /** Stored once more than sent. */
  readonly doubled: number;
  /** Stored and never sent. */
  readonly strange: number;
}

export const NOTHING: Account = { acknowledged: 0, stored: 0, lost: 0, doubled: 0, strange: 0 };

/** Counts one attempt. */
export function toAccount(
  { entries }: Pick<Expected, "entries">,
  { events }: Pick<Found, "events">,
): Account {
  const byId = new Map(entries.flatMap((it) => it.eventId === null ? [] : [[it.eventId, it]]));
  const byClientId = new Map(entries.map((it) => [it.clientEventId, it]));
  const known = events.flatMap((it) =>
    byClientId.get(it.clientEventId ?? "") ?? byId.get(it.eventId) ?? []
  );
  const there = new Set(known);
  const acknowledged = entries.filter((it) => it.eventId !== null);
  return {
    acknowledged: acknowledged.length,
    stored: events.length,
    lost: acknowledged.filter((it) => !there.has(it)).length,
    doubled: known.length - there.size,
    strange: events.length - known.length,
  };
}

export function addAccounts(a: Account, b: Account): Account {
  return {
    acknowledged: a.acknowledged + b.acknowledged,
    stored: a.stored + b.stored,
    lost: a.lost + b.lost,
    doubled: a.doubled + b.doubled,
    strange: a.strange + b.strange,
  };
}
