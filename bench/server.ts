/**
 * The server under load. `--ceiling` acknowledges without storing: the same code with a log that
 * forgets, which is as fast as it could be if storing cost nothing. `--stalls` watches the event
 * loop, at `/bench/stall`.
 */
import { compose } from "../compose/mod.ts";
import { parseConfig } from "../lib/config/mod.ts";
import type { FactLog } from "../lib/log/mod.ts";
import { silentLogger } from "../lib/logger.ts";
import { OPERATOR_SETTINGS } from "./operator.ts";

const config = parseConfig({
  PORT: "0",
  KV_PATH: Deno.env.get("KV_PATH"),
  EXHIBITION_TZ: "UTC",
  RATE_EVENTS_PER_SEC: "1000000",
  RATE_EVENT_BURST: "1000000",
  RATE_KIOSK_PER_MIN: "1000000",
  MAX_CONNECTIONS: "20000",
  INTERVIEW_SESSIONS_PER_DAY: "1000000",
  INTERVIEW_ANSWERS_PER_MIN: "1000000",
  RATE_ANALYSES_PER_MIN: "1000000",
  RATE_QUESTIONS_PER_MIN: "1000000",
  RATE_EXPORTS_PER_HOUR: "1000000",
  // Many people, each at an address of their own.
  TRUSTED_PROXIES: "127.0.0.1",
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

/** Tells the longest time since it was asked last in which nobody else had a turn. */
function watchStalls(): void {
  let last = performance.now();
  let worstMs = 0;
  setInterval(() => {
    const now = performance.now();
    worstMs = Math.max(worstMs, now - last);
    last = now;
  }, 1);
  docent.app.get("/bench/stall", (c) => {
    const answer = c.json({ worstMs });
    worstMs = 0;
    return answer;
  });
}

if (Deno.args.includes("--stalls")) watchStalls();
console.log(`Docent is listening on http://127.0.0.1:${await docent.listen()}`);
