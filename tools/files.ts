/** Not ours to read: data of a running server, packages, the history. */
const SKIPPED: ReadonlySet<string> = new Set([".git", "node_modules", "data", "coverage"]);

/** Root of the repository, wherever a command was started. */
export const ROOT: URL = new URL("../", import.meta.url);

/** Paths from the root of all files, with slashes, in no order. */
export async function listFiles(folder = ""): Promise<string[]> {
  const found: string[] = [];
  for await (const { name, isDirectory, isFile } of Deno.readDir(new URL(folder, ROOT))) {
    if (SKIPPED.has(name)) continue;
    if (isDirectory) found.push(...await listFiles(`${folder}${name}/`));
    else if (isFile) found.push(folder + name);
  }
  return found;
}

/** Text of one file by its path from the root. */
export function readFile(path: string): Promise<string> {
  return Deno.readTextFile(new URL(path, ROOT));
}
