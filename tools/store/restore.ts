import { systemClock, toIso } from "../../lib/clock.ts";
import { createIds } from "../../lib/ids.ts";
import { openKv } from "../../lib/kv/open.ts";
import { restoreStore } from "../../lib/kv/restore.ts";
import { openStoredLog } from "../../lib/log/mod.ts";
import { type Command, DifferenceError, EXIT, requireFile, runCommand } from "./command.ts";
import { verifyStore } from "./verify_store.ts";

const HELP = `Puts a backup in the place of the file of data (KV_PATH).

  deno task restore BACKUP [--verify]

No server may have KV_PATH open. The file that is replaced is kept beside it, and its name told.
With --verify the copy is verified before anything is replaced; with a difference nothing is.

Exit codes: 0 restored, 1 the backup has differences, 2 it could not be done.`;

/** `deno task restore` (M-70). */
const RESTORE: Command = {
  name: "restore",
  help: HELP,
  settings: ["KV_PATH"],
  flags: ["verify"],
  maxArguments: 1,
  async run({ arguments: [backup], flags, storage: { kvPath: path } }) {
    if (backup === undefined) throw new Error("Say which backup to restore");
    await requireFile(backup);
    const keptPath = `${path}.replaced-${toIso(systemClock.now()).replaceAll(":", "")}`;
    let facts = 0;
    const restored = await restoreStore({
      backup,
      path,
      keptPath,
      async check(copy) {
        facts = await prepare(copy, backup);
        if (!flags.has("verify") || await verifyStore(copy, backup) === EXIT.well) return;
        throw new DifferenceError(`"${backup}" has differences, nothing was replaced`);
      },
    });
    console.log(`Restored "${path}" from "${backup}": bytes: ${restored.bytes}, facts: ${facts}`);
    if (restored.keptPath !== null) console.log(`What was there is now "${restored.keptPath}"`);
    return EXIT.well;
  },
};

/**
 * Makes a copy ready to serve, and gives how many facts its log has seen.
 * @throws Error for a file that never was a store of ours
 */
async function prepare(copy: string, backup: string): Promise<number> {
  const store = await openKv(copy);
  try {
    const log = openStoredLog(store.kv, {});
    const head = await log.head();
    if (head === null) throw new Error(`"${backup}" holds no facts`);
    await log.renewEpoch(createIds({ clock: systemClock }).unique());
    return head;
  } finally {
    store.close();
  }
}

if (import.meta.main) Deno.exit(await runCommand(RESTORE, Deno.args));
