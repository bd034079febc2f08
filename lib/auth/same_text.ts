import { timingSafeEqual } from "node:crypto";

const encoder = new TextEncoder();

/** Compares a secret with what was sent for it; how long that takes tells nothing but the length. */
export function isSameText(secret: string, given: string): boolean {
  const expected = encoder.encode(secret);
  const actual = encoder.encode(given);
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}
