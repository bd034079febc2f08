import assert from "node:assert/strict";
import { isSameText } from "../../../lib/auth/same_text.ts";

Deno.test("[T-M22] texts are the same when all of their bytes are", () => {
  assert.ok(isSameText("scrape me", "scrape me"));
  assert.ok(isSameText("쉬움", "쉬움"));
  for (const given of ["", "scrape", "scrape mee", "scrape Me", "크scrape me"]) {
    assert.ok(!isSameText("scrape me", given), given);
  }
});
