import assert from "node:assert/strict";
import { openKv } from "../../../lib/kv/open.ts";

/** Runs a test in a folder of its own. */
async function inFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "docent-kv-" });
  try {
    await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const modeOf = async (path: string) => ((await Deno.stat(path)).mode ?? 0) & 0o777;

/** What another process says that tries to open the same file. */
async function openElsewhere(path: string): Promise<string> {
  const module = new URL("../../../lib/kv/open.ts", import.meta.url);
  const program = `
    import { openKv } from ${JSON.stringify(module.href)};
    try {
      (await openKv(${JSON.stringify(path)})).close();
      console.log("opened");
    } catch (error) {
      console.log(error.message);
    }`;
  const args = ["eval", "--unstable-kv", "--no-config", program];
  const { stdout } = await new Deno.Command(Deno.execPath(), { args }).output();
  return new TextDecoder().decode(stdout).trim();
}

Deno.test("openKv() keeps what is written, in a folder and files of its owner alone", async () => {
  await inFolder(async (folder) => {
    const path = `${folder}/new/data/docent.kv`;
    const first = await openKv(path);
    await first.kv.set(["test", "a"], 1);
    assert.equal(await modeOf(`${folder}/new`), 0o700);
    assert.equal(await modeOf(`${folder}/new/data`), 0o700);
    for await (const { name } of Deno.readDir(`${folder}/new/data`)) {
      assert.equal(await modeOf(`${folder}/new/data/${name}`), 0o600, name);
    }
    first.close();
    const second = await openKv(path);
    assert.equal((await second.kv.get(["test", "a"])).value, 1);
    second.close();
  });
});

Deno.test("openKv() leaves a folder that is there as it is", async () => {
  await inFolder(async (folder) => {
    await Deno.chmod(folder, 0o750);
    (await openKv(`${folder}/docent.kv`)).close();
    assert.equal(await modeOf(folder), 0o750);
  });
});

Deno.test("openKv() refuses a symbolic link in the place of any of its files", async () => {
  for (const suffix of ["", "-wal", "-shm"]) {
    await inFolder(async (folder) => {
      const path = `${folder}/docent.kv`;
      await Deno.writeTextFile(`${folder}/elsewhere`, "precious");
      await Deno.symlink(`${folder}/elsewhere`, path + suffix);
      const message = `Refuse to open "${path}${suffix}": it is a symbolic link`;
      await assert.rejects(openKv(path), { message });
      assert.equal(await Deno.readTextFile(`${folder}/elsewhere`), "precious");
    });
  }
});

Deno.test("openKv() refuses a file that another process uses, until it is closed", async () => {
  await inFolder(async (folder) => {
    const path = `${folder}/docent.kv`;
    const store = await openKv(path);
    const refusal = `Another process uses "${path}"; only one may own a store`;
    assert.equal(await openElsewhere(path), refusal);
    await store.kv.set(["test", "a"], 1);
    assert.equal(await openElsewhere(path), refusal, "while it is in use as well");
    store.close();
    assert.equal(await openElsewhere(path), "opened");
  });
});

Deno.test("openKv() says what is wrong in one sentence", async () => {
  await inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/notes.txt`, "These are no data. ".repeat(100));
    await assert.rejects(openKv(`${folder}/notes.txt`), {
      message: `Cannot open "${folder}/notes.txt" as a Docent store`,
    });
    await assert.rejects(openKv(`${folder}/notes.txt/docent.kv`), /notes\.txt/);
  });
});

Deno.test("openKv() opens a store in memory that nobody else sees", async () => {
  const [one, other] = [await openKv(":memory:"), await openKv(":memory:")];
  await one.kv.set(["test", "a"], 1);
  assert.equal((await other.kv.get(["test", "a"])).value, null);
  one.close();
  other.close();
});
