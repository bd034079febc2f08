import { fileURLToPath } from "node:url";

/** The real server as a child process, on data of its own, that may be killed and come back. */
export interface Server extends AsyncDisposable {
  readonly origin: string;
  /** As the first start prints it on stderr where no administrator is set. */
  setupLink(): Promise<string>;
  /** How many attempts there are from the days before. */
  readonly pastAttempts: number;
  /** Without a chance to finish anything: kill -9. */
  kill(): Promise<void>;
  /** Starts again on the same data and port. */
  restart(): Promise<void>;
}

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** Fills a data file with the visitors of the last days. */
const HISTORY = "tests/support/history.ts";
const DEADLINE_MS = 15_000;

/**
 * Starts it by the command of the `start` task, so its permissions are tried as well.
 * @param more settings beside those that every test needs
 */
export async function startServer(more: Readonly<Record<string, string>> = {}): Promise<Server> {
  const folder = await Deno.makeTempDir({ prefix: "docent-e2e-" });
  const settings = { KV_PATH: `${folder}/docent.kv`, LOG_LEVEL: "warn", ...more };
  await deno("task", "--quiet", "build:server");
  const printed = await deno("run", "--no-prompt", "-A", HISTORY, settings.KV_PATH);
  let running = await launch({ ...settings, PORT: "0" });
  const { port } = running;
  return {
    origin: `http://localhost:${port}`,
    setupLink: () => running.find(/http:\S+\/admin\/setup\?token=\S+/),
    pastAttempts: Number(printed),
    kill: () => running.end(),
    async restart() {
      running = await launch({ ...settings, PORT: port });
    },
    async [Symbol.asyncDispose]() {
      await running.end();
      await Deno.remove(folder, { recursive: true });
    },
  };
}

/** The command of the task, and the settings that it lets the server read. */
async function startCommand(): Promise<{ command: string; names: readonly string[] }> {
  const { tasks } = JSON.parse(await Deno.readTextFile(`${ROOT}deno.json`));
  const command: string = tasks.start.command;
  const names = /--allow-env=(\S+)/.exec(command)?.[1].split(",") ?? [];
  return { command, names };
}

/** Runs a tool of the tree to its end; gives what it printed. */
async function deno(...args: string[]): Promise<string> {
  const command = new Deno.Command(Deno.execPath(), { args, cwd: ROOT, stderr: "inherit" });
  const { code, stdout } = await command.output();
  if (code !== 0) throw new Error(`deno ${args.join(" ")} ended with ${code}`);
  return new TextDecoder().decode(stdout);
}

interface Running {
  readonly port: string;
  /** Waits until the server has printed it. */
  find(pattern: RegExp): Promise<string>;
  end(): Promise<void>;
}

async function launch(settings: Readonly<Record<string, string>>): Promise<Running> {
  const { command, names } = await startCommand();
  const inherited = Object.entries(Deno.env.toObject()).filter(([name]) => !names.includes(name));
  const child = new Deno.Command("sh", {
    // `exec` gives the server the process id that is killed; a shell between would outlive it.
    args: ["-c", `exec env ${command.replace("deno run", '"$DENO" run')}`],
    cwd: ROOT,
    clearEnv: true,
    env: { ...Object.fromEntries(inherited), ...settings, DENO: Deno.execPath() },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const printed = { text: "", wake: () => {} };
  const reading = [child.stdout, child.stderr].map((stream) => read(stream, printed));
  const running = {
    find: (pattern: RegExp) => findIn(printed, pattern),
    async end() {
      try {
        child.kill("SIGKILL");
      } catch (error) {
        // Killed before.
        if (!(error instanceof TypeError)) throw error;
      }
      await Promise.all([child.status, ...reading]);
    },
  };
  try {
    const address = await running.find(/listening on http:\S+:\d+/);
    return { ...running, port: /\d+$/.exec(address)![0] };
  } catch (error) {
    await running.end();
    throw error;
  }
}

interface Printed {
  text: string;
  wake: () => void;
}

async function read(stream: ReadableStream<Uint8Array<ArrayBuffer>>, printed: Printed) {
  for await (const chunk of stream.pipeThrough(new TextDecoderStream())) {
    printed.text += chunk;
    printed.wake();
  }
}

async function findIn(printed: Printed, pattern: RegExp): Promise<string> {
  const timeout = AbortSignal.timeout(DEADLINE_MS);
  while (true) {
    const found = pattern.exec(printed.text);
    if (found !== null) return found[0];
    if (timeout.aborted) throw new Error(`The server did not print ${pattern}: ${printed.text}`);
    await new Promise<void>((resolve) => {
      printed.wake = resolve;
      timeout.addEventListener("abort", () => resolve(), { once: true });
    });
  }
}
