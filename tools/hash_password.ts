/**
 * `deno task hash-password`: prints the hash of a password for ADMIN_PASSWORD_HASH. Asks for
 * the password on a terminal, else takes the first line of what is piped in.
 */
import { accountProblems } from "../lib/auth/new_account.ts";
import { createPasswords } from "../lib/auth/passwords.ts";
import { textLines } from "../lib/text_lines.ts";

const MAX_LINE_BYTES = 1024;

async function readPassword(): Promise<string> {
  if (Deno.stdin.isTerminal()) return prompt("Password:") ?? "";
  for await (const { text } of textLines(Deno.stdin.readable, { maxBytes: MAX_LINE_BYTES })) {
    if (text === null) throw new RangeError("Password is too long, or is not UTF-8");
    return text.replace(/\r$/, "");
  }
  return "";
}

function refuseBad(password: string): void {
  if (password === "") throw new RangeError("No password was given");
  const problems = accountProblems({ username: "admin", password });
  if (problems.includes("tooLong")) {
    throw new RangeError("Password is too long: over 128 characters");
  }
  // Not forbidden here: whoever may set the environment may set any hash.
  if (problems.includes("common")) console.error("Common: this is among the first that are tried");
  if (problems.includes("tooShort")) console.error("Short: 12 characters or more are advised");
}

try {
  const password = await readPassword();
  refuseBad(password);
  const passwords = createPasswords();
  console.log(`ADMIN_PASSWORD_HASH='${await passwords.hash(password)}'`);
  passwords.close();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  Deno.exit(1);
}
