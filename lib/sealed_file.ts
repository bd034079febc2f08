import { AppError } from "./errors.ts";

/**
 * A file that only who has its key can read, and that grows piece by piece. What is in it is cut
 * into blocks, each sealed by itself with AES-256-GCM: so it is written and read as a stream, from
 * any byte on, with two blocks in memory (P-30). A block is bound to the file's name and to its
 * place, so that none can be put in the place of another.
 */
export interface SealedFile {
  /** Bytes of content that are stored whole; 0 for a file that is not there. */
  length(): Promise<number>;
  /**
   * Adds pieces behind what is stored, and gives the length after them. Whatever came before an
   * error is stored.
   * @throws AppError PAYLOAD_TOO_LARGE above `maxBytes`, UNAVAILABLE on a full disk; what the pieces
   * throw
   */
  append(pieces: AsyncIterable<Uint8Array>, maxBytes: number): Promise<number>;
  /**
   * The content from one byte up to another, block by block.
   * @throws AppError DATABASE_ERROR where a block is missing or was changed
   */
  read(range: { readonly from: number; readonly to: number }): AsyncGenerator<Uint8Array>;
}

export interface SealedFileDeps {
  readonly path: string;
  /** Of the content, wherever the file lies. */
  readonly name: string;
  readonly key: CryptoKey;
}

/** Of content in a block. */
export const BLOCK_BYTES = 64 * 1024;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const SEAL_BYTES = IV_BYTES + TAG_BYTES;
const SEALED_BYTES = BLOCK_BYTES + SEAL_BYTES;

/** The last block, as far as it is filled. */
interface Tail {
  readonly index: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly filled: number;
}

/** @param secret of 32 bytes, for one file alone */
export async function toFileKey(secret: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  return await crypto.subtle.importKey("raw", secret, "AES-GCM", false, ["encrypt", "decrypt"]);
}

export function createSealedFile({ path, name, key }: SealedFileDeps): SealedFile {
  const algorithm = (index: number, iv: Uint8Array<ArrayBuffer>): AesGcmParams => ({
    name: "AES-GCM",
    iv,
    additionalData: new TextEncoder().encode(`${name}:${index}`),
  });

  /** Another nonce each time: a block that was not filled is sealed anew when more comes. */
  async function seal(index: number, content: Uint8Array<ArrayBuffer>) {
    const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
    const box = await crypto.subtle.encrypt(algorithm(index, iv), key, content);
    const sealed = new Uint8Array(IV_BYTES + box.byteLength);
    sealed.set(iv);
    sealed.set(new Uint8Array(box), IV_BYTES);
    return sealed;
  }

  async function open(index: number, sealed: Uint8Array<ArrayBuffer>) {
    const iv = sealed.subarray(0, IV_BYTES);
    const box = sealed.subarray(IV_BYTES);
    return new Uint8Array(await crypto.subtle.decrypt(algorithm(index, iv), key, box));
  }

  async function readBlock(file: Deno.FsFile, index: number): Promise<Uint8Array<ArrayBuffer>> {
    const sealed = await readAt(file, index * SEALED_BYTES);
    return await open(index, sealed);
  }

  /** A block that a crash cut off while it was written is none. */
  async function readTail(file: Deno.FsFile): Promise<Tail> {
    const { size } = await file.stat();
    const index = Math.floor(size / SEALED_BYTES);
    const bytes = new Uint8Array(BLOCK_BYTES);
    if (size % SEALED_BYTES === 0) return { index, bytes, filled: 0 };
    const content = await readBlock(file, index).catch(() => new Uint8Array());
    bytes.set(content);
    return { index, bytes, filled: content.length };
  }

  async function appendTo(
    file: Deno.FsFile,
    pieces: AsyncIterable<Uint8Array>,
    maxBytes: number,
  ): Promise<number> {
    const { bytes, ...tail } = await readTail(file);
    let { index, filled } = tail;
    const length = () => index * BLOCK_BYTES + filled;
    const write = async () => {
      await writeAt(file, index * SEALED_BYTES, await seal(index, bytes.subarray(0, filled)));
    };
    try {
      for await (const piece of pieces) {
        if (length() + piece.length > maxBytes) throw tooLarge(maxBytes);
        for (let at = 0; at < piece.length;) {
          const part = piece.subarray(at, at + BLOCK_BYTES - filled);
          bytes.set(part, filled);
          filled += part.length;
          at += part.length;
          if (filled < BLOCK_BYTES) continue;
          await write();
          index++;
          filled = 0;
        }
      }
    } finally {
      if (filled > 0) await write();
      // What a client is told to be stored is on the disk.
      await file.sync();
    }
    return length();
  }

  return {
    async length() {
      try {
        using file = await Deno.open(path);
        const { index, filled } = await readTail(file);
        return index * BLOCK_BYTES + filled;
      } catch (error) {
        if (error instanceof Deno.errors.NotFound) return 0;
        throw error;
      }
    },
    async append(pieces, maxBytes) {
      try {
        using file = await Deno.open(path, { read: true, write: true, create: true, mode: 0o600 });
        return await appendTo(file, pieces, maxBytes);
      } catch (error) {
        if (isFullDisk(error)) throw new AppError("UNAVAILABLE", "Disk is full", { cause: error });
        throw error;
      }
    },
    async *read({ from, to }) {
      using file = await Deno.open(path).catch(unreadable);
      for (let at = from; at < to;) {
        const index = Math.floor(at / BLOCK_BYTES);
        const start = index * BLOCK_BYTES;
        const content = await readBlock(file, index).catch(unreadable);
        const part = content.subarray(at - start, to - start);
        if (part.length === 0) unreadable(new Error("File is shorter than it was"));
        yield part;
        at += part.length;
      }
    },
  };
}

async function readAt(file: Deno.FsFile, position: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(SEALED_BYTES);
  await file.seek(position, Deno.SeekMode.Start);
  let filled = 0;
  while (filled < SEALED_BYTES) {
    const count = await file.read(bytes.subarray(filled));
    if (count === null) break;
    filled += count;
  }
  return bytes.slice(0, filled);
}

async function writeAt(file: Deno.FsFile, position: number, bytes: Uint8Array): Promise<void> {
  await file.seek(position, Deno.SeekMode.Start);
  for (let written = 0; written < bytes.length;) {
    written += await file.write(bytes.subarray(written));
  }
}

function unreadable(cause: unknown): never {
  throw new AppError("DATABASE_ERROR", "Stored file cannot be read", { cause });
}

function tooLarge(maxBytes: number): AppError {
  return new AppError("PAYLOAD_TOO_LARGE", "More was sent than the file is to have", {
    details: { field: "body", expected: `at most ${maxBytes} bytes in all` },
  });
}

function isFullDisk(error: unknown): boolean {
  return error instanceof Error && /ENOSPC|No space left|EDQUOT/.test(
    `${"code" in error ? error.code : ""} ${error.message}`,
  );
}
