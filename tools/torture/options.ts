import { parseArgs } from "node:util";

export interface Options {
  /** Names of proofs; null for all. */
  readonly only: readonly string[] | null;
  readonly isShort: boolean;
  /** Instead of each proof's own number. */
  readonly rounds: number | null;
}

export type Parsed =
  | { readonly kind: "run"; readonly options: Options }
  | { readonly kind: "help" }
  | { readonly kind: "wrong"; readonly faults: readonly string[] };

const FLAGS = {
  only: { type: "string", multiple: true },
  short: { type: "boolean", default: false },
  rounds: { type: "string" },
  help: { type: "boolean", short: "h", default: false },
} as const;

const MAX_ROUNDS = 1_000;

/** Reads the command line; every fault in one answer. */
export function parseOptions(args: readonly string[], names: readonly string[]): Parsed {
  let values;
  try {
    ({ values } = parseArgs({ args: [...args], options: FLAGS, strict: true }));
  } catch (error) {
    return { kind: "wrong", faults: [error instanceof Error ? error.message : String(error)] };
  }
  if (values.help) return { kind: "help" };
  const only = values.only?.flatMap((list) => list.split(",")) ?? null;
  const faults = (only ?? []).filter((name) => !names.includes(name))
    .map((name) => `--only must be of ${names.join(", ")}, not "${name}"`);
  const rounds = values.rounds === undefined ? null : Number(values.rounds);
  if (rounds !== null && !(Number.isInteger(rounds) && rounds >= 1 && rounds <= MAX_ROUNDS)) {
    faults.push(`--rounds must be a whole number from 1 to ${MAX_ROUNDS}, not "${values.rounds}"`);
  }
  if (faults.length > 0) return { kind: "wrong", faults };
  return { kind: "run", options: { only, rounds, isShort: values.short } };
}
