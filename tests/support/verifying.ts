import assert from "node:assert/strict";
import type { Kv } from "../../lib/kv/port.ts";
import { SHIPPED_MISSIONS, verifyMissions } from "../../lib/missions/mod.ts";

/** What differs in a store from what its facts make, a line each, and what was compared. */
export async function differencesOf(kv: Kv) {
  const found: string[] = [];
  const verified = await verifyMissions({
    kv,
    definitions: SHIPPED_MISSIONS,
    onDifference: ({ attemptId, message }) => found.push(`${attemptId ?? "-"} ${message}`),
  });
  assert.equal(verified.differences, found.length);
  return { found, verified };
}
