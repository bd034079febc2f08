import { fill, type Filled } from "./fill.ts";

/** A file of data that holds so many attempts. */
export interface Store extends Filled {
  readonly path: string;
  /** When it was filled. */
  readonly bytes: number;
}

/** Filled files, each made when it is first asked for. */
export interface Stores {
  /** Where files may lie that are kept as long as these. */
  readonly folder: string;
  get(attempts: number): Promise<Store>;
  /** Whether filling one would take too long, by what it took to fill others. */
  isTooLarge(attempts: number): boolean;
  [Symbol.asyncDispose](): Promise<void>;
}

/** A run with a million attempts is to end within 25 minutes. */
const MAX_FILL_SEC = 15 * 60;

/**
 * Filling a million takes ten minutes and twelve gigabytes: with a folder the files stay there for
 * the next run, without one they go when this run ends.
 */
export async function openStores(
  kept: string | undefined,
  report: (line: string) => void,
): Promise<Stores> {
  const folder = kept ?? await Deno.makeTempDir({ prefix: "docent-bench-" });
  await Deno.mkdir(folder, { recursive: true });

  /** Of the one that was filled last; the program warms up in the first. */
  let secondsEach = 0;

  async function get(attempts: number): Promise<Store> {
    const path = `${folder}/${attempts}.kv`;
    const note = `${path}.json`;
    const known = await Deno.readTextFile(note).catch(() => null);
    if (known !== null) return { ...JSON.parse(known), path };
    // What an earlier run left half full.
    for (const suffix of ["", "-wal", "-shm"]) await Deno.remove(path + suffix).catch(() => {});
    const filled = await fill(path, attempts);
    secondsEach = filled.seconds / attempts;
    report(`${attempts} attempts with ${filled.events} events in ${Math.round(filled.seconds)} s`);
    const store: Store = { ...filled, path, bytes: (await Deno.stat(path)).size };
    await Deno.writeTextFile(note, JSON.stringify(store));
    return store;
  }

  return {
    folder,
    get,
    isTooLarge: (attempts) => attempts * secondsEach > MAX_FILL_SEC,
    async [Symbol.asyncDispose]() {
      if (kept === undefined) await Deno.remove(folder, { recursive: true });
    },
  };
}
