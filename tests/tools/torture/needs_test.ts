import assert from "node:assert/strict";
import { run } from "../../../tools/torture/needs.ts";

Deno.test("a command that ends well, one that fails and one that there is not are told apart", async () => {
  assert.equal(await run("sh", "-c", "exit 0"), null);
  assert.equal(await run("sh", "-c", "echo no room >&2; exit 1"), "no room");
  assert.equal(await run("no-such-program"), "There is no no-such-program here");
});
