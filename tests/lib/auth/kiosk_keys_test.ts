import assert from "node:assert/strict";
import { findKiosk } from "../../../lib/auth/kiosk_keys.ts";

const KEYS = new Map([
  ["0123456789abcdef", "hall-a"],
  ["0123456789abcdeg", "hall-b"],
  ["열쇠 하나 긴 것 열여섯 바이트", "hall-c"],
]);

Deno.test("[T-M05] a kiosk is found by the whole of its key and by nothing else", () => {
  for (const [key, kioskId] of KEYS) assert.equal(findKiosk(KEYS, key), kioskId);
  const wrong = ["", "0123456789abcde", "0123456789abcdefg", "0123456789ABCDEF", "hall-a", "\0"];
  for (const key of wrong) assert.equal(findKiosk(KEYS, key), null, key);
  assert.equal(findKiosk(new Map(), ""), null);
});
