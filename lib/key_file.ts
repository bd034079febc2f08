import { folderOf, makePrivateFolder } from "./kv/folder.ts";

const SECRET_BYTES = 32;

/**
 * The secrets in a key file, one of 32 bytes as Base64 on each line, the newest last. A file that
 * is not there is made, for its owner alone (0600).
 * @throws Error with one sentence for the operator
 */
export async function openKeyFile(path: string): Promise<Uint8Array<ArrayBuffer>[]> {
  await makePrivateFolder(folderOf(path));
  const info = await Deno.lstat(path).catch(ifMissing);
  if (info === null) {
    const secret = newSecret();
    await Deno.writeTextFile(path, toLine(secret), { createNew: true, mode: 0o600 });
    return [secret];
  }
  if (info.isSymlink) throw new Error(`Refuse to read "${path}": it is a symbolic link`);
  if (info.mode !== null && (info.mode & 0o077) !== 0) {
    throw new Error(`Refuse to read "${path}": others may read it; chmod 600 it`);
  }
  return parseKeyFile(await Deno.readTextFile(path), path);
}

/** Adds a secret, which seals from the next start on; the older ones still open. */
export async function addKey(path: string): Promise<void> {
  const secrets = await openKeyFile(path);
  const text = [...secrets, newSecret()].map(toLine).join("");
  // Beside it and then in its place: a crash in between leaves the old file whole.
  await Deno.writeTextFile(`${path}.new`, text, { mode: 0o600 });
  await Deno.rename(`${path}.new`, path);
}

export function newSecret(): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(SECRET_BYTES));
}

function toLine(secret: Uint8Array): string {
  return `${secret.toBase64()}\n`;
}

function parseKeyFile(text: string, path: string): Uint8Array<ArrayBuffer>[] {
  const lines = text.split("\n").map((line) => line.trim()).filter((line) => line !== "");
  try {
    const secrets = lines.map((line) => Uint8Array.fromBase64(line));
    if (secrets.length > 0 && secrets.every(({ length }) => length === SECRET_BYTES)) {
      return secrets;
    }
  } catch {
    // Said below, without what stands in the file.
  }
  throw new Error(`Cannot read "${path}": each line must be a key of 32 bytes as Base64`);
}

function ifMissing(error: unknown): null {
  if (error instanceof Deno.errors.NotFound) return null;
  throw error;
}
