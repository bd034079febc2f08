/**
 * `unpaired`: no device has its key. `unknown`: silent for 45 seconds, which a busy network may
 * explain. `offline`: silent for three minutes.
 */
export const KIOSK_STATES = ["online", "unknown", "offline", "unpaired"] as const;
export type KioskState = (typeof KIOSK_STATES)[number];

/** A kiosk as operators see it; times are ISO 8601, null for what it never said. */
export interface KioskView {
  readonly kioskId: string;
  readonly name: string;
  readonly place: string;
  readonly state: KioskState;
  /** `KIOSK_KEYS` names it: it is changed there and not here. */
  readonly isFixed: boolean;
  /** The last sign of life, of whatever kind. */
  readonly lastSeenAt: string | null;
  readonly pairedAt: string | null;
  /** Until when a code is good that was opened for it; null when none is. */
  readonly codeExpiresAt: string | null;
  /** Events that wait on the kiosk. */
  readonly queue: number | null;
  /** 0 to 1. */
  readonly battery: number | null;
  readonly charging: boolean | null;
  readonly page: string | null;
  /** By our clock, as far as the kiosk knows how far its own is ahead. */
  readonly lastTouchAt: string | null;
  readonly version: string | null;
  /** How far the kiosk's clock is ahead of the server's. */
  readonly clockOffsetMs: number | null;
  readonly command: CommandView | null;
}

/** The newest word of an operator to a kiosk, since the server was started. */
export interface CommandView {
  readonly name: "reload" | "message";
  readonly by: string;
  readonly sentAt: string;
  /** Null while it waits for the kiosk. */
  readonly deliveredAt: string | null;
  /** It waited too long, and will not be delivered any more. */
  readonly hasExpired: boolean;
}

/** Of `/admin/kiosks/events`. */
export interface KioskMessages {
  readonly kiosks: readonly KioskView[];
}
