import type { Device } from "./view.ts";

/** Where an event comes from, when nobody says it. */
export const UNKNOWN = "unknown";
/** In the place of a referrer that names no site. */
export const DIRECT = "direct";
/** In the place of a user that the event does not name. */
export const ANONYMOUS = "anonymous";

/** An event as the figures count it, wherever it came from. */
export interface CountedEvent {
  readonly eventId: string;
  readonly eventName: string;
  /** As it is shown. */
  readonly userId: string;
  /** By which distinct people are counted; null for somebody unknown. */
  readonly person: string | null;
  /** By the client's clock, epoch milliseconds. */
  readonly timestamp: number;
  /** When it counts: by our clock, and never after it was received. */
  readonly at: number;
  readonly receivedAt: number;
  /** ISO 3166 alpha-2, or `unknown`. */
  readonly country: string;
  readonly device: Device;
  /** A host, or `direct`. */
  readonly referrer: string;
  readonly kioskId: string | null;
}
