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

/**
 * The additions only where the event had an id or a number: else the document's message. What is
 * undefined is left out of the JSON; one literal, because it is made for every event.
 */
export function toAck(receipt: Receipt, input: EventInput, now: number): EventAck {
  const { eventId, duplicate, ackUpTo } = receipt;
  const { clientEventId, seq } = input;
  const type = "event_ack";
  const timestamp = toIso(now);
  if (clientEventId === undefined && seq === undefined) return { type, eventId, timestamp };
  return { type, eventId, timestamp, clientEventId, seq, ackUpTo, duplicate };
}
