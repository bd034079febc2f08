import assert from "node:assert/strict";
import { keepPrivate } from "../../../lib/kv/private_files.ts";

const MODULE = new URL("../../../lib/kv/private_files.ts", import.meta.url).href;

async function inFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "docent-private-" });
  try {
    await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const modeOf = async (path: string) => ((await Deno.stat(path)).mode ?? 0) & 0o777;

/** What a program says that is started in a folder: warnings, and what it failed with. */
async function prepareIn(cwd: string, path: string): Promise<string[]> {
  const program = `
    import { keepPrivate } from ${JSON.stringify(MODULE)};
    await keepPrivate(${JSON.stringify(path)}, (message) => console.log(message))
      .catch((error) => console.log(error.message));`;
  const args = ["eval", "--no-config", program];
  const { success, stdout } = await new Deno.Command(Deno.execPath(), { args, cwd }).output();
  assert.ok(success);
  return new TextDecoder().decode(stdout).split("\n").filter((line) => line !== "");
}

async function warningsOf(path: string): Promise<string[]> {
  const warnings: string[] = [];
  await keepPrivate(path, (message) => void warnings.push(message));
  return warnings;
}

for (const path of ["data/docent.kv", "./data/docent.kv", "data/more/docent.kv"]) {
  Deno.test(`keepPrivate() makes data/ private for ${path}, whoever made it`, async () => {
    await inFolder(async (folder) => {
      await Deno.mkdir(`${folder}/data`);
      await Deno.chmod(`${folder}/data`, 0o755);
      for (let start = 0; start < 2; start++) {
        assert.deepEqual(await prepareIn(folder, path), []);
        assert.equal(await modeOf(`${folder}/data`), 0o700);
      }
    });
  });
}

Deno.test("keepPrivate() makes a missing data/ private", async () => {
  await inFolder(async (folder) => {
    assert.deepEqual(await prepareIn(folder, "data/docent.kv"), []);
    assert.equal(await modeOf(`${folder}/data`), 0o700);
  });
});

Deno.test("keepPrivate() refuses a data/ that is a symbolic link", async () => {
  await inFolder(async (folder) => {
    await Deno.mkdir(`${folder}/elsewhere`);
    await Deno.chmod(`${folder}/elsewhere`, 0o755);
    await Deno.symlink(`${folder}/elsewhere`, `${folder}/data`);
    const refusal = 'Refuse to open "data": it is a symbolic link';
    assert.deepEqual(await prepareIn(folder, "data/docent.kv"), [refusal]);
    assert.equal(await modeOf(`${folder}/elsewhere`), 0o755);
  });
});

Deno.test("keepPrivate() leaves another folder as it is, and says who has access", async () => {
  await inFolder(async (folder) => {
    const path = `${folder}/docent.kv`;
    await Deno.writeTextFile(path, "");
    await Deno.chmod(path, 0o644);
    for (const mode of [0o755, 0o750, 0o701, 0o700]) {
      await Deno.chmod(folder, mode);
      const open = [...(mode % 8 === 0 ? [] : [folder]), path];
      const expected = open.map((place) =>
        `Others on this machine have access to "${place}"; take it from them with chmod o=`
      );
      assert.deepEqual(await warningsOf(path), expected);
      assert.equal(await modeOf(folder), mode);
    }
    await Deno.chmod(path, 0o600);
    assert.deepEqual(await warningsOf(path), []);
    assert.equal(await modeOf(path), 0o600);
  });
});

Deno.test("keepPrivate() follows a link to a folder that somebody names", async () => {
  await inFolder(async (folder) => {
    await Deno.mkdir(`${folder}/disk`, { mode: 0o700 });
    await Deno.symlink(`${folder}/disk`, `${folder}/link`);
    assert.deepEqual(await warningsOf(`${folder}/link/docent.kv`), []);
  });
});
