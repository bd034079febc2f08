import assert from "node:assert/strict";
import type { Proof } from "../../../tools/torture/proof.ts";
import { CLOCK_JUMPS } from "../../../tools/torture/proofs/clock_jumps.ts";
import { FSYNC_FAILS } from "../../../tools/torture/proofs/fsync_fails.ts";
import { FSYNC_SLOW } from "../../../tools/torture/proofs/fsync_slow.ts";
import { IDLE } from "../../../tools/torture/proofs/idle.ts";
import { KILL } from "../../../tools/torture/proofs/kill.ts";
import { LOST_ACKS } from "../../../tools/torture/proofs/lost_acks.ts";
import { POISON_EVENTS } from "../../../tools/torture/proofs/poison.ts";
import { STORM } from "../../../tools/torture/proofs/storm.ts";
import { hasHeld, prove } from "../../../tools/torture/prove.ts";
import { toLine } from "../../../tools/torture/report.ts";

/** A full disk and peers that do not read are in `tests/crash/` and `tests/ws/`. */
const TESTS: readonly (readonly [string, Proof])[] = [
  ["[E-8.14][M-25][T-M18] the server is killed while a crowd plays", KILL],
  ["[M-25][T-M18] acknowledgements are lost on their way", LOST_ACKS],
  ["[M-19][M-25][M-63][T-M18] no fsync succeeds for a while", FSYNC_FAILS],
  ["[M-25][T-M18] fsync is slow, and the acknowledgement waits for it", FSYNC_SLOW],
  ["[M-02][T-M03][T-M09] the server's clock jumps", CLOCK_JUMPS],
  ["[T-M07][T-M17] all kiosks lose their lines at once", STORM],
  ["[M-30] many connections do nothing", IDLE],
  ["[M-26][T-M08] some clients send what cannot be stored", POISON_EVENTS],
];

for (const [name, proof] of TESTS) {
  Deno.test(`${name}: nothing is lost or doubled`, async () => {
    const { signal } = new AbortController();
    const result = await prove(proof, { isShort: true, rounds: null, signal });
    if (result.kind === "skipped") return console.log(`Not tried: ${result.why}`);
    assert.ok(hasHeld(result), toLine(result));
  });
}
