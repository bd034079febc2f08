/**
 * Starts many watchers in a process of their own, and waits until all are open. Gives what closes
 * them, and then gives what they had to say.
 */
export async function openCrowd(
  program: string,
  args: readonly string[],
): Promise<() => Promise<string>> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", program, ...args],
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const printed = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  await printed.read();
  return async () => {
    await child.stdin.close();
    let said = "";
    for (let read = await printed.read(); !read.done; read = await printed.read()) {
      said += read.value;
    }
    await child.status;
    return said;
  };
}
