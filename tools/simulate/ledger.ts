import type { JsonObject } from "../../lib/json.ts";

/** One event as it goes over the wire, and all that came back for it. */
export interface LedgerEntry {
  readonly seq: number;
  readonly clientEventId: string;
  readonly eventType: string;
  readonly timestamp: string;
  readonly data: JsonObject;
  /** How often it was handed to a socket. */
  sends: number;
  lastSentAtMs: number;
  /** By which the server knows it, from the first acknowledgement. */
  eventId: string | null;
  acks: number;
  /** The code with which the server refused it for good. */
  refused: string | null;
}

export type LedgerEvent = Pick<
  LedgerEntry,
  "seq" | "clientEventId" | "eventType" | "timestamp" | "data"
>;

/** What the server names an event by. */
export interface EventKey {
  readonly clientEventId?: string;
  readonly seq?: number;
}

export interface AckFrame extends EventKey {
  readonly eventId: string;
  readonly ackUpTo?: number;
  readonly duplicate?: boolean;
}

export interface Acknowledged {
  readonly seq: number;
  /** Milliseconds since the event was last sent; null after the first acknowledgement. */
  readonly waitedMs: number | null;
}

/**
 * The client's own book of one attempt. An event waits in it until it is acknowledged; what the
 * server says against the book is kept as a complaint.
 */
export interface Ledger {
  readonly entries: readonly LedgerEntry[];
  readonly complaints: readonly string[];
  /** The event has happened and waits to be sent. */
  add(event: LedgerEvent): void;
  find(seq: number): LedgerEntry | null;
  sent(seq: number, atMs: number): void;
  /** Null when it is for nothing in the book. */
  acknowledge(ack: AckFrame, atMs: number): Acknowledged | null;
  refuse(key: EventKey, code: string): boolean;
  /** Happened, not acknowledged and not refused, by `seq`. */
  waiting(): readonly LedgerEntry[];
}

const UNSENT = { sends: 0, lastSentAtMs: 0, eventId: null, acks: 0, refused: null };

export function createLedger(): Ledger {
  const bySeq = new Map<number, LedgerEntry>();
  const byId = new Map<string, LedgerEntry>();
  const complaints: string[] = [];
  const checkAckUpTo = createAckUpToCheck(bySeq, complaints);
  const findBy = ({ seq, clientEventId }: EventKey) =>
    (clientEventId === undefined ? undefined : byId.get(clientEventId)) ??
      (seq === undefined ? undefined : bySeq.get(seq)) ?? null;
  return {
    complaints,
    get entries() {
      return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
    },
    add(event) {
      const entry = { ...event, ...UNSENT };
      bySeq.set(event.seq, entry);
      byId.set(event.clientEventId, entry);
    },
    find: (seq) => bySeq.get(seq) ?? null,
    sent(seq, atMs) {
      const entry = bySeq.get(seq);
      if (entry === undefined) throw new RangeError(`No event ${seq} in the ledger`);
      entry.sends++;
      entry.lastSentAtMs = atMs;
    },
    acknowledge(ack, atMs) {
      const entry = findBy(ack);
      checkAckUpTo(ack.ackUpTo);
      if (entry === null) complaints.push(`Answer "${ack.eventId}" is for nothing that was sent`);
      if (entry === null) return null;
      complaints.push(...faultsOf(entry, ack));
      entry.acks++;
      const { seq } = entry;
      if (entry.eventId !== null) return { seq, waitedMs: null };
      entry.eventId = ack.eventId;
      return { seq, waitedMs: atMs - entry.lastSentAtMs };
    },
    refuse(key, code) {
      const entry = findBy(key);
      if (entry === null || entry.eventId !== null) return false;
      entry.refused = code;
      return true;
    },
    waiting: () =>
      [...bySeq.values()]
        .filter((it) => it.eventId === null && it.refused === null)
        .sort((a, b) => a.seq - b.seq),
  };
}

/** What the server says to be durable may only grow, and only over what was sent. */
function createAckUpToCheck(
  bySeq: ReadonlyMap<number, LedgerEntry>,
  complaints: string[],
): (ackUpTo: number | undefined) => void {
  let highest = 0;
  return (ackUpTo = highest) => {
    if (ackUpTo < highest) complaints.push(`ackUpTo went back from ${highest} to ${ackUpTo}`);
    for (let seq = highest + 1; seq <= ackUpTo; seq++) {
      if ((bySeq.get(seq)?.sends ?? 0) > 0) continue;
      complaints.push(`ackUpTo ${ackUpTo} covers seq ${seq}, which was never sent`);
    }
    highest = Math.max(highest, ackUpTo);
  };
}

function faultsOf(entry: LedgerEntry, ack: AckFrame): string[] {
  const faults: string[] = [];
  const { seq } = entry;
  if (entry.eventId !== null && entry.eventId !== ack.eventId) {
    faults.push(`seq ${seq} was acknowledged as "${entry.eventId}" and as "${ack.eventId}"`);
  }
  if (ack.seq !== undefined && ack.seq !== seq) {
    faults.push(`Acknowledgement of "${entry.clientEventId}" says seq ${ack.seq}, not ${seq}`);
  }
  if (ack.duplicate === true && entry.sends < 2) {
    faults.push(`seq ${seq} was sent once and acknowledged as a repeat`);
  }
  if (entry.acks >= entry.sends) {
    faults.push(`seq ${seq} has more acknowledgements than were asked for`);
  }
  return faults;
}
