import { z } from "zod";
import type { Clock } from "../clock.ts";
import type { Ids } from "../ids.ts";
import { sha256 } from "../digest.ts";
import { AppError } from "../errors.ts";
import { decodeJson, encodeJson } from "../kv/json_value.ts";
import type { Kv } from "../kv/port.ts";
import type { Account, Accounts } from "./accounts.ts";
import { authKeys } from "./keys.ts";
import { accountProblems } from "./new_account.ts";
import type { Passwords } from "./passwords.ts";
import { randomToken } from "./random_token.ts";
import { isSameText } from "./same_text.ts";
import { newStaff } from "./settings_account.ts";

const linkSchema = z.object({ tokenHash: z.string(), expiresAt: z.number() });

const LINK_TTL_MS = 30 * 60_000;

export interface FirstAccount {
  readonly token: string;
  readonly username: string;
  readonly password: string;
}

/** Lets whoever started the server make the first administrator; there is no default password. */
export interface SetupLink {
  /** The token of a new link, and the end of any before; null when somebody can sign in already. */
  open(): Promise<string | null>;
  isGood(token: string): Promise<boolean>;
  /**
   * Makes the account and ends the link; null when the link is no longer good. Of two at the same
   * time one is made.
   * @throws AppError VALIDATION_ERROR for a name or password that is refused
   */
  use(account: FirstAccount): Promise<Account | null>;
}

export interface SetupLinkDeps {
  readonly kv: Kv;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly accounts: Accounts;
  readonly passwords: Passwords;
}

export function createSetupLink({ kv, clock, ids, accounts, passwords }: SetupLinkDeps): SetupLink {
  /** The entry behind a good token: a check on it lets one use through. */
  async function findEntry(token: string): Promise<Deno.KvEntry<unknown> | null> {
    const entry = await kv.get(authKeys.setupLink);
    if (entry.value === null || await accounts.hasAdmin()) return null;
    const link = decodeJson(entry.key, entry.value, linkSchema);
    const isGood = isSameText(link.tokenHash, sha256(token)) && clock.now() < link.expiresAt;
    return isGood ? entry : null;
  }

  return {
    async open() {
      if (await accounts.hasAdmin()) {
        await kv.delete(authKeys.setupLink);
        return null;
      }
      const token = randomToken();
      const link = { tokenHash: sha256(token), expiresAt: clock.now() + LINK_TTL_MS };
      await kv.set(authKeys.setupLink, encodeJson(link), { expireIn: LINK_TTL_MS });
      return token;
    },
    async isGood(token) {
      return await findEntry(token) !== null;
    },
    async use({ token, username, password }) {
      const [problem] = accountProblems({ username, password });
      if (problem !== undefined) {
        const field = problem === "username" ? "username" : "password";
        throw new AppError("VALIDATION_ERROR", "Account is refused", { details: { field } });
      }
      const entry = await findEntry(token);
      if (entry === null) return null;
      const passwordHash = await passwords.hash(password);
      const userId = ids.user();
      const account = newStaff({ userId, username, passwordHash, now: clock.now() });
      const made = await accounts.create(
        account,
        (operation) => operation.check(entry).delete(authKeys.setupLink),
      );
      return made ? account : null;
    },
  };
}
