import assert from "node:assert/strict";
import { systemClock, toIso } from "../../lib/clock.ts";

Deno.test("toIso() writes UTC with milliseconds", () => {
  assert.equal(toIso(0), "1970-01-01T00:00:00.000Z");
  assert.equal(toIso(Date.parse("2025-01-19T19:30:00.5+09:00")), "2025-01-19T10:30:00.500Z");
});

Deno.test("systemClock tells the machine's time, and one that never runs backwards", () => {
  const before = Date.now();
  const now = systemClock.now();
  assert.ok(before <= now && now <= Date.now());
  const first = systemClock.monotonic();
  assert.ok(systemClock.monotonic() >= first);
});
