import assert from "node:assert/strict";
import { createRandom } from "../../../tools/simulate/random.ts";
import { backoffMs, decideNext, parseRetryAfter } from "../../../tools/simulate/reconnect.ts";

Deno.test("backoffMs() doubles up to a cap, and differs between kiosks", () => {
  const random = createRandom("backoff");
  for (const [failures, ceiling] of [[1, 150], [2, 300], [4, 1200], [9, 4000], [50, 4000]]) {
    for (let i = 0; i < 100; i++) {
      const ms = backoffMs(failures, random);
      assert.ok(ms >= ceiling / 2 && ms <= ceiling, `${failures}: ${ms}`);
    }
  }
  assert.ok(new Set(Array.from({ length: 20 }, () => backoffMs(9, random))).size > 10);
});

const NOW = Date.parse("2025-01-19T10:30:00Z");
const HEADERS: readonly [string | null, number | null][] = [
  [null, null],
  ["", null],
  ["soon", null],
  ["0", 0],
  ["12", 12_000],
  ["Sun, 19 Jan 2025 10:30:05 GMT", 5000],
  ["Sun, 19 Jan 2025 10:29:00 GMT", 0],
];

for (const [header, ms] of HEADERS) {
  Deno.test(`parseRetryAfter() reads ${JSON.stringify(header)} as ${ms}`, () => {
    assert.equal(parseRetryAfter(header, NOW), ms);
  });
}

Deno.test("decideNext() follows the close codes", () => {
  const next = (closeCode: number, httpStatus: number | null = null) => {
    const step = decideNext({ closeCode, httpStatus, retryAfterMs: null });
    return step.kind === "stop" ? step.code : step.newToken ? "new token" : "again";
  };
  assert.equal(next(1006), "again");
  assert.equal(next(1001), "again");
  assert.equal(next(4001), "again");
  assert.equal(next(4408), "again");
  assert.equal(next(4429), "again");
  assert.equal(next(4401), "new token");
  assert.equal(next(1006, 401), "new token");
  assert.equal(next(1006, 429), "again");
  assert.equal(next(1006, 503), "again");
  assert.equal(next(1006, 404), "HTTP_404");
  assert.equal(next(4410), "CLOSE_4410");
  assert.equal(next(4404), "CLOSE_4404");
});

Deno.test("decideNext() keeps the time that the server asks for", () => {
  const step = decideNext({ closeCode: 1006, httpStatus: 429, retryAfterMs: 5000 });
  assert.deepEqual(step, { kind: "reconnect", newToken: false, waitMs: 5000 });
});
