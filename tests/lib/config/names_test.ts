import assert from "node:assert/strict";
import { parseConfig } from "../../../lib/config/mod.ts";
import { SETTING_NAMES } from "../../../lib/config/names.ts";
import { readFile } from "../../../tools/files.ts";

/** Read by the package `ws` when it is loaded. */
const READ_BY_PACKAGES = ["WS_NO_BUFFER_UTIL", "WS_NO_UTF_8_VALIDATE"];

Deno.test("[M-64] parseConfig() reads the settings that have a name, and no other", () => {
  const read = new Set<string>();
  const env = new Proxy<Record<string, string>>({}, {
    get(_target, name) {
      read.add(String(name));
      return undefined;
    },
  });
  parseConfig(env);
  assert.deepEqual([...read].toSorted(), SETTING_NAMES.toSorted());
});

Deno.test("[M-64] deno.json permits the server to read its settings and no other variable", async () => {
  const { tasks } = JSON.parse(await readFile("deno.json"));
  for (const name of ["start", "dev"]) {
    const { command } = tasks[name];
    const permitted = / --allow-env=(\S+) /.exec(command)?.[1].split(",");
    assert.deepEqual(permitted, [...SETTING_NAMES, ...READ_BY_PACKAGES], `task ${name}`);
    assert.doesNotMatch(command, / -A\b| --allow-all\b/, `task ${name}`);
    assert.match(command, / --no-prompt /, `task ${name}`);
  }
});

Deno.test("[M-64] README.md explains every setting, .env.example names no other", async () => {
  const readme = await readFile("README.md");
  const settings = readme.slice(readme.indexOf("## Settings"));
  for (const name of SETTING_NAMES) assert.ok(settings.includes(`\`${name}\``), name);
  const example = await readFile(".env.example");
  const named = [...example.matchAll(/^#?([A-Z][A-Z0-9_]+)=/gm)].map((match) => match[1]);
  assert.ok(named.length > 0);
  for (const name of named) assert.ok((SETTING_NAMES as readonly string[]).includes(name), name);
});
