import { type Child, startChild } from "./child.ts";

/** The reference stack, ready to be measured; null where PostgreSQL or Node is not there. */
export interface Reference {
  readonly server: Child;
  stop(): Promise<void>;
}

const decoder = new TextDecoder();

/**
 * Starts PostgreSQL on a fresh cluster in a temporary folder, as an unprivileged user, with the
 * settings that it ships with, and the reference server on it.
 */
export async function startReference(report: (line: string) => void): Promise<Reference | null> {
  const bin = await findPostgres();
  if (bin === null || !await succeeds("node", ["--version"])) {
    report("PostgreSQL or Node is not on this machine: no reference is measured");
    return null;
  }
  const folder = await Deno.makeTempDir({ prefix: "docent-reference-" });
  const user = Deno.uid() === 0 ? "nobody" : null;
  if (user !== null) await run("chown", [user, folder]);
  const asUser = (command: string, args: string[]) =>
    user === null
      ? run(command, args)
      : run("setpriv", ["--reuid", user, "--regid", "nogroup", "--clear-groups", command, ...args]);
  const data = `${folder}/data`;
  await asUser(`${bin}/initdb`, ["-D", data, "-U", "docent", "-A", "trust", "--no-instructions"]);
  const options = `-c listen_addresses='' -c unix_socket_directories='${folder}'`;
  await asUser(`${bin}/pg_ctl`, ["-D", data, "-w", "-l", `${folder}/log`, "-o", options, "start"]);
  const uri = `postgresql://docent@/postgres?host=${encodeURIComponent(folder)}`;
  const server = await startServer(folder, uri);
  return {
    server,
    async stop() {
      await server.stop();
      await asUser(`${bin}/pg_ctl`, ["-D", data, "-m", "immediate", "stop"]);
      await Deno.remove(folder, { recursive: true });
    },
  };
}

/** Installs the reference's packages beside a copy of it, and starts it with Node. */
async function startServer(folder: string, uri: string): Promise<Child> {
  const app = `${folder}/app`;
  await Deno.mkdir(app);
  for (const name of ["package.json", "server.mjs"]) {
    await Deno.copyFile(new URL(`reference/${name}`, import.meta.url), `${app}/${name}`);
  }
  await run("npm", ["install", "--prefix", app, "--no-audit", "--no-fund", "--silent"]);
  return await startChild("node", [`${app}/server.mjs`], { POSTGRES_URI: uri });
}

async function findPostgres(): Promise<string | null> {
  const folders = ["/usr/local/bin", "/usr/bin"];
  for (const version of [18, 17, 16, 15, 14]) folders.push(`/usr/lib/postgresql/${version}/bin`);
  for (const folder of folders) {
    if (await succeeds(`${folder}/initdb`, ["--version"])) return folder;
  }
  return null;
}

function succeeds(command: string, args: string[]): Promise<boolean> {
  return run(command, args).then(() => true, () => false);
}

async function run(command: string, args: string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command(command, {
    args,
    stdout: "null",
    stderr: "piped",
    cwd: "/tmp",
  }).output();
  if (!success) throw new Error(`${command} failed: ${decoder.decode(stderr)}`);
}
