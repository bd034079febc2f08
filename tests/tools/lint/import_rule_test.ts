import assert from "node:assert/strict";
import { refuseImport, resolveImport } from "../../../tools/lint/import_rule.ts";

const DOMAIN_FILE = "lib/missions/service.ts";
const VIEW = "lib/missions/view.ts";

/** Importer, then what it may import by value and what it may not. */
const VALUES: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ["main.ts", [
    "routes/app.ts",
    "ws/hub.ts",
    DOMAIN_FILE,
    "lib/clock.ts",
    "lib/ui/Card.tsx",
    "deno.json",
  ], ["islands/live.ts", "tests/support/app.ts"]],
  ["routes/api/missions.ts", [
    "routes/middleware/errors.ts",
    "lib/missions/mod.ts",
    VIEW,
    "lib/errors.ts",
    "lib/auth/guard.ts",
    "lib/ui/Card.tsx",
    "islands/Live.tsx",
    "ws/protocol.ts",
  ], [
    "ws/hub.ts",
    DOMAIN_FILE,
    "lib/missions/parts/mod.ts",
    "main.ts",
    "tools/seed.ts",
    "deno.json",
  ]],
  ["ws/mission_socket.ts", [
    "ws/hub.ts",
    "ws/protocol.ts",
    "lib/missions/mod.ts",
    VIEW,
    "lib/log/mod.ts",
  ], ["routes/app.ts", DOMAIN_FILE, "main.ts", "bench/load.ts"]],
  [DOMAIN_FILE, [
    "lib/missions/keys.ts",
    "lib/missions/definitions/portfolio.v1.json",
    "lib/kv/port.ts",
    "lib/config/mod.ts",
    VIEW,
    "lib/metrics/view.ts",
    "ws/protocol.ts",
  ], ["lib/metrics/mod.ts", "lib/metrics/keys.ts", "routes/app.ts", "ws/hub.ts", "main.ts"]],
  ["lib/log/writer.ts", ["lib/clock.ts", "lib/kv/port.ts", "lib/log/keys.ts"], [
    "lib/missions/mod.ts",
    VIEW,
    "lib/ui/Card.tsx",
    "ws/protocol.ts",
    "routes/app.ts",
  ]],
  ["islands/Live.tsx", [
    "islands/live.ts",
    "client/mod.ts",
    "lib/ui/Card.tsx",
    VIEW,
    "ws/protocol.ts",
  ], ["lib/clock.ts", "lib/missions/mod.ts", "ws/hub.ts", "routes/app.ts", "tests/support/app.ts"]],
  [VIEW, ["lib/metrics/view.ts", "lib/ui/format.ts"], [DOMAIN_FILE, "lib/errors.ts"]],
  ["ws/protocol.ts", [VIEW, "ws/protocol/frames.ts"], ["ws/hub.ts", "lib/errors.ts"]],
  ["ws/protocol/people.ts", [VIEW, "ws/protocol/frames.ts"], ["ws/hub.ts", "lib/errors.ts"]],
  ["tests/lib/log_test.ts", ["main.ts", "islands/live.ts", "tests/support/app.ts", "../x.ts"], []],
  ["bench/load.ts", ["main.ts", "lib/missions/keys.ts"], ["tests/support/app.ts"]],
  ["tools/lint/mod.ts", ["islands/live.ts", "bench/load.ts"], ["tests/support/app.ts"]],
  ["build.ts", [], ["lib/clock.ts", "islands/live.ts"]],
];

Deno.test("refuseImport() keeps values inside the layers", () => {
  for (const [importer, allowed, refused] of VALUES) {
    for (const imported of allowed) {
      const reason = refuseImport({ importer, imported, isTypeOnly: false });
      assert.equal(reason, null, `${importer} may import ${imported}`);
    }
    for (const imported of refused) {
      const reason = refuseImport({ importer, imported, isTypeOnly: false });
      assert.equal(typeof reason, "string", `${importer} may not import ${imported}`);
    }
  }
});

Deno.test("refuseImport() lets types through to browser-safe files alone", () => {
  const table = [
    ["islands/Live.tsx", DOMAIN_FILE, true],
    ["islands/Live.tsx", "routes/app.ts", true],
    ["islands/Live.tsx", "tests/support/app.ts", false],
    ["ws/protocol.ts", "lib/errors.ts", true],
    [VIEW, "lib/missions/schema.ts", true],
    [VIEW, "lib/metrics/schema.ts", false],
    ["routes/app.ts", "ws/hub.ts", false],
    ["routes/app.ts", "lib/missions/schema.ts", false],
    [DOMAIN_FILE, "lib/metrics/mod.ts", false],
    ["lib/clock.ts", "lib/missions/mod.ts", false],
    ["main.ts", "islands/live.ts", false],
  ] as const;
  for (const [importer, imported, isAllowed] of table) {
    const reason = refuseImport({ importer, imported, isTypeOnly: true });
    assert.equal(reason === null, isAllowed, `${importer} types of ${imported}: ${reason}`);
  }
});

Deno.test("refuseImport() says which file and what to do instead", () => {
  const table = [
    ["routes/app.ts", "ws/hub.ts", /"ws\/hub\.ts".*meet in compose/],
    ["routes/app.ts", "lib/missions/keys.ts", /only "lib\/missions\/mod\.ts".*keys\.ts"/],
    [DOMAIN_FILE, "lib/people/mod.ts", /"lib\/people\/mod\.ts" of another domain/],
    ["islands/Live.tsx", "lib/errors.ts", /`import type` only/],
    ["build.ts", "lib/clock.ts", /"build\.ts" has no place/],
  ] as const;
  for (const [importer, imported, expected] of table) {
    const reason = refuseImport({ importer, imported, isTypeOnly: false });
    assert.match(String(reason), expected);
  }
});

Deno.test("resolveImport() follows relative paths and leaves packages alone", () => {
  const table = [
    ["lib/log/mod.ts", "./writer.ts", "lib/log/writer.ts"],
    ["lib/log/mod.ts", "../clock.ts", "lib/clock.ts"],
    ["main.ts", "./routes/app.ts", "routes/app.ts"],
    ["main.ts", "../elsewhere.ts", "../elsewhere.ts"],
    ["main.ts", "hono", null],
    ["main.ts", "npm:hono@4", null],
    ["main.ts", "node:path", null],
  ] as const;
  for (const [importer, specifier, expected] of table) {
    assert.equal(resolveImport(importer, specifier), expected, specifier);
  }
});
