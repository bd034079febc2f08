import { endProcess } from "./end_process.ts";
import { inTime } from "./in_time.ts";
import { ADMIN_PASSWORD_HASH } from "./known_admin.ts";
import config from "../deno.json" with { type: "json" };

/** The real program as a process of its own, which may be stopped or killed. */
export interface ChildServer {
  /** `http://127.0.0.1:port` */
  readonly url: string;
  readonly pid: number;
  /** What it printed so far. */
  readonly output: { readonly stdout: string; readonly stderr: string };
  signal(signal: Deno.Signal): void;
  /** Resolves with the exit code. */
  readonly ended: Promise<number>;
  /** Memory that it holds in fact, MiB. */
  rssMib(): number;
  /** Kills it if it still runs. */
  [Symbol.asyncDispose](): Promise<void>;
}

export interface ChildOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Arguments of `deno`; the program with all permissions unless told otherwise. */
  readonly args?: readonly string[];
}

const ROOT = new URL("../", import.meta.url);
const PROGRAM = ["run", "--no-prompt", "-A", "main.ts"];
/** Only what the runtime itself needs; the machine's own settings must not matter. */
const INHERITED = ["PATH", "HOME", "DENO_DIR", "TMPDIR"];

interface Spawned extends Omit<ChildServer, "url"> {
  /** Resolves with the address, or null when it ended without listening. */
  readonly listening: Promise<string | null>;
}

function spawn({ env = {}, args = PROGRAM }: ChildOptions): Spawned {
  const inherited = INHERITED.map((name) => [name, Deno.env.get(name) ?? ""]);
  const child = new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd: ROOT,
    clearEnv: true,
    env: {
      ...Object.fromEntries(inherited.filter(([, value]) => value !== "")),
      PORT: "0",
      // There is an administrator: no set-up link is printed.
      ADMIN_PASSWORD_HASH,
      ...env,
    },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const output = { stdout: "", stderr: "" };
  const { promise: listening, resolve } = Promise.withResolvers<string | null>();
  const gather = async (stream: "stdout" | "stderr") => {
    for await (const text of child[stream].pipeThrough(new TextDecoderStream())) {
      output[stream] += text;
      const port = /listening on http:\/\/\S+:(\d+)\n/.exec(output.stdout)?.[1];
      if (port !== undefined) resolve(`http://127.0.0.1:${port}`);
    }
  };
  const ended = Promise.all([child.status, gather("stdout"), gather("stderr")]).then(([status]) => {
    resolve(null);
    return status.code;
  });
  return {
    listening,
    pid: child.pid,
    output,
    ended,
    signal: (signal) => child.kill(signal),
    rssMib() {
      const status = Deno.readTextFileSync(`/proc/${child.pid}/status`);
      return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
    },
    async [Symbol.asyncDispose]() {
      await endProcess(child, "SIGKILL");
      await ended;
    },
  };
}

/** Starts the program and waits until it listens. */
export async function startChild(options: ChildOptions = {}): Promise<ChildServer> {
  const spawned = spawn(options);
  try {
    const url = await inTime(spawned.listening, "the server listens");
    if (url === null) throw new Error(`Server did not start: ${spawned.output.stderr}`);
    return { ...spawned, url };
  } catch (error) {
    await spawned[Symbol.asyncDispose]();
    throw error;
  }
}

/** Runs the program for as long as it runs by itself. */
export async function runChild(options: ChildOptions = {}) {
  await using spawned = spawn(options);
  const code = await inTime(spawned.ended, "the program ends");
  return { code, ...spawned.output };
}

/** The command of the `start` task. */
export const START_COMMAND: string = config.tasks.start.command;

/** Around the program: variables that the C library reads, and flags of V8. */
export const START_RUNTIME = {
  env: Object.fromEntries(
    [...START_COMMAND.matchAll(/(\w+)=(\S+) (?=.*deno run)/g)].map((
      [, name, value],
    ) => [name, value]),
  ),
  flags: START_COMMAND.split(" ").filter((arg) => arg.startsWith("--v8-flags=")),
};

/** What the shell of `deno task` makes of the start command: the arguments of `deno`. */
export async function startArguments(env: Readonly<Record<string, string>>): Promise<string[]> {
  const echo = START_COMMAND.replace(/^.*?deno run /, "echo run ");
  const { code, stdout } = await runChild({ env, args: ["task", "--quiet", "--eval", echo] });
  if (code !== 0) throw new Error(`The start command could not be read: exit code ${code}`);
  return stdout.trim().split(" ");
}

/** A folder for data that goes when it is disposed of. */
export async function tempFolder() {
  const path = await Deno.makeTempDir({ prefix: "docent-child-" });
  return {
    path,
    kvPath: `${path}/docent.kv`,
    [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }),
  };
}
