import { START_RUNTIME, startArguments } from "../tools/child_server.ts";
import { type Child, startChild } from "./child.ts";
import { OPERATOR_SETTINGS } from "./operator.ts";

/** The server as the `start` task starts it, and not only its code: memory depends on both. */
export async function startDefault(kvPath: string): Promise<Child> {
  const settings = {
    ...OPERATOR_SETTINGS,
    KV_PATH: kvPath,
    PORT: "0",
    RATE_KIOSK_PER_MIN: "1000000",
  };
  const env = { ...START_RUNTIME.env, ...settings };
  return await startChild(Deno.execPath(), await startArguments(settings), env);
}
