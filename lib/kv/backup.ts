import type { Clock } from "../clock.ts";
import { copyStore } from "./copy.ts";
import { folderOf, makePrivateFolder } from "./folder.ts";

/** A backup that was written. */
export interface Backup {
  readonly path: string;
  readonly bytes: number;
  readonly tookMs: number;
}

export interface BackupOptions {
  readonly from: string;
  /** Nothing may be there. */
  readonly to: string;
  readonly clock: Clock;
  readonly signal?: AbortSignal;
}

/**
 * Writes a store into a new file that its owner alone may read. It stands under its name only when
 * it is whole: a process that is killed leaves none, or one called `….partial`.
 * @throws Error with one sentence; nothing is left then
 */
export async function writeBackup({ from, to, clock, signal }: BackupOptions): Promise<Backup> {
  const started = clock.monotonic();
  if (await isThere(to)) throw new Error(`There is something at "${to}" already`);
  await makePrivateFolder(folderOf(to));
  const partial = `${to}.partial`;
  try {
    await createPrivateFile(partial);
    await copyStore({ from, to: partial, signal });
    await Deno.rename(partial, to);
  } catch (error) {
    await Deno.remove(partial).catch(() => {});
    throw error;
  }
  const { size } = await Deno.stat(to);
  return { path: to, bytes: size, tookMs: Math.round(clock.monotonic() - started) };
}

/** Makes an empty file for its owner alone; what was there is gone. */
export async function createPrivateFile(path: string): Promise<void> {
  await Deno.remove(path).catch(() => {});
  (await Deno.open(path, { write: true, createNew: true, mode: 0o600 })).close();
}

export function isThere(path: string): Promise<boolean> {
  return Deno.lstat(path).then(() => true, () => false);
}
