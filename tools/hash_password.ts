/** `deno task hash-password`: asks for a password and prints the bcrypt hash for ADMIN_PASSWORD_HASH. */
import { createPasswords } from "../lib/auth/passwords.ts";

const password = prompt("Password (12 characters or more):");
if (password === null || password.length < 12) {
  console.error("Password is too short");
  Deno.exit(1);
}
const passwords = createPasswords();
console.log(`ADMIN_PASSWORD_HASH='${await passwords.hash(password)}'`);
passwords.close();
