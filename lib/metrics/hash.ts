const encoder = new TextEncoder();
const C1 = 0xcc9e2d51, C2 = 0x1b873593;

/**
 * MurmurHash3 of a text's UTF-8 bytes, 32 bits (Appleby's x86_32). Stored sketches rest on it: a
 * change of it counts everybody twice.
 */
export function murmur32(text: string, seed: number): number {
  const bytes = encoder.encode(text);
  const whole = bytes.length - bytes.length % 4;
  let hash = seed;
  for (let i = 0; i < whole; i += 4) {
    const word = bytes[i] | bytes[i + 1] << 8 | bytes[i + 2] << 16 | bytes[i + 3] << 24;
    hash = rotate(hash ^ mix(word), 13);
    hash = Math.imul(hash, 5) + 0xe6546b64 | 0;
  }
  let rest = 0;
  for (let i = bytes.length - 1; i >= whole; i--) rest = rest << 8 | bytes[i];
  if (whole < bytes.length) hash ^= mix(rest);
  return finish(hash ^ bytes.length);
}

function mix(word: number): number {
  return Math.imul(rotate(Math.imul(word, C1), 15), C2);
}

function rotate(word: number, by: number): number {
  return word << by | word >>> 32 - by;
}

function finish(hash: number): number {
  let h = Math.imul(hash ^ hash >>> 16, 0x85ebca6b);
  h = Math.imul(h ^ h >>> 13, 0xc2b2ae35);
  return (h ^ h >>> 16) >>> 0;
}

/** 53 bits of a text: two hashes in the largest integer that a number holds exactly. */
export function hash53(text: string): number {
  return murmur32(text, 0) * 2 ** 21 + (murmur32(text, 0x9747b28c) >>> 11);
}
