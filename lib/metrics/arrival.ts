import { AppError } from "../errors.ts";
import { validationError } from "../validation.ts";
import { ANONYMOUS, type CountedEvent, DIRECT } from "./event.ts";
import { type EventInput, eventSchema, type MetricsFact } from "./schema.ts";
import type { Device } from "./view.ts";

/** Older events are refused: by then their client's id may be forgotten. */
export const MAX_AGE_MS = 7 * 24 * 3_600_000;
/** By how much a client's clock may be ahead. */
export const MAX_AHEAD_MS = 5 * 60_000;
const MAX_REFERRER_CHARS = 100;

/** What the request says of all its events. */
export interface Origin {
  /** Of the API key or the person; a client's ids are its own. At most 64 characters. */
  readonly source: string;
  /** From the headers, for events that do not say it themselves. */
  readonly country: string;
  readonly device: Device;
}

export interface Arrival {
  readonly origin: Origin;
  readonly receivedAt: number;
  readonly newEventId: () => string;
}

/** An item of a request as the fact that it would be, or why it is refused. */
export function toFact(item: unknown, arrival: Arrival): MetricsFact | AppError {
  const checked = eventSchema.safeParse(item);
  const what = { code: "INVALID_EVENT", what: "Event validation failed" } as const;
  if (!checked.success) return validationError(checked.error, item, what);
  const { origin, receivedAt, newEventId } = arrival;
  const input = checked.data;
  const timestamp = input.timestamp ?? receivedAt;
  if (timestamp < receivedAt - MAX_AGE_MS) return outOfTime("at most 7 days ago");
  if (timestamp > receivedAt + MAX_AHEAD_MS) return outOfTime("not in the future");
  return {
    type: "metrics.event_recorded",
    eventId: newEventId(),
    eventName: input.eventName,
    userId: input.userId ?? null,
    sessionId: input.sessionId ?? null,
    timestamp,
    at: Math.min(timestamp, receivedAt),
    receivedAt,
    country: input.country ?? origin.country,
    device: input.device ?? origin.device,
    referrer: referrerOf(input),
    source: origin.source,
    clientEventId: input.clientEventId ?? null,
  };
}

function outOfTime(expected: string): AppError {
  return new AppError("INVALID_EVENT", "Event validation failed: invalid field 'timestamp'", {
    details: { field: "timestamp", expected },
  });
}

function referrerOf({ referrer }: EventInput): string {
  return hostOf(referrer ?? "") ?? DIRECT;
}

/** The host of an address, or of a host itself, without `www.`; null when it names no site. */
export function hostOf(referrer: string): string | null {
  if (referrer.startsWith("/")) return null;
  const address = /^[a-z][a-z\d+.-]*:/i.test(referrer) ? referrer : `https://${referrer}`;
  const url = URL.parse(address);
  if (url === null || !/^https?:$/.test(url.protocol) || !url.hostname.includes(".")) return null;
  return url.hostname.replace(/^www\./, "").slice(-MAX_REFERRER_CHARS);
}

export function toCounted(fact: MetricsFact): CountedEvent {
  const { userId, sessionId } = fact;
  return {
    eventId: fact.eventId,
    eventName: fact.eventName,
    userId: userId ?? sessionId ?? ANONYMOUS,
    person: personOf(fact),
    timestamp: fact.timestamp,
    at: fact.at,
    receivedAt: fact.receivedAt,
    country: fact.country,
    device: fact.device,
    referrer: fact.referrer,
    kioskId: null,
  };
}

/** A user and a session of the same name are two people. */
export function personOf(
  { userId, sessionId }: Pick<MetricsFact, "userId" | "sessionId">,
): string | null {
  if (userId !== null) return `user ${userId}`;
  return sessionId === null ? null : `session ${sessionId}`;
}
