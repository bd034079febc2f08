import assert from "node:assert/strict";
import fc from "fast-check";
import { textLines } from "../../lib/text_lines.ts";

const MAX = { maxBytes: 20 };
const encoder = new TextEncoder();

async function linesOf(...chunks: (string | Uint8Array)[]): Promise<[number, string | null][]> {
  const bytes = chunks.map((chunk) => typeof chunk === "string" ? encoder.encode(chunk) : chunk);
  const lines = await Array.fromAsync(textLines(ReadableStream.from(bytes), MAX));
  return lines.map(({ number, text }) => [number, text]);
}

Deno.test("lines are numbered from 1, whatever pieces they come in", async () => {
  const expected = [[1, "one"], [2, "둘"], [3, "three"]];
  assert.deepEqual(await linesOf("one\n둘\nthree\n"), expected);
  assert.deepEqual(await linesOf("o", "ne\n", "둘\nthr", "ee"), expected);
  const bytes = encoder.encode("one\n둘\nthree\n");
  assert.deepEqual(await linesOf(...Array.from(bytes, (byte) => Uint8Array.of(byte))), expected);
});

Deno.test("empty lines are counted and left out", async () => {
  assert.deepEqual(await linesOf("\n\none\n \r\n\ntwo"), [[3, "one"], [6, "two"]]);
  assert.deepEqual(await linesOf(""), []);
  assert.deepEqual(await linesOf(), []);
});

Deno.test("a byte order mark is not part of the first line", async () => {
  assert.deepEqual(await linesOf("\uFEFF{}\n{}"), [[1, "{}"], [2, "{}"]]);
});

Deno.test("a line that is too long is told, not kept, and the next one is read", async () => {
  const long = "x".repeat(21);
  assert.deepEqual(await linesOf(`${long}\nok\n`), [[1, null], [2, "ok"]]);
  assert.deepEqual(await linesOf("x".repeat(15), "x".repeat(15), "\nok"), [[1, null], [2, "ok"]]);
  assert.deepEqual(await linesOf(long), [[1, null]]);
  assert.deepEqual(await linesOf("x".repeat(20)), [[1, "x".repeat(20)]]);
});

Deno.test("what is not UTF-8 is told", async () => {
  assert.deepEqual(await linesOf(Uint8Array.of(0xff, 0x0a), "ok"), [[1, null], [2, "ok"]]);
});

Deno.test("any text comes back line by line, however it is cut", async () => {
  const text = fc.string({ unit: fc.constantFrom("a", "가", "🚀", "\n") });
  await fc.assert(fc.asyncProperty(text, fc.integer({ min: 1, max: 5 }), async (text, size) => {
    const bytes = encoder.encode(text);
    const chunks: Uint8Array[] = [];
    for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.subarray(at, at + size));
    const lines = await Array.fromAsync(
      textLines(ReadableStream.from(chunks), { maxBytes: 1_000 }),
    );
    const expected = text.split("\n").map((line, index) => [index + 1, line] as const)
      .filter(([, line]) => line !== "");
    assert.deepEqual(lines.map(({ number, text }) => [number, text]), expected);
  }));
});
