/**
 * The server under load. `--ceiling` acknowledges without storing: the same code with a log that
 * forgets, which is as fast as it could be if storing cost nothing.
 */
import { compose } from "../compose/mod.ts";
import { parseConfig } from "../lib/config/mod.ts";
import type { FactLog } from "../lib/log/mod.ts";
import { silentLogger } from "../lib/logger.ts";
import { OPERATOR_SETTINGS } from "./operator.ts";

const config = parseConfig({
  PORT: "0",
  KV_PATH: Deno.env.get("KV_PATH"),
  RATE_EVENTS_PER_SEC: "1000000",
  RATE_EVENT_BURST: "1000000",
  RATE_KIOSK_PER_MIN: "1000000",
  MAX_CONNECTIONS: "20000",
  ...OPERATOR_SETTINGS,
});

function forgetful(log: FactLog): FactLog {
  return { ...log, append: () => Promise.resolve(0) };
}

const ceiling = Deno.args.includes("--ceiling");
const docent = await compose(config, {
  logger: silentLogger,
  wrapLog: ceiling ? forgetful : undefined,
});
console.log(`Docent is listening on http://127.0.0.1:${await docent.listen()}`);
