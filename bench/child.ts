/** A program under measurement: its address, its processor time and its memory. */
export interface Child {
  /** `http://127.0.0.1:port` */
  readonly url: string;
  /** Seconds of processor time so far, user and system. */
  cpuSeconds(): number;
  rssMiB(): number;
  /** The most that it ever was. */
  peakRssMiB(): number;
  stop(): Promise<void>;
}

/** Ticks of /proc/<pid>/stat in a second; 100 on every Linux that matters here. */
const TICKS_PER_SECOND = 100;

/** Starts a program that prints `… listening on <url>` as its first line. */
export async function startChild(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Child> {
  const child = new Deno.Command(command, {
    args: [...args],
    env: { ...env },
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  while (!text.includes("\n")) {
    const { value, done } = await reader.read();
    if (done) throw new Error(`${command} ended before it listened`);
    text += value;
  }
  /** A line of /proc/<pid>/status in KiB, as MiB. */
  const statusMiB = (name: string) => {
    const status = Deno.readTextFileSync(`/proc/${child.pid}/status`);
    return Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024;
  };
  const url = /http:\/\/\S+/.exec(text)?.[0];
  if (url === undefined) throw new Error(`${command} did not say where it listens: ${text}`);
  return {
    url: url.replace("localhost", "127.0.0.1"),
    cpuSeconds() {
      const stat = Deno.readTextFileSync(`/proc/${child.pid}/stat`);
      // Fields after the name, which may hold spaces: utime and stime are the 12th and 13th.
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
    },
    rssMiB: () => statusMiB("VmRSS"),
    peakRssMiB: () => statusMiB("VmHWM"),
    async stop() {
      child.kill("SIGKILL");
      await reader.cancel();
      await child.status;
    },
  };
}
