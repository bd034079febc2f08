import { endProcess } from "../end_process.ts";
import { inTime } from "../in_time.ts";

/**
 * Lets each fsync of a running process fail, or take longer, until it is disposed of. The fault is
 * what `strace --inject` takes: `error=EIO`, `delay_exit=100000` (microseconds).
 */
export async function injectOnFsync(pid: number, fault: string): Promise<AsyncDisposable> {
  const calls = "fsync,fdatasync";
  const tracer = new Deno.Command("strace", {
    args: ["-f", "-p", `${pid}`, "-o", "/dev/null", "-e", `inject=${calls}:${fault}`],
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const { promise: attached, resolve, reject } = Promise.withResolvers<void>();
  const listening = (async () => {
    let said = "";
    for await (const text of tracer.stderr.pipeThrough(new TextDecoderStream())) {
      said += text;
      if (said.includes(" attached")) resolve();
    }
    reject(new Error(`strace ended: ${said}`));
  })();
  // Interrupted, it lets go of the process; killed, it would leave it stopped.
  const end = async () => {
    await endProcess(tracer, "SIGINT");
    await listening;
  };
  try {
    await inTime(attached, "strace has attached");
  } catch (error) {
    await end();
    throw error;
  }
  return { [Symbol.asyncDispose]: end };
}
