import { deepEqual, equal, rejects } from "node:assert/strict";
import { newSecret } from "../../lib/key_file.ts";
import { BLOCK_BYTES, createSealedFile, toFileKey } from "../../lib/sealed_file.ts";

const CONTENT = Uint8Array.from({ length: 3 * BLOCK_BYTES + 1_000 }, (_, i) => (i * 7919) % 251);

async function opened() {
  const folder = await Deno.makeTempDir({ prefix: "docent-sealed-" });
  const path = `${folder}/file`;
  const key = await toFileKey(newSecret());
  const file = createSealedFile({ path, name: "recording_1", key });
  return {
    path,
    key,
    file,
    append: (...pieces: Uint8Array[]) => file.append(ReadableStream.from(pieces), CONTENT.length),
    async read(from = 0, to = CONTENT.length) {
      const pieces = [];
      for await (const piece of file.read({ from, to })) pieces.push(piece.slice());
      return await new Blob(pieces).bytes();
    },
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
}

Deno.test("[P-30][P-40] pieces of any length make one file, each block under a nonce of its own", async () => {
  await using it = await opened();
  equal(await it.file.length(), 0);
  const nonces = new Set<string>();
  for (let at = 0; at < CONTENT.length; at += 40_000) {
    equal(await it.append(CONTENT.slice(at, at + 40_000)), Math.min(at + 40_000, CONTENT.length));
    const sealed = await Deno.readFile(it.path);
    for (let block = 0; block < sealed.length; block += BLOCK_BYTES + 28) {
      nonces.add(`${block} ${sealed.slice(block, block + 12).toHex()}`);
    }
  }
  deepEqual(await it.read(), CONTENT);
  deepEqual(await it.read(65_000, 66_000), CONTENT.slice(65_000, 66_000));
  // Four blocks, sealed two, three, two times and once.
  equal(nonces.size, 8);
});

Deno.test("[P-40] a block that a crash cut off is sent again", async () => {
  await using it = await opened();
  await it.append(CONTENT.slice(0, BLOCK_BYTES + 5_000));
  for (const lost of [1, 3_000, 5_027, 5_028]) {
    await it.append(CONTENT.slice(await it.file.length(), BLOCK_BYTES + 5_000));
    const { size } = await Deno.stat(it.path);
    await Deno.truncate(it.path, size - lost);
    equal(await it.file.length(), BLOCK_BYTES);
  }
  await it.append(CONTENT.slice(BLOCK_BYTES));
  deepEqual(await it.read(), CONTENT);
});

Deno.test("[P-30] another key, another name and a shorter file open nothing", async () => {
  await using it = await opened();
  await it.append(CONTENT);
  const others = [
    createSealedFile({ path: it.path, name: "recording_2", key: it.key }),
    createSealedFile({ path: it.path, name: "recording_1", key: await toFileKey(newSecret()) }),
  ];
  for (const other of others) {
    await rejects(other.read({ from: 0, to: 1 }).next(), { code: "DATABASE_ERROR" });
  }
  await Deno.truncate(it.path, BLOCK_BYTES + 28);
  await rejects(it.read(), { code: "DATABASE_ERROR" });
  await rejects(it.append(CONTENT), { code: "PAYLOAD_TOO_LARGE" });
});
