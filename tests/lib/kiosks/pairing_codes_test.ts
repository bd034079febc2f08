import assert from "node:assert/strict";
import { AppError, type ErrorCode } from "../../../lib/errors.ts";
import { createPairingCodes } from "../../../lib/kiosks/pairing_codes.ts";
import { testClock } from "../../support/test_clock.ts";

const failsWith = (code: ErrorCode) => (error: unknown) =>
  error instanceof AppError && error.code === code;

Deno.test("[T-M05] a code has six digits, is good once, and for ten minutes", () => {
  const clock = testClock();
  const codes = createPairingCodes(clock);
  const { code, expiresAt } = codes.open("kiosk_1", "admin");
  assert.match(code, /^\d{6}$/);
  assert.equal(expiresAt, clock.now() + 600_000);
  assert.deepEqual([codes.take(code).kioskId, codes.find("kiosk_1")], ["kiosk_1", null]);
  assert.throws(() => codes.take(code), failsWith("AUTH_FAILED"));
  const late = codes.open("kiosk_1", "admin");
  // A clock that is set back makes no code live longer.
  clock.jump(-3_600_000);
  clock.advance(599_999);
  assert.equal(codes.find("kiosk_1")?.code, late.code);
  clock.advance(1);
  assert.equal(codes.find("kiosk_1"), null);
  assert.throws(() => codes.take(late.code), failsWith("AUTH_FAILED"));
});

Deno.test("[T-M05] two kiosks never have the same code, and a kiosk has one", () => {
  const numbers = [7, 7, 7, 8, 9];
  const codes = createPairingCodes(testClock(), () => numbers.shift()!);
  assert.equal(codes.open("kiosk_1", "admin").code, "000007");
  assert.equal(codes.open("kiosk_2", "admin").code, "000008");
  assert.equal(codes.open("kiosk_1", "admin").code, "000009");
  assert.throws(() => codes.take("000007"), failsWith("AUTH_FAILED"));
  assert.equal(codes.take("000008").kioskId, "kiosk_2");
});

Deno.test("[T-M05][T-M17] everybody together tries 30 codes at once, then one in two seconds", () => {
  const clock = testClock();
  const codes = createPairingCodes(clock, () => 123_456);
  const { code } = codes.open("kiosk_1", "admin");
  for (let n = 0; n < 30; n++) assert.throws(() => codes.take("000000"), failsWith("AUTH_FAILED"));
  assert.throws(() => codes.take(code), failsWith("RATE_LIMIT"));
  clock.advance(2_000);
  assert.equal(codes.take(code).kioskId, "kiosk_1");
});
