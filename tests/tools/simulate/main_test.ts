import assert from "node:assert/strict";
import { ADMIN, testApp } from "../../support/test_app.ts";

async function simulate(...args: readonly string[]) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["task", "--quiet", "simulate", ...args],
    cwd: new URL("../../../", import.meta.url),
    env: { NO_COLOR: "1" },
  }).output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

Deno.test("the task plays against the server, verifies with a login, and ends with 0", async () => {
  await using app = await testApp();
  const url = await app.listen();
  const play = [
    "--url",
    url,
    "--kiosks",
    "4",
    "--visitors",
    "10",
    "--speed",
    "300",
    "--faults",
    "1",
  ];
  const login = ["--username", ADMIN.username, "--password", ADMIN.password];
  const { code, stdout, stderr } = await simulate(...play, ...login, "--verify");
  assert.equal(code, 0, stdout + stderr);
  assert.match(stdout, /^all +\d+ +\d+ +10$/m);
  assert.match(stdout, /^ack p99 ms +[\d.]+$/m);
  assert.match(stdout, /^Verified: 10 attempts and \d+ events are as they were sent\.$/m);
  assert.match(stderr, /10\/10 visitors/);
});

Deno.test("the task says that a login is refused before it plays", async () => {
  await using app = await testApp();
  const url = await app.listen();
  const { code, stderr } = await simulate(
    ...["--url", url, "--verify", "--username", "admin", "--password", "wrong"],
  );
  assert.equal(code, 1);
  assert.match(stderr, /^simulate: 401 AUTH_FAILED/m);
});

Deno.test("the task ends with 3 without a server, and with 2 for a wrong flag", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr as Deno.NetAddr;
  listener.close();
  const [gone, wrong, help] = await Promise.all([
    simulate("--url", `http://127.0.0.1:${port}`),
    simulate("--kiosks", "none"),
    simulate("--help"),
  ]);
  assert.equal(gone.code, 3);
  assert.match(gone.stderr, /No server answers at http:\/\/127\.0\.0\.1:\d+/);
  assert.equal(wrong.code, 2);
  assert.match(wrong.stderr, /--kiosks must be a whole number/);
  assert.equal(help.code, 0);
  assert.match(help.stdout, /Exit codes/);
});
