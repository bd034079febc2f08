import { type Declarations, readDeclarations } from "./declarations.ts";
import { realtimePage } from "./page.ts";

export { propertiesOf } from "./page.ts";

export const REALTIME_PAGE = new URL("../../docs/realtime.md", import.meta.url);

/** What `ws/protocol.ts` and the files that it imports from declare. */
export function readProtocol(): Promise<Declarations> {
  return readDeclarations(new URL("../../ws/protocol.ts", import.meta.url));
}

/** `docs/realtime.md` as it has to stand, in the format of the repository. */
export async function formattedPage(): Promise<string> {
  const format = new Deno.Command(Deno.execPath(), {
    args: ["fmt", "--ext", "md", "-"],
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const input = format.stdin.getWriter();
  await input.write(new TextEncoder().encode(realtimePage(await readProtocol())));
  await input.close();
  const { success, stdout } = await format.output();
  if (!success) throw new Error("The page was not formatted");
  return new TextDecoder().decode(stdout);
}
