import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const DEADLINE_MS = 20_000;

/** Plays visitors with the simulator, so that lists and charts have something to show. */
export async function playVisitors(origin: string, visitors: number): Promise<void> {
  const flags = ["--url", origin, "--visitors", `${visitors}`, "--kiosks", "8"];
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["task", "--quiet", "simulate", ...flags, "--speed", "2000", "--faults", "0"],
    cwd: ROOT,
    signal: AbortSignal.timeout(DEADLINE_MS),
  }).output();
  if (code === 0) return;
  const text = new TextDecoder();
  throw new Error(`The simulator ended with ${code}: ${text.decode(stdout)}${text.decode(stderr)}`);
}
