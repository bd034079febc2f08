import { fileURLToPath } from "node:url";

/** The pages with made-up content, served by `tools/gallery.ts` in a process of its own. */
export interface Gallery extends AsyncDisposable {
  readonly origin: string;
  /** Addresses of all stories. */
  readonly paths: readonly string[];
}

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

export async function openGallery(): Promise<Gallery> {
  await run(["task", "--quiet", "build"]);
  const process = deno([
    "run",
    "--no-prompt",
    "--allow-net=127.0.0.1",
    "--allow-read=static",
    "tools/gallery.ts",
    "0",
  ], "piped").spawn();
  const origin = await readOrigin(process.stdout);
  const paths: string[] = await (await fetch(origin)).json();
  return {
    origin,
    paths: paths.map((path) =>
      path.replace(":attemptId", "attempt_1737285000000493817207")
        .replace(":userId", "user_1737200000000000000001")
    ),
    async [Symbol.asyncDispose]() {
      process.kill();
      await process.status;
    },
  };
}

function deno(args: readonly string[], stdout: "piped" | "inherit"): Deno.Command {
  return new Deno.Command(Deno.execPath(), { args: [...args], cwd: ROOT, stdout, stderr: "null" });
}

async function run(args: readonly string[]): Promise<void> {
  const { code } = await deno(args, "inherit").output();
  if (code !== 0) throw new Error(`deno ${args.join(" ")} ended with ${code}`);
}

/** The tool prints its address first, as it takes a free port. */
async function readOrigin(stdout: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<string> {
  let printed = "";
  for await (const chunk of stdout.pipeThrough(new TextDecoderStream())) {
    printed += chunk;
    const address = /http:\/\/127\.0\.0\.1:\d+/.exec(printed);
    if (address !== null) return address[0];
  }
  throw new Error(`The gallery did not start: ${printed}`);
}
