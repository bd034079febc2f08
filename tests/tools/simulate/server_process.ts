/** The real server as a child process that may be killed and started again on its data. */
export interface ServerProcess extends AsyncDisposable {
  readonly url: string;
  /** Without a chance to finish anything: kill -9. */
  kill(): Promise<void>;
  /** Starts again on the same data and port. */
  restart(): Promise<void>;
}

const START_DEADLINE_MS = 10_000;

/** Starts it on a fresh folder, which goes with it. */
export async function startServerProcess(
  env: Readonly<Record<string, string>>,
): Promise<ServerProcess> {
  const folder = await Deno.makeTempDir({ prefix: "docent-simulate-" });
  const settings = { ...env, NODE_ENV: "test", KV_PATH: `${folder}/docent.kv` };
  let running = await start({ ...settings, PORT: "0" });
  const { port } = running;
  return {
    url: `http://127.0.0.1:${port}`,
    kill: () => end(running.child),
    async restart() {
      running = await start({ ...settings, PORT: port });
    },
    async [Symbol.asyncDispose]() {
      await end(running.child);
      await Deno.remove(folder, { recursive: true });
    },
  };
}

interface Running {
  readonly child: Deno.ChildProcess;
  readonly port: string;
}

async function start(env: Readonly<Record<string, string>>): Promise<Running> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", "-A", "main.ts"],
    cwd: new URL("../../../", import.meta.url),
    env,
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const deadline = setTimeout(() => child.kill("SIGKILL"), START_DEADLINE_MS);
  try {
    let text = "";
    for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      const port = /listening on \S+:(\d+)\n/.exec(text)?.[1];
      if (port !== undefined) return { child, port };
    }
    throw new Error(`Server did not start: ${text}`);
  } finally {
    clearTimeout(deadline);
  }
}

async function end(child: Deno.ChildProcess): Promise<void> {
  try {
    child.kill("SIGKILL");
  } catch (error) {
    // Killed before.
    if (!(error instanceof TypeError)) throw error;
  }
  await child.status;
}
