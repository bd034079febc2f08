import assert from "node:assert/strict";
import { holdsKey, mayWriteKeys, takesKey, takesKeys } from "../../../tools/lint/keys_rule.ts";

Deno.test("mayWriteKeys() is true in keys.ts and outside the server", () => {
  const table = [
    ["lib/log/keys.ts", true],
    ["lib/missions/keys.ts", true],
    ["tests/lib/log_test.ts", true],
    ["bench/load.ts", true],
    ["tools/seed.ts", true],
    ["lib/missions/mykeys.ts", false],
    ["lib/missions/attempt_store.ts", false],
    ["main.ts", false],
  ] as const;
  for (const [file, expected] of table) assert.equal(mayWriteKeys(file), expected, file);
});

Deno.test("takesKey() and takesKeys() go by the names of store and method", () => {
  for (const store of ["kv", "operation", "op", "atomic"]) {
    for (const method of ["get", "set", "delete", "list", "check"]) {
      assert.equal(takesKey(store, method), true, `${store}.${method}`);
    }
    assert.equal(takesKey(store, "getMany"), false);
    assert.equal(takesKeys(store, "getMany"), true);
  }
  assert.equal(takesKey("map", "get"), false);
  assert.equal(takesKey("kv", "close"), false);
  assert.equal(takesKeys("kv", "get"), false);
});

Deno.test("holdsKey() knows range bounds, checks and staged writes outside browser code", () => {
  for (const property of ["prefix", "start", "key"]) {
    assert.equal(holdsKey("lib/missions/attempt_store.ts", property), true, property);
    assert.equal(holdsKey("islands/Chart.tsx", property), false, property);
  }
  assert.equal(holdsKey("lib/missions/attempt_store.ts", "values"), false);
});
