import { parseArgs } from "node:util";
import { type Config, parseConfig } from "../../lib/config/mod.ts";
import type { SETTING_NAMES } from "../../lib/config/names.ts";

/** 0: all well. 1: what was found is not as it should be. 2: it could not be done. */
export const EXIT = { well: 0, differs: 1, failed: 2 } as const;

/** What was found is not as it should be, and so it was not done. */
export class DifferenceError extends Error {}

/** A command for the file of data, as `deno task` runs it. */
export interface Command {
  readonly name: string;
  readonly help: string;
  /** Variables that it reads; its task in `deno.json` permits just these. */
  readonly settings: readonly (typeof SETTING_NAMES)[number][];
  /** Its flags that are on or off. */
  readonly flags?: readonly string[];
  readonly maxArguments: number;
  /**
   * Does it; gives the exit code.
   * @throws Error with one sentence for the operator
   */
  run(given: Given): Promise<number>;
}

export interface Given {
  readonly arguments: readonly string[];
  readonly flags: ReadonlySet<string>;
  readonly storage: Config["storage"];
}

/** Runs a command and gives its exit code; what goes wrong is told in one line on stderr. */
export async function runCommand(command: Command, args: readonly string[]): Promise<number> {
  try {
    const given = parseGiven(command, args);
    if (given !== null) return await command.run(given);
    console.log(command.help);
    return EXIT.well;
  } catch (error) {
    console.error(`${command.name}: ${error instanceof Error ? error.message : error}`);
    return error instanceof DifferenceError ? EXIT.differs : EXIT.failed;
  }
}

/** Null when help is asked for. */
function parseGiven(command: Command, args: readonly string[]): Given | null {
  const names = ["help", ...command.flags ?? []];
  const options = Object.fromEntries(names.map((name) => [name, { type: "boolean" } as const]));
  const { values, positionals } = parseArgs({
    args: [...args],
    options,
    allowPositionals: true,
    strict: true,
  });
  if (values.help === true) return null;
  if (positionals.length > command.maxArguments) {
    throw new Error(`Too many arguments, see "deno task ${command.name} --help"`);
  }
  const environment = command.settings.map((name) => [name, Deno.env.get(name)]);
  return {
    arguments: positionals,
    flags: new Set(Object.keys(values)),
    storage: parseConfig(Object.fromEntries(environment)).storage,
  };
}

/** @throws Error when there is no file; opening it would make one */
export async function requireFile(path: string): Promise<void> {
  const info = await Deno.stat(path).catch(() => null);
  if (info?.isFile !== true) throw new Error(`There is no file "${path}"`);
}
