import type { KioskState } from "./view.ts";

/** A kiosk sends a heartbeat each 20 seconds: two may be lost. */
const UNKNOWN_AFTER_MS = 45_000;
const OFFLINE_AFTER_MS = 180_000;

/** @param silentMs since the last sign of life; null for none ever */
export function stateOf(isPaired: boolean, silentMs: number | null): KioskState {
  if (!isPaired) return "unpaired";
  if (silentMs === null || silentMs >= OFFLINE_AFTER_MS) return "offline";
  return silentMs >= UNKNOWN_AFTER_MS ? "unknown" : "online";
}
