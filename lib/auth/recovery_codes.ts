import { sha256 } from "../digest.ts";

/** Codes for who has lost the telephone with the second factor: 80 random bits each, good once. */

const COUNT = 10;
const CODE_BYTES = 10;
/** 32, without what is mistaken for something else when it is copied from paper. */
const LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";
const GROUPS = /.{4}/g;

export interface RecoveryCodes {
  /** As they are shown, once: `abcd-efgh-jkmn-pqrs`. */
  readonly codes: readonly string[];
  /** What is stored; so many random bits need no salt. */
  readonly hashes: string[];
}

export function newRecoveryCodes(): RecoveryCodes {
  const codes = Array.from({ length: COUNT }, newCode);
  return { codes, hashes: codes.map(hashOfCode) };
}

/** Dashes, spaces and capitals do not count. */
export function hashOfCode(code: string): string {
  return sha256(code.toLowerCase().replaceAll(/[\s-]/g, ""));
}

function newCode(): string {
  let bits = 0n;
  for (const byte of crypto.getRandomValues(new Uint8Array(CODE_BYTES))) {
    bits = bits << 8n | BigInt(byte);
  }
  let letters = "";
  for (let i = 0; i < CODE_BYTES * 8 / 5; i++, bits >>= 5n) letters += LETTERS[Number(bits & 31n)];
  return letters.match(GROUPS)!.join("-");
}
