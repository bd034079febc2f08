import { runChild } from "../../tools/child_server.ts";
import config from "../../deno.json" with { type: "json" };

export type StoreCommand = "verify" | "backup" | "restore" | "rotate-key";

/** Runs a task for the file of data as `deno task` would, with the permissions that it names. */
export function runStoreCommand(
  name: StoreCommand,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
) {
  const [deno, ...rest] = config.tasks[name].command.split(" ");
  if (deno !== "deno") throw new Error(`Task "${name}" is not run by deno`);
  return runChild({ env, args: [...rest, ...args] });
}
