/** One contact with the glass, from its begin to its end. */
export interface Touch {
  readonly durationMs: number;
  readonly movedPx: number;
  /** The longer side of the contact; 0 where the device does not tell. */
  readonly sizePx: number;
  /** Contacts that there were at once. */
  readonly contacts: number;
}

/** A palm, a sleeve or a bag covers more. */
const MAX_FINGER_PX = 90;
/** Two hands with all their fingers, or a cloth. */
const MAX_CONTACTS = 3;
/** Glass that is wet or charged makes shorter ones. */
const MIN_TOUCH_MS = 20;
/** What lies on the glass stays longer. */
const MAX_TAP_MS = 1_500;
/** Who wipes the glass goes further. */
const MAX_TAP_PX = 40;

/** A finger: somebody is there. */
export function isDeliberate({ durationMs, sizePx, contacts }: Touch): boolean {
  return durationMs >= MIN_TOUCH_MS && sizePx <= MAX_FINGER_PX && contacts <= MAX_CONTACTS;
}

/** One finger, down and up: somebody wants to begin. */
export function isTap(touch: Touch): boolean {
  return isDeliberate(touch) && touch.contacts === 1 && touch.durationMs <= MAX_TAP_MS &&
    touch.movedPx <= MAX_TAP_PX;
}
