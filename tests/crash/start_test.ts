import assert from "node:assert/strict";
import { runChild, startChild, tempFolder } from "../../tools/child_server.ts";
import { startRemotely } from "../support/remote.ts";

Deno.test("[M-64] the program says in one line where it listens", async () => {
  await using folder = await tempFolder();
  await using server = await startChild({ env: { KV_PATH: folder.kvPath } });
  assert.match(server.output.stdout, /^Docent is listening on http:\/\/localhost:\d+\n$/);
  assert.equal(server.output.stderr, "");
  const response = await fetch(`${server.url}/health`);
  assert.equal(response.status, 200);
  await response.body?.cancel();
});

const FAULTY = {
  PORT: "70000",
  JWT_SECRET: "my secret",
  LOG_LEVEL: "loud",
  EXHIBITION_TZ: "Mars/Olympus",
  WS_TOKEN_EXPIRES_IN: "10 parsecs",
  ADMIN_PASSWORD_HASH: "plain text",
  MAX_CONNECTIONS: "-1",
};

Deno.test("[M-64] all faults of the settings are told at once, without their values", async () => {
  const { code, stdout, stderr } = await runChild({ env: FAULTY });
  assert.equal(code, 1);
  assert.equal(stdout, "");
  assert.match(stderr, /^Docent cannot start: Settings are not right: [^\n]+\n$/);
  for (const [name, value] of Object.entries(FAULTY)) {
    assert.ok(stderr.includes(`${name} must be `), `${name} is not told in: ${stderr}`);
    assert.ok(!stderr.includes(value), `the value of ${name} is told in: ${stderr}`);
  }
});

Deno.test("[M-64][T-M26] a port that another program uses is told in a sentence", async () => {
  await using folder = await tempFolder();
  using taken = Deno.listen({ hostname: "::", port: 0 });
  const { port } = taken.addr as Deno.NetAddr;
  for (const name of ["PORT", "WS_PORT"]) {
    const env = { KV_PATH: folder.kvPath, [name]: String(port) };
    const { code, stdout, stderr } = await runChild({ env });
    assert.equal(code, 1);
    assert.equal(stdout, "");
    assert.equal(
      stderr,
      `Docent cannot start: Cannot listen on port ${port}: another program uses it\n`,
    );
  }
});

Deno.test("[T-M18] a second process on the same file is refused, the first serves on", async () => {
  await using folder = await tempFolder();
  const env = { KV_PATH: folder.kvPath };
  await using first = await startChild({ env });
  const { code, stderr } = await runChild({ env });
  assert.equal(code, 1);
  assert.equal(
    stderr,
    `Docent cannot start: Another process uses "${folder.kvPath}"; only one may own a store\n`,
  );
  await startRemotely(first.url);
});

Deno.test("[M-64] a file that is no store is told in a sentence, and left as it is", async () => {
  await using folder = await tempFolder();
  const text = "These are my notes.\n".repeat(100);
  await Deno.writeTextFile(folder.kvPath, text, { mode: 0o600 });
  const { code, stderr } = await runChild({ env: { KV_PATH: folder.kvPath } });
  assert.equal(code, 1);
  assert.match(stderr, /^Docent cannot start: [^\n]*docent\.kv[^\n]*\n$/);
  assert.equal(await Deno.readTextFile(folder.kvPath), text);
});
