import { systemClock } from "../../lib/clock.ts";
import { writeBackup } from "../../lib/kv/backup.ts";
import { createBackups } from "../../lib/kv/backups.ts";
import { type Command, EXIT, requireFile, runCommand } from "./command.ts";

const HELP =
  `Copies the file of data (KV_PATH) as it is at one moment, also while a server writes to it.

  deno task backup [TARGET]

TARGET is a new file. Without it the copy goes to BACKUP_DIR under the time of its making, and the
oldest there are removed when there are more than BACKUP_KEPT. Only its owner may read the copy.

Exit codes: 0 written, 2 it could not be done, and nothing is left of it.`;

/** `deno task backup` (M-70). */
const BACKUP: Command = {
  name: "backup",
  help: HELP,
  settings: ["KV_PATH", "BACKUP_DIR", "BACKUP_KEPT"],
  maxArguments: 1,
  async run({ arguments: [target], storage: { kvPath, backups } }) {
    await requireFile(kvPath);
    const clock = systemClock;
    const { path, bytes, tookMs } = target === undefined
      ? await createBackups({ ...backups, kvPath, clock }).write()
      : await writeBackup({ from: kvPath, to: target, clock });
    console.log(`Wrote "${path}": bytes: ${bytes}, ms: ${tookMs}`);
    return EXIT.well;
  },
};

if (import.meta.main) Deno.exit(await runCommand(BACKUP, Deno.args));
