import assert from "node:assert/strict";
import { refuseGlobal, toGuardedGlobal } from "../../../tools/lint/globals_rule.ts";

Deno.test("toGuardedGlobal() sees through globalThis and console methods", () => {
  const table = [
    ["Date.now", "Date.now"],
    ["globalThis.Date.now", "Date.now"],
    ["new Date()", "new Date()"],
    ["new globalThis.Date()", "new Date()"],
    ["console.log", "console"],
    ["globalThis.console.error", "console"],
    ["Deno.env", "Deno.env"],
    ["Deno.env.get", null],
    ["Date.parse", null],
    ["clock.Date.now", null],
    ["crypto.subtle", null],
    ["toString", null],
  ] as const;
  for (const [name, expected] of table) assert.equal(toGuardedGlobal(name), expected, name);
});

Deno.test("refuseGlobal() allows each global in its own files only", () => {
  const table = [
    ["Date.now", ["lib/clock.ts", "islands/clock.ts"], [
      "main.ts",
      "lib/ids.ts",
      "islands/live.ts",
    ]],
    ["new Date()", ["lib/clock.ts"], ["lib/missions/service.ts"]],
    ["performance.now", ["lib/clock.ts", "islands/clock.ts"], ["client/mod.ts", "ws/hub.ts"]],
    ["Math.random", ["lib/ids.ts", "lib/jitter.ts", "islands/clock.ts"], [
      "lib/clock.ts",
      "islands/live.ts",
    ]],
    ["crypto.randomUUID", ["lib/ids.ts"], ["routes/app.ts", "client/mod.ts"]],
    ["Deno.env", ["main.ts"], ["lib/config/mod.ts", "routes/app.ts"]],
    ["console", ["lib/logger.ts", "main.ts"], ["lib/clock.ts", "islands/live.ts", "client/mod.ts"]],
  ] as const;
  for (const [name, allowed, refused] of table) {
    for (const file of [...allowed, "tests/a_test.ts", "bench/load.ts", "tools/seed.ts"]) {
      assert.equal(refuseGlobal(file, name), null, `${name} in ${file}`);
    }
    for (const file of refused) {
      const reason = String(refuseGlobal(file, name));
      assert.ok(reason.startsWith(`${name} stands only in ${allowed[0]}`), reason);
    }
  }
});
