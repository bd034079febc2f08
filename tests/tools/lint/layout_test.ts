import assert from "node:assert/strict";
import { isOutsideServer, placeOf } from "../../../tools/lint/layout.ts";

Deno.test("placeOf() knows every part of the tree", () => {
  const table = [
    ["main.ts", "main", null, false],
    ["compose/domains.ts", "main", null, false],
    ["routes/api/missions.ts", "routes", null, false],
    ["ws/hub.ts", "ws", null, false],
    ["ws/protocol.ts", "ws", null, true],
    ["islands/live.ts", "browser", null, true],
    ["client/mod.ts", "browser", null, true],
    ["lib/clock.ts", "base", null, false],
    ["lib/log/writer.ts", "base", null, false],
    ["lib/ui/Card.tsx", "browser", null, true],
    ["lib/missions/service.ts", "domain", "missions", false],
    ["lib/missions/view.ts", "domain", "missions", true],
    ["lib/missions/pages/view.ts", "domain", "missions", false],
    ["tests/support/app.ts", "tests", null, false],
    ["bench/load.ts", "bench", null, false],
    ["tools/lint/mod.ts", "tools", null, false],
    ["deno.json", "other", null, false],
    ["constructor/x.ts", "other", null, false],
    ["../elsewhere/x.ts", "other", null, false],
  ] as const;
  for (const [path, area, domain, isBrowserSafe] of table) {
    assert.deepEqual(placeOf(path), { area, domain, isBrowserSafe }, path);
  }
});

Deno.test("isOutsideServer() is true for tests, benchmarks and tools only", () => {
  for (const path of ["tests/a_test.ts", "bench/load.ts", "tools/seed.ts"]) {
    assert.equal(isOutsideServer(path), true, path);
  }
  for (const path of ["main.ts", "lib/testing.ts", "routes/tests/x.ts", "islands/live.ts"]) {
    assert.equal(isOutsideServer(path), false, path);
  }
});
