import { isCredible } from "../timestamp.ts";

/** When something happened, and when the message left that tells it: by the same clock. */
export interface ToldTimes {
  readonly timestamp: number;
  readonly sentAt?: number;
}

/**
 * By how much the times of an attempt are set back whose kiosk has lost its clock, as after a night
 * without power: its clock goes on from 1970, so durations are right, and what it says when it sends
 * tells how far off it is. 0 for a clock that may be wrong, but names a year of ours.
 */
export function clockShift({ timestamp, sentAt = timestamp }: ToldTimes, receivedAt: number) {
  if (isCredible(timestamp)) return 0;
  const shiftMs = sentAt - receivedAt;
  // Somebody has set the clock between the two: it began no later than it was told.
  return isCredible(timestamp - shiftMs) ? shiftMs : timestamp - receivedAt;
}

/** A time of an attempt as it is kept; one that was told after the clock was set right stays. */
export function setRight(at: number, clockShiftMs: number): number {
  return isCredible(at) ? at : at - clockShiftMs;
}
