/** The folder of a path; "." when it names none. */
export function folderOf(path: string): string {
  return path.includes("/") ? path.slice(0, path.lastIndexOf("/")) || "/" : ".";
}

/**
 * Makes a folder for its owner alone (0700); one that is there stays as it is.
 * @throws Error with one sentence for the operator
 */
export async function makePrivateFolder(folder: string): Promise<void> {
  if (folder === "." || await exists(folder)) return;
  await Deno.mkdir(folder, { recursive: true, mode: 0o700 }).catch((cause) => {
    throw new Error(`Cannot make the folder "${folder}"; create it first`, { cause });
  });
}

function exists(folder: string): Promise<boolean> {
  // A folder that may not be looked at is there for all we can do about it.
  return Deno.stat(folder).then(() => true, (error) => !(error instanceof Deno.errors.NotFound));
}
