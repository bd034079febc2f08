import { isCommon } from "./common_passwords.ts";
import { MAX_PASSWORD_CHARS } from "./passwords.ts";

/** What can be wrong with a new account. */
export type AccountProblem = "username" | "tooShort" | "tooLong" | "common";

const USERNAME = /^[a-z0-9._-]{3,40}$/;
const MIN_PASSWORD_CHARS = 12;

/** Everything that is wrong with a new name and password; empty when they are good. */
export function accountProblems(
  { username, password }: { readonly username: string; readonly password: string },
): AccountProblem[] {
  const problems: AccountProblem[] = [];
  if (!USERNAME.test(username)) problems.push("username");
  if ([...password].length < MIN_PASSWORD_CHARS) problems.push("tooShort");
  if (password.length > MAX_PASSWORD_CHARS) problems.push("tooLong");
  if (isCommon(password)) problems.push("common");
  return problems;
}
