const decoder = new TextDecoder();

/** A PostgreSQL of its own, with the settings that it ships with. */
export interface Postgres {
  /** Where its user may read and write. */
  readonly folder: string;
  readonly uri: string;
  /** Where a program of the reference lies, its packages beside it. */
  programPath(program: string): string;
  /** Runs a program of the reference; gives what it printed. */
  node(program: string, args: readonly string[]): Promise<string>;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

const PROGRAMS = ["package.json", "schema.mjs", "server.mjs", "analytics.mjs"];

/**
 * Starts PostgreSQL on a socket in a folder, as an unprivileged user, and puts the programs of the
 * reference beside it; null where PostgreSQL or Node is not there. In a folder that is kept it
 * finds its databases again.
 */
export async function startPostgres(
  kept: string | undefined,
  report: (line: string) => void,
): Promise<Postgres | null> {
  const bin = await findPostgres();
  if (bin === null || !await succeeds("node", ["--version"])) {
    report("PostgreSQL or Node is not on this machine: no reference is measured");
    return null;
  }
  const folder = kept ?? await Deno.makeTempDir({ prefix: "docent-reference-" });
  await Deno.mkdir(folder, { recursive: true });
  const user = Deno.uid() === 0 ? "nobody" : null;
  if (user !== null) await run("chown", [user, folder]);
  const asUser = (program: string, args: string[]) =>
    user === null ? run(`${bin}/${program}`, args) : run("setpriv", [
      ...["--reuid", user, "--regid", "nogroup", "--clear-groups"],
      `${bin}/${program}`,
      ...args,
    ]);
  const data = `${folder}/data`;
  if (!await exists(`${data}/PG_VERSION`)) {
    await asUser("initdb", ["-D", data, "-U", "docent", "-A", "trust", "--no-instructions"]);
  }
  const options = `-c listen_addresses='' -c unix_socket_directories='${folder}'`;
  const start = () =>
    asUser("pg_ctl", ["-D", data, "-w", "-l", `${folder}/log`, "-o", options, "start"]);
  const stop = (mode: string) => asUser("pg_ctl", ["-D", data, "-m", mode, "-w", "stop"]);
  await start();
  const app = await installPrograms(folder);
  const uri = `postgresql://docent@/postgres?host=${encodeURIComponent(folder)}`;
  return {
    folder,
    uri,
    programPath: (program) => `${app}/${program}`,
    async node(program, args) {
      const options = { args: [`${app}/${program}`, ...args], env: { POSTGRES_URI: uri } };
      return decoder.decode((await output("node", options)).stdout);
    },
    async restart() {
      await stop("fast");
      await start();
    },
    async stop() {
      await stop(kept === undefined ? "immediate" : "fast");
      if (kept === undefined) await Deno.remove(folder, { recursive: true });
    },
  };
}

async function installPrograms(folder: string): Promise<string> {
  const app = `${folder}/app`;
  await Deno.mkdir(app, { recursive: true });
  for (const name of PROGRAMS) {
    await Deno.copyFile(new URL(`reference/${name}`, import.meta.url), `${app}/${name}`);
  }
  await run("npm", ["install", "--prefix", app, "--no-audit", "--no-fund", "--silent"]);
  return app;
}

async function findPostgres(): Promise<string | null> {
  const folders = ["/usr/local/bin", "/usr/bin"];
  for (const version of [18, 17, 16, 15, 14]) folders.push(`/usr/lib/postgresql/${version}/bin`);
  for (const folder of folders) {
    if (await succeeds(`${folder}/initdb`, ["--version"])) return folder;
  }
  return null;
}

function exists(path: string): Promise<boolean> {
  return Deno.stat(path).then(() => true, () => false);
}

function succeeds(command: string, args: string[]): Promise<boolean> {
  return run(command, args).then(() => true, () => false);
}

async function run(command: string, args: string[]): Promise<void> {
  // Not piped: a program of PostgreSQL that stays would keep the pipe open.
  await output(command, { args, stdout: "null" });
}

async function output(command: string, options: Deno.CommandOptions) {
  const done = await new Deno.Command(command, { stderr: "piped", cwd: "/tmp", ...options })
    .output();
  if (!done.success) throw new Error(`${command} failed: ${decoder.decode(done.stderr)}`);
  return done;
}
