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
  await preparePrivateFolder(path);
  const lock = await lockFile(path);
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

async function preparePrivateFolder(path: string): Promise<void> {
  const folder = path.includes("/") ? path.slice(0, path.lastIndexOf("/")) || "/" : ".";
  if (folder !== "." && !(await exists(folder))) {
    await Deno.mkdir(folder, { recursive: true, mode: 0o700 }).catch((cause) => {
      throw new Error(`Cannot make the folder "${folder}" for KV_PATH; create it first`, { cause });
    });
  }
  for (const suffix of ["", "-wal", "-shm"]) {
    const info = await Deno.lstat(path + suffix).catch(() => null);
    if (info?.isSymlink) {
      throw new Error(`Refuse to open "${path}${suffix}": it is a symbolic link`);
    }
  }
}

function exists(path: string): Promise<boolean> {
  // A folder that may not be looked at is there for all we can do about it.
  return Deno.stat(path).then(() => true, (error) => !(error instanceof Deno.errors.NotFound));
}

async function lockFile(path: string): Promise<Deno.FsFile> {
  const file = await Deno.open(path, { read: true, write: true, create: true, mode: 0o600 });
  if (await file.tryLock(true)) return file;
  file.close();
  throw new Error(`Another process uses "${path}"; only one may own a store`);
}
