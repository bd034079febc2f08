import assert from "node:assert/strict";
import { stateOf } from "../../../lib/kiosks/state.ts";

const CASES = [
  { silentMs: 0, state: "online" },
  { silentMs: 44_999, state: "online" },
  { silentMs: 45_000, state: "unknown" },
  { silentMs: 179_999, state: "unknown" },
  { silentMs: 180_000, state: "offline" },
  { silentMs: null, state: "offline" },
] as const;

for (const { silentMs, state } of CASES) {
  Deno.test(`[T-M07] a kiosk that is silent for ${silentMs} ms is ${state}`, () => {
    assert.equal(stateOf(true, silentMs), state);
    assert.equal(stateOf(false, silentMs), "unpaired");
  });
}
