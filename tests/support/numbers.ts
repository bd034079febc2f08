import assert from "node:assert/strict";

/** Fails unless a number is there and within `tolerance` (1e-4) of what is expected. */
export function assertNear(
  actual: number | null | undefined,
  expected: number,
  tolerance = 1e-4,
): void {
  assert.ok(
    typeof actual === "number" && Math.abs(actual - expected) <= tolerance,
    `expected ${expected} ± ${tolerance}, got ${actual}`,
  );
}

/** Fails unless an interval is there with both bounds near. */
export function assertInterval(
  actual: { low: number; high: number } | null | undefined,
  [low, high]: readonly [number, number],
  tolerance = 1e-4,
): void {
  assertNear(actual?.low, low, tolerance);
  assertNear(actual?.high, high, tolerance);
}

/** Fails if a result holds NaN or Infinity anywhere. */
export function assertFinite(value: unknown): void {
  if (typeof value === "number") assert.ok(Number.isFinite(value), `not finite: ${value}`);
  else if (typeof value === "object" && value !== null) Object.values(value).forEach(assertFinite);
}
