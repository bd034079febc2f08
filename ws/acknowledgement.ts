import { toIso } from "../lib/clock.ts";
import type { EventInput, Receipt } from "../lib/missions/mod.ts";
import type { Correlation } from "./errors.ts";
import type { EventAck } from "./protocol.ts";

/** What the client can tell the event by that an answer is for. */
export function correlationOf({ clientEventId, seq }: EventInput): Correlation {
  return {
    ...(clientEventId === undefined ? {} : { clientEventId }),
    ...(seq === undefined ? {} : { seq }),
  };
}

/** The additions only where the event had an id or a number: else the document's message. */
export function toAck(receipt: Receipt, input: EventInput, now: number): EventAck {
  const { eventId, duplicate, ackUpTo } = receipt;
  const plain: EventAck = { type: "event_ack", eventId, timestamp: toIso(now) };
  if (input.clientEventId === undefined && input.seq === undefined) return plain;
  return { ...plain, ...correlationOf(input), ackUpTo, duplicate };
}
