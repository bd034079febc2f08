import { run } from "./needs.ts";

/** A disk that is soon full. */
export interface SmallDisk extends AsyncDisposable {
  readonly path: string;
  /** Writes until there is no room. */
  fill(): Promise<void>;
  /** Takes back what was filled. */
  free(): Promise<void>;
}

/** Mounts a disk of so many MiB. @throws Error when that is not allowed */
export async function mountSmallDisk(mib: number): Promise<SmallDisk> {
  const path = await Deno.makeTempDir({ prefix: "docent-disk-" });
  const problem = await run("mount", "-t", "tmpfs", "-o", `size=${mib}m`, "tmpfs", path);
  if (problem !== null) {
    await Deno.remove(path);
    throw new Error(problem);
  }
  const filler = `${path}/filler`;
  return {
    path,
    fill: () => fill(filler),
    free: () => Deno.remove(filler),
    async [Symbol.asyncDispose]() {
      const left = await run("umount", path);
      if (left !== null) throw new Error(left);
      await Deno.remove(path);
    },
  };
}

async function fill(path: string): Promise<void> {
  using file = await Deno.open(path, { write: true, create: true });
  for (let size = 64 * 1024; size >= 4_096;) {
    try {
      await file.write(new Uint8Array(size));
    } catch {
      size /= 2;
    }
  }
}
