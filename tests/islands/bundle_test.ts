import { equal, ok } from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";

const BUILT = new URL("../../static/_built/", import.meta.url);
const BUDGET_BYTES = 60 * 1024;

interface Chunk {
  readonly bytes: number;
  /** Loaded with it, and loaded when they are needed. */
  readonly statically: readonly string[];
  readonly lazily: readonly string[];
}

async function readChunk(name: string): Promise<Chunk> {
  const code = await readFile(new URL(name, BUILT), "utf8");
  const named = (pattern: RegExp) => [...code.matchAll(pattern)].map(([, path]) => path);
  return {
    bytes: gzipSync(code).length,
    statically: named(/\b(?:from|import)\s*"\.\/([^"]+)"/g),
    lazily: named(/\bimport\("\.\/([^"]+)"\)/g),
  };
}

Deno.test("[M-46] a page's script is under 60 KiB, and charts are a chunk of their own", async () => {
  const loaded = ["boot.js"];
  let bytes = 0;
  for (const name of loaded) {
    const chunk = await readChunk(name);
    bytes += chunk.bytes;
    loaded.push(...chunk.statically.filter((it) => !loaded.includes(it)));
  }
  ok(bytes > 1_000 && bytes < BUDGET_BYTES, `${bytes} bytes in ${loaded.join(", ")}`);
  const { lazily } = await readChunk("boot.js");
  equal(lazily.length, 2, "charts, and the socket of the bell");
  const charts = lazily.find((name) => name.startsWith("chart_drawing")) ?? "";
  ok((await readdir(BUILT)).includes(charts), lazily.join());
  // What the chart's chunk shares with the page is not to be waited for once more.
  for (const name of (await readChunk(charts)).statically) ok(loaded.includes(name), name);
});
