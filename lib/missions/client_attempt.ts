import { sha256 } from "../digest.ts";

/** Of 128 bits, as many as a UUID has: no id of ours is as long, so none is ever the same. */
const HEX_DIGITS = 32;
const DECIMAL_DIGITS = 39;

/**
 * The attempt id that belongs to a client's UUID. Always the same one, so that a start can be
 * repeated for ever without a list of what was started; one-way, because the UUID is the right to
 * write into the attempt, and its id is shown to many.
 */
export function toAttemptId(clientAttemptId: string): string {
  const number = BigInt(`0x${sha256(clientAttemptId).slice(0, HEX_DIGITS)}`);
  return `attempt_${String(number).padStart(DECIMAL_DIGITS, "0")}`;
}
