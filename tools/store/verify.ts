import { type Command, runCommand } from "./command.ts";
import { verifyStore } from "./verify_store.ts";

const HELP = `Makes all that is stored of the attempts anew from their facts and compares.

  deno task verify [FILE]

FILE is KV_PATH unless told otherwise. No server may have it open: stop it, or verify a backup.
Compared are rows, indexes, counts, the figures of each hour, and the log with the histories.
Rows that a program of another version left are not: the next start makes them anew.
Nothing is changed.

Exit codes: 0 no difference, 1 differences, each told in a line, 2 it could not be done.`;

/** `deno task verify` (M-70). */
const VERIFY: Command = {
  name: "verify",
  help: HELP,
  settings: ["KV_PATH"],
  maxArguments: 1,
  run: ({ arguments: [path], storage }) => verifyStore(path ?? storage.kvPath),
};

if (import.meta.main) Deno.exit(await runCommand(VERIFY, Deno.args));
