import process from "node:process";
import { compose } from "./compose/mod.ts";
import { parseConfig } from "./lib/config/mod.ts";
import { SETTING_NAMES } from "./lib/config/names.ts";
import { createLogger } from "./lib/logger.ts";

/** Reads the variables that the start command permits, one by one: all at once is not permitted. */
function readEnvironment(): Record<string, string | undefined> {
  return Object.fromEntries(SETTING_NAMES.map((name) => [name, Deno.env.get(name)]));
}

/** The process ends by then, whatever the disk does. */
const STOP_DEADLINE_MS = 4_500;

async function main(): Promise<void> {
  const config = parseConfig(readEnvironment());
  const logger = await createLogger(config);
  for (const notice of config.notices) logger.warn(notice);
  const docent = await compose(config, { logger });
  const port = await docent.listen();
  const token = await docent.openSetupLink();
  if (token !== null) {
    const base = config.http.publicUrl ?? `http://localhost:${port}`;
    console.error(`Set up the administrator: ${base}/admin/setup?token=${token}`);
  }
  console.log(`Docent is listening on http://localhost:${port}`);
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), STOP_DEADLINE_MS);
    await docent[Symbol.asyncDispose]();
    process.exit(0);
  };
  Deno.addSignalListener("SIGTERM", stop);
  Deno.addSignalListener("SIGINT", stop);
}

if (import.meta.main) {
  await main().catch((error) => {
    console.error(`Docent cannot start: ${error instanceof Error ? error.message : error}`);
    process.exit(1);
  });
}
