import assert from "node:assert/strict";
import { toByteStream } from "../../lib/byte_stream.ts";

const CHUNK = 64 * 1024;

Deno.test("texts are joined to pieces of about 64 KiB of UTF-8", async () => {
  async function* texts() {
    for (let i = 0; i < 3_000; i++) yield `${i} 가나다 ${"x".repeat(50)}\n`;
  }
  const sizes: number[] = [];
  let text = "";
  const decoder = new TextDecoder("utf-8", { fatal: true });
  for await (const bytes of toByteStream(texts())) {
    sizes.push(bytes.length);
    text += decoder.decode(bytes, { stream: true });
  }
  assert.ok(sizes.slice(0, -1).every((size) => size >= CHUNK && size < 2 * CHUNK), `${sizes}`);
  assert.equal(text.split("\n").length, 3_001);
});

Deno.test("[T-M20] nothing is made before it is asked for, and no more than is taken", async () => {
  let made = 0;
  async function* texts() {
    while (true) {
      made++;
      yield "x".repeat(CHUNK);
    }
  }
  const reader = toByteStream(texts()).getReader();
  assert.equal(made, 0);
  await reader.read();
  assert.equal(made, 1);
  await reader.read();
  assert.equal(made, 2);
  await reader.cancel();
});

Deno.test("a reader that goes away ends the source", async () => {
  let ended = false;
  async function* texts() {
    try {
      while (true) yield "x".repeat(CHUNK);
    } finally {
      ended = true;
    }
  }
  const reader = toByteStream(texts()).getReader();
  await reader.read();
  await reader.cancel();
  assert.ok(ended);
});

Deno.test("[M-18] a source that fails breaks the stream off", async () => {
  async function* texts() {
    yield "x".repeat(CHUNK);
    throw new Error("disk I/O error");
  }
  const reader = toByteStream(texts()).getReader();
  assert.equal((await reader.read()).value?.length, CHUNK);
  await assert.rejects(() => reader.read(), /disk I\/O error/);
});
