import { equal, match, notEqual } from "node:assert/strict";

const LINK =
  /^Set up the administrator: http:\/\/localhost:\d+\/admin\/setup\?token=([\w-]{43})\n$/;
/** bcrypt, of nothing that is needed here. */
const HASH = `$2b$12$${"a".repeat(53)}`;

/** Starts the program, waits until it serves, ends it, and gives all that it wrote on stderr. */
async function stderrOf(env: Record<string, string>): Promise<string> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", "-A", "main.ts"],
    cwd: new URL("../", import.meta.url),
    env: { NODE_ENV: "test", PORT: "0", KV_PATH: ":memory:", ...env },
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const errors = new Response(child.stderr).text();
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    if (text.includes("Docent is listening")) break;
  }
  child.kill("SIGTERM");
  await child.status;
  return await errors;
}

Deno.test("[T-M16] the first start says in one line how to set up the administrator, each time anew", async () => {
  const [first, second] = [await stderrOf({}), await stderrOf({})];
  match(first, LINK);
  match(second, LINK);
  notEqual(LINK.exec(first)![1], LINK.exec(second)![1]);
});

Deno.test("[T-M16] a start with an administrator in the settings says nothing", async () => {
  equal(await stderrOf({ ADMIN_PASSWORD_HASH: HASH }), "");
});
