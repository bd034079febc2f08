import type { LedgerEntry } from "../../../tools/simulate/ledger.ts";

/** An event as a client's ledger holds it, sent and acknowledged once. */
export function entry(seq: number, changes: Partial<LedgerEntry> = {}): LedgerEntry {
  return {
    seq,
    clientEventId: `client ${seq}`,
    eventType: "page_view",
    timestamp: `2025-01-19T10:30:0${seq}.000Z`,
    data: { url: `/${seq}`, isMissionRelevant: false },
    sends: 1,
    lastSentAtMs: 0,
    eventId: `event_${seq}`,
    acks: 1,
    refused: null,
    ...changes,
  };
}

/** The same event as a server shows it. */
export function stored(seq: number) {
  return {
    eventId: `event_${seq}`,
    eventType: "page_view",
    timestamp: `2025-01-19T10:30:0${seq}.000Z`,
    data: { url: `/${seq}`, isMissionRelevant: true, clientIsMissionRelevant: false },
    seq,
    clientEventId: `client ${seq}`,
  };
}
