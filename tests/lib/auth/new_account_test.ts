import { deepEqual } from "node:assert/strict";
import { accountProblems } from "../../../lib/auth/new_account.ts";

const GOOD = "correct horse battery";

Deno.test("[T-M16] accountProblems() names everything that is wrong", () => {
  const table = [
    ["kim", GOOD, []],
    ["k.i-m_2", GOOD, []],
    ["a".repeat(40), GOOD, []],
    ["ki", GOOD, ["username"]],
    ["a".repeat(41), GOOD, ["username"]],
    ["Kim", GOOD, ["username"]],
    ["kim\n", GOOD, ["username"]],
    ["김철수", GOOD, ["username"]],
    ["kim", "12345678901", ["tooShort"]],
    ["kim", "123456789012", []],
    // Characters are counted as people do.
    ["kim", "🐻".repeat(11), ["tooShort"]],
    ["kim", "가".repeat(128), []],
    ["kim", "가".repeat(129), ["tooLong"]],
    ["kim", "1q2w3e4r5t6y", ["common"]],
    ["kim", "LeaveMeAlone", ["common"]],
    ["", "", ["username", "tooShort"]],
  ] as const;
  for (const [username, password, expected] of table) {
    deepEqual(accountProblems({ username, password }), expected, `${username} ${password}`);
  }
});
