import { AppError } from "../errors.ts";
import type { Passwords } from "./passwords.ts";
import type { Tokens } from "./tokens.ts";

export interface Login {
  /**
   * A bearer token for the administrator. Takes as long for an unknown name as for a known one.
   * @throws AppError AUTH_FAILED
   */
  login(username: string, password: string): Promise<{ token: string; expiresIn: number }>;
}

export interface LoginDeps {
  readonly tokens: Tokens;
  readonly passwords: Passwords;
  readonly username: string | null;
  readonly passwordHash: string | null;
}

/** Hash of nothing anybody knows, compared where there is no account. */
const NOBODY = "$2b$12$C6UzMDM.H6dfI/f/IKcEeO5yhyvS1IlRcLx1Ur3Bk5c2aOkMFv5Ha";

export function createLogin({ tokens, passwords, username, passwordHash }: LoginDeps): Login {
  return {
    async login(givenName, password) {
      const known = passwordHash !== null && givenName === username;
      const matches = await passwords.matches(password, known ? passwordHash : NOBODY);
      if (!known || !matches) throw new AppError("AUTH_FAILED", "Invalid credentials");
      const token = await tokens.signLogin({ username: givenName, role: "admin" });
      return { token, expiresIn: tokens.loginTtlSec };
    },
  };
}
