/** What the run has counted so far, over all kiosks. */
export interface Tally {
  visitsDone: number;
  /** Messages with an event, repeats included. */
  sends: number;
  /** Messages whose event had been sent before. */
  repeats: number;
  acks: number;
  /** Acknowledgements that say `duplicate`. */
  duplicateAcks: number;
  connections: number;
  reconnects: number;
  /** Connections broken on purpose. */
  drops: number;
  pauses: number;
  resendRequests: number;
  requests: number;
  /** Requests that had to be sent again. */
  retries: number;
  /** By code: of the server's, or what the network did. */
  readonly errors: Map<string, number>;
  /** Milliseconds from sending to the first acknowledgement, one per event. */
  readonly ackMs: number[];
}

export function createTally(): Tally {
  return {
    visitsDone: 0,
    sends: 0,
    repeats: 0,
    acks: 0,
    duplicateAcks: 0,
    connections: 0,
    reconnects: 0,
    drops: 0,
    pauses: 0,
    resendRequests: 0,
    requests: 0,
    retries: 0,
    errors: new Map(),
    ackMs: [],
  };
}

export function countError(tally: Tally, code: string): void {
  tally.errors.set(code, (tally.errors.get(code) ?? 0) + 1);
}

/** The value below which a share of the sorted values lies, by nearest rank; 0 without values. */
export function quantile(sorted: readonly number[], share: number): number {
  if (sorted.length === 0) return 0;
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(sorted.length * share) - 1))];
}
