import type { Passwords } from "../../lib/auth/passwords.ts";

/** Passwords without the cost: it remembers what was asked, so that tests count and need no watch. */
export interface FakePasswords extends Passwords {
  /** What each comparison was made with, oldest first. */
  readonly compared: { readonly password: string; readonly hash: string }[];
  /** Of a password that nobody chose through `hash`. */
  know(hash: string, password: string): void;
}

export function fakePasswords(): FakePasswords {
  const compared: { password: string; hash: string }[] = [];
  const passwords = new Map<string, string>();
  return {
    compared,
    know: (hash, password) => void passwords.set(hash, password),
    matches(password, hash) {
      compared.push({ password, hash });
      return Promise.resolve(passwords.get(hash) === password);
    },
    hash(password) {
      const hash = `hash ${passwords.size} of a password`;
      passwords.set(hash, password);
      return Promise.resolve(hash);
    },
    close() {},
  };
}
