import list from "./common_passwords.json" with { type: "json" };

const COMMON: ReadonlySet<string> = new Set(list.passwords.split(" "));

/** Whether a password is among the 3500 that are tried first, however its letters are written. */
export function isCommon(password: string): boolean {
  return COMMON.has(password.toLowerCase());
}
