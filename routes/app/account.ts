import type { Account } from "../../lib/auth/accounts.ts";
import type { Auth } from "../../lib/auth/mod.ts";
import { AppError } from "../../lib/errors.ts";
import type { AppContext } from "../middleware/context.ts";
import { whoOf } from "../middleware/guards.ts";

/**
 * The account of the signed-in, behind a guard.
 * @throws AppError AUTH_FAILED when it was deleted between the guard and here
 */
export async function accountOf(
  c: AppContext,
  { accounts }: Pick<Auth, "accounts">,
): Promise<Account> {
  const account = await accounts.find(whoOf(c).userId);
  if (account === null) throw new AppError("AUTH_FAILED", "Account is gone");
  return account;
}
