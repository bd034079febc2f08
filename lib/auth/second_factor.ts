import type { Clock } from "../clock.ts";
import { AppError } from "../errors.ts";
import type { Account, Accounts } from "./accounts.ts";
import { hashOfCode, newRecoveryCodes } from "./recovery_codes.ts";
import { newTotpSecret, takeTotp, totpUri } from "./totp.ts";

/** Turning the second factor on and off, and asking for it. */
export interface SecondFactor {
  /**
   * Begins anew; nothing is asked for until `confirm`.
   * @throws AppError CONFLICT when it is on
   */
  begin(userId: string): Promise<{ readonly secret: string; readonly uri: string }>;
  /**
   * Turns it on. Gives the codes that stand in for a lost telephone, which are not told again.
   * @throws AppError AUTH_FAILED for a wrong code; CONFLICT when it was not begun
   */
  confirm(userId: string, code: string): Promise<readonly string[]>;
  /**
   * By a code of the application, or one for a lost telephone.
   * @throws AppError AUTH_FAILED for a wrong code
   */
  end(userId: string, code: string): Promise<void>;
  /**
   * Passes an account whose second factor is off, or with a code of either kind that was not used
   * before.
   * @throws AppError AUTH_FAILED; its details name the field `code`
   */
  require(account: Account, code: string | undefined): Promise<void>;
}

/** Whether a sign-in of this account takes a code. */
export function asksCode({ totp }: Account): boolean {
  return totp !== null && totp.confirmedAt !== null;
}

export interface SecondFactorDeps {
  readonly accounts: Accounts;
  readonly clock: Clock;
}

export function createSecondFactor({ accounts, clock }: SecondFactorDeps): SecondFactor {
  async function change(userId: string, to: (account: Account) => Account): Promise<Account> {
    const changed = await accounts.update(userId, to);
    if (changed === null || changed === "taken") throw wrongCode();
    return changed;
  }

  /** The account once the code is used up; of two with the same code one comes through. */
  function use(account: Account, code: string): Account {
    const { totp } = account;
    if (totp === null) throw wrongCode();
    const step = takeTotp(totp, code, clock.now());
    if (step !== null) return { ...account, totp: { ...totp, lastStep: step } };
    const hash = hashOfCode(code);
    if (!totp.recoveryHashes.includes(hash)) throw wrongCode();
    const recoveryHashes = totp.recoveryHashes.filter((known) => known !== hash);
    return { ...account, totp: { ...totp, recoveryHashes } };
  }

  return {
    async begin(userId) {
      const secret = newTotpSecret();
      const { username } = await change(userId, (account) => {
        if (asksCode(account)) {
          throw new AppError("CONFLICT", "Second factor is on already, turn it off first");
        }
        return { ...account, totp: { secret, confirmedAt: null, lastStep: 0, recoveryHashes: [] } };
      });
      return { secret, uri: totpUri(secret, username) };
    },
    async confirm(userId, code) {
      const { codes, hashes } = newRecoveryCodes();
      await change(userId, (account) => {
        if (account.totp === null || account.totp.confirmedAt !== null) {
          throw new AppError("CONFLICT", "There is no second factor to confirm");
        }
        const { totp, ...rest } = use(account, code);
        return {
          ...rest,
          totp: totp && { ...totp, confirmedAt: clock.now(), recoveryHashes: hashes },
        };
      });
      return codes;
    },
    async end(userId, code) {
      await change(userId, (account) => ({ ...use(account, code), totp: null }));
    },
    async require(account, code) {
      if (!asksCode(account)) return;
      if (code === undefined || code === "") throw wrongCode();
      await change(account.userId, (stored) => use(stored, code));
    },
  };
}

function wrongCode(): AppError {
  return new AppError("AUTH_FAILED", "Code of the second factor is missing or wrong", {
    details: {
      field: "code",
      expected: "the six digits that the application shows now, or a recovery code",
    },
  });
}
