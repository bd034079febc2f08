import { folderOf, makePrivateFolder } from "./folder.ts";

/** The folder of the data where nothing else is said; it is ours, and kept private. */
const DATA_FOLDER = "data";
const PRIVATE_FOLDER = 0o700;
/** Permission bits of everybody who is neither the owner nor of the group. */
const OTHERS = 0o007;

/**
 * Makes the place of a store private, at each start and whoever made it: `data` becomes 0700.
 * Another folder is its owner's: who has access is only said. What the program is not permitted to
 * look at is left as it is, and so is a store in memory.
 * @param warn told what others have access to, in one sentence
 * @throws Error with one sentence for the operator; for a `data` that is a symbolic link too
 */
export async function keepPrivate(path: string, warn: (message: string) => void): Promise<void> {
  if (path === ":memory:") return;
  const folder = folderOf(path.replace(/^(\.\/+)+/, ""));
  if (folder === DATA_FOLDER || folder.startsWith(`${DATA_FOLDER}/`)) {
    await refuseLink(DATA_FOLDER);
    await makePrivateFolder(folder);
    await closeFolder(DATA_FOLDER, warn);
  } else for (const place of [folder, path]) await warnOfReaders(place, warn);
}

async function refuseLink(path: string): Promise<void> {
  const info = await Deno.lstat(path).catch(() => null);
  if (info?.isSymlink) throw new Error(`Refuse to open "${path}": it is a symbolic link`);
}

async function closeFolder(folder: string, warn: (message: string) => void): Promise<void> {
  if ((await modeOf(folder) & 0o777) === PRIVATE_FOLDER) return;
  await Deno.chmod(folder, PRIVATE_FOLDER).catch(() => {
    warn(`Folder "${folder}" cannot be made private: it has another owner`);
  });
}

async function warnOfReaders(place: string, warn: (message: string) => void): Promise<void> {
  if ((await modeOf(place) & OTHERS) === 0) return;
  warn(`Others on this machine have access to "${place}"; take it from them with chmod o=`);
}

/** Permission bits; 0 for what is not there, may not be looked at, or has none. */
async function modeOf(path: string): Promise<number> {
  const info = await Deno.stat(path).catch(() => null);
  return info?.mode ?? 0;
}
