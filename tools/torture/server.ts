import { type ChildServer, startArguments, startChild, tempFolder } from "../child_server.ts";

/** The real program under the start command's permissions, that may be ended and come back. */
export interface TorturedServer extends AsyncDisposable {
  /** The same over all its lives. */
  readonly url: string;
  readonly pid: number;
  /** Memory that it holds in fact, MiB. */
  rssMib(): number;
  /** Without a chance to finish anything: kill -9. */
  kill(): Promise<void>;
  /** By SIGTERM. Gives the exit code: 1 when its time was over before all was put away. */
  stop(): Promise<number>;
  /** Starts again on the same data and port. */
  restart(): Promise<void>;
}

export interface ServerOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Where its data goes; a temporary folder that goes with it unless told otherwise. */
  readonly folder?: string;
}

/** Kiosks of a proof are many behind one address, and have no keys. */
const NO_LIMIT_ON_KIOSKS = { RATE_KIOSK_PER_MIN: "100000000", LOG_LEVEL: "error" };

export async function startTortured({ env, folder }: ServerOptions = {}): Promise<TorturedServer> {
  await using stack = new AsyncDisposableStack();
  const path = folder ?? stack.use(await tempFolder()).path;
  const settings = { ...NO_LIMIT_ON_KIOSKS, ...env, KV_PATH: `${path}/docent.kv` };
  const args = await startArguments(settings);
  const start = (port: string) => startChild({ env: { ...settings, PORT: port }, args });
  let child: ChildServer = await start("0");
  const { url } = child;
  stack.defer(() => child[Symbol.asyncDispose]());
  const resources = stack.move();
  return {
    url,
    get pid() {
      return child.pid;
    },
    rssMib: () => child.rssMib(),
    kill: () => child[Symbol.asyncDispose](),
    stop() {
      child.signal("SIGTERM");
      return child.ended;
    },
    async restart() {
      child = await start(new URL(url).port);
    },
    [Symbol.asyncDispose]: () => resources[Symbol.asyncDispose](),
  };
}
