/** What one connection on `/ws` may do, and how long. */

import type { BucketLimits } from "../lib/token_bucket.ts";

/** Messages that wait for their answer; above this the client is not read any further. */
export const MAX_IN_FLIGHT = 256;
/** In a row, without a good one between them. */
export const MAX_BAD_MESSAGES = 100;
/** Over the rate; each that is within it makes up for one. */
export const MAX_FLOOD_MESSAGES = 2_000;
/** Pings, pongs, heartbeats and the like of one connection; a client needs one in some seconds. */
export const CONTROLS: BucketLimits = { perSec: 20, burst: 200 };
/** A client that floods is asked to wait at least so long. */
export const MIN_PAUSE_MS = 500;
/** Without a sign of life for this long the peer is gone (T-M07). */
export const DEAD_AFTER_MS = 60_000;
/** A new token is sent this long before the old one ends, give or take a heartbeat. */
export const REFRESH_BEFORE_MS = 85_000;
/** The kiosk's line is not told of every message: that would cost 2 µs for each. */
export const TELL_EVERY_MS = 1_000;
/** A client closes after its last event (M-07); one that forgets is closed after this. */
export const LINGER_AFTER_END_MS = 120_000;
