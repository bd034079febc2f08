import { resealInterviews } from "../../lib/interviews/mod.ts";
import { addKey, openKeyFile } from "../../lib/key_file.ts";
import { openKv } from "../../lib/kv/open.ts";
import { createSealer } from "../../lib/sealing.ts";
import { type Command, EXIT, requireFile, runCommand } from "./command.ts";

const HELP = `Adds a key to KEY_FILE, and seals with it what people answered in interviews.

  deno task rotate-key

No server may have KV_PATH open. Older keys stay in the file, for what is in backups. After an
interruption run it again: what was sealed anew stays so.

Exit codes: 0 done, 2 it could not be done.`;

/** `deno task rotate-key` (P-30). */
const ROTATE_KEY: Command = {
  name: "rotate-key",
  help: HELP,
  settings: ["KV_PATH", "KEY_FILE"],
  maxArguments: 0,
  async run({ storage: { kvPath, keyFile } }) {
    if (keyFile === null) throw new Error("A store in memory has no keys");
    await requireFile(kvPath);
    // Before the key: a server that runs would seal with the old one.
    const store = await openKv(kvPath);
    try {
      await addKey(keyFile);
      const secrets = await openKeyFile(keyFile);
      const resealed = await resealInterviews(store.kv, await createSealer(secrets));
      console.log(`Added a key to "${keyFile}": keys: ${secrets.length}, sealed anew: ${resealed}`);
      return EXIT.well;
    } finally {
      store.close();
    }
  },
};

if (import.meta.main) Deno.exit(await runCommand(ROTATE_KEY, Deno.args));
