import { createPrivateFile, isThere } from "./backup.ts";
import { copyStore } from "./copy.ts";
import { lockStore, SIDE_FILES } from "./open.ts";

export interface RestoreOptions {
  /** The store to take; it stays as it is. */
  readonly backup: string;
  /** Where it goes. */
  readonly path: string;
  /** Where the store goes that is there now. */
  readonly keptPath: string;
  /** Looks at the copy, which no process has open, before it is put in place; throws to stop. */
  readonly check: (copy: string) => Promise<void>;
}

/** A restore that was done. */
export interface Restored {
  readonly bytes: number;
  /** The store that was replaced; null when there was none. */
  readonly keptPath: string | null;
}

/**
 * Puts a backup in the place of a store that no process has open, and keeps the replaced one. The
 * path holds the one or the other at every moment, and nobody can open it in between.
 * @throws Error with one sentence; the store is as it was then
 */
export async function restoreStore(options: RestoreOptions): Promise<Restored> {
  const { backup, path, keptPath, check } = options;
  const isNew = !await isThere(path);
  // Whoever would open it from now on is told that it is in use.
  using _replaced = await lockStore(path);
  const copy = `${path}.restoring`;
  try {
    await createPrivateFile(copy);
    await copyStore({ from: backup, to: copy });
    await check(copy);
    using _locked = await lockStore(copy);
    const { size: bytes } = await Deno.stat(copy);
    if (!isNew) await keepAside(path, keptPath);
    await Deno.rename(copy, path);
    return { bytes, keptPath: isNew ? null : keptPath };
  } catch (error) {
    for (const suffix of ["", ...SIDE_FILES]) await Deno.remove(copy + suffix).catch(() => {});
    if (isNew) await Deno.remove(path);
    throw error;
  }
}

/**
 * Gives the store a second name, and takes what SQLite keeps beside it along: frames of its log
 * would be written into the file that comes in its place.
 */
async function keepAside(path: string, keptPath: string): Promise<void> {
  if (await isThere(keptPath)) throw new Error(`There is something at "${keptPath}" already`);
  await Deno.link(path, keptPath);
  for (const suffix of SIDE_FILES) {
    if (await isThere(path + suffix)) await Deno.rename(path + suffix, keptPath + suffix);
  }
}
