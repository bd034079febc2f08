/** Something that a proof needs and not every machine has. */
export interface Need {
  readonly name: string;
  /** Null when it is there, else why not and where it comes from. */
  missing(): Promise<string | null>;
}

/** Runs a command to its end; null, or what it said when it failed, or that there is none. */
export async function run(command: string, ...args: string[]): Promise<string | null> {
  try {
    const { success, stderr } = await new Deno.Command(command, { args, stderr: "piped" }).output();
    return success ? null : new TextDecoder().decode(stderr).trim();
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return `There is no ${command} here`;
  }
}

/** Makes calls of a running process fail or take long. */
export const STRACE: Need = {
  name: "strace",
  async missing() {
    const problem = await run("strace", "-qq", "-e", "inject=fsync:error=EIO", "true");
    return problem === null ? null : `${problem}; apt-get install strace`;
  },
};

/** Lets a process see another time. */
export const FAKETIME: Need = {
  name: "libfaketime",
  async missing() {
    if (await findFaketime() !== null) return null;
    return "libfaketime is not on this machine; apt-get install faketime";
  },
};

/** A disk of a few MiB; only the superuser may mount one. */
export const MOUNT: Need = {
  name: "mount",
  async missing() {
    const folder = await Deno.makeTempDir({ prefix: "docent-disk-" });
    const problem = await run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder);
    if (problem === null) await run("umount", folder);
    await Deno.remove(folder);
    return problem;
  },
};

/** The library for programs with threads, where Debian puts it on each architecture. */
export async function findFaketime(): Promise<string | null> {
  for (const folder of [`/usr/lib/${Deno.build.arch}-linux-gnu`, "/usr/lib", "/usr/lib64"]) {
    const path = `${folder}/faketime/libfaketimeMT.so.1`;
    if (await Deno.stat(path).then(() => true, () => false)) return path;
  }
  return null;
}
