import assert from "node:assert/strict";
import { hash53, murmur32 } from "../../../lib/metrics/hash.ts";

/** Vectors of the reference program (smhasher), as they are published with its ports. */
const VECTORS: readonly [text: string, seed: number, hash: number][] = [
  ["", 0, 0],
  ["", 1, 0x514e28b7],
  ["", 0xffffffff, 0x81f16f39],
  ["\0\0\0\0", 0, 0x2362f9de],
  ["aaaa", 0x9747b28c, 0x5a97808a],
  ["aaa", 0x9747b28c, 0x283e0130],
  ["aa", 0x9747b28c, 0x5d211726],
  ["a", 0x9747b28c, 0x7fa09ea6],
  ["abcd", 0x9747b28c, 0xf0478627],
  ["abc", 0x9747b28c, 0xc84a62dd],
  ["Hello, world!", 0x9747b28c, 0x24884cba],
  ["ππππππππ", 0x9747b28c, 0xd58063c1],
  ["The quick brown fox jumps over the lazy dog", 0x9747b28c, 0x2fa826cd],
];

Deno.test("[E-08] murmur32() is the published function", () => {
  for (const [text, seed, hash] of VECTORS) assert.equal(murmur32(text, seed), hash, text);
});

Deno.test("[E-08] hash53() is a whole number of 53 bits, another for each of 200 000 texts", () => {
  const seen = new Set<number>();
  for (let i = 0; i < 200_000; i++) seen.add(hash53(`user ${i}`));
  assert.equal(seen.size, 200_000);
  for (const hash of seen) assert.ok(Number.isSafeInteger(hash) && hash >= 0);
});
