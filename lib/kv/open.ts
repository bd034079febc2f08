import { folderOf, makePrivateFolder } from "./folder.ts";
import type { Kv } from "./port.ts";

export interface OpenKv {
  readonly kv: Kv;
  close(): void;
}

/**
 * Opens the one file of data. Its folder is made private (0700), a symbolic link in its place is
 * refused, and the file is locked: two processes on one file would lose each other's facts.
 * `:memory:` opens a store that ends with the process.
 * @throws Error with one sentence for the operator
 */
export async function openKv(path: string): Promise<OpenKv> {
  if (path === ":memory:") {
    const kv = await Deno.openKv(":memory:");
    return { kv, close: () => kv.close() };
  }
  const lock = await lockStore(path);
  try {
    const kv = await Deno.openKv(path);
    return {
      kv,
      close() {
        kv.close();
        lock.close();
      },
    };
  } catch (cause) {
    lock.close();
    throw new Error(`Cannot open "${path}" as a Docent store`, { cause });
  }
}

/** What SQLite keeps beside the file. */
export const SIDE_FILES = ["-wal", "-shm"] as const;

/**
 * Keeps every other process from opening a store until it is closed; an empty file is made where
 * there is none.
 * @throws Error with one sentence for the operator
 */
export async function lockStore(path: string): Promise<Deno.FsFile> {
  await makePrivateFolder(folderOf(path));
  for (const suffix of ["", ...SIDE_FILES]) {
    const info = await Deno.lstat(path + suffix).catch(() => null);
    if (info?.isSymlink) {
      throw new Error(`Refuse to open "${path}${suffix}": it is a symbolic link`);
    }
  }
  const file = await Deno.open(path, { read: true, write: true, create: true, mode: 0o600 });
  if (await file.tryLock(true)) return file;
  file.close();
  throw new Error(`Another process uses "${path}"; only one may own a store`);
}
