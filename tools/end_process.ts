/** Sends a signal to a process that may have ended by itself, and waits until it has ended. */
export async function endProcess(
  child: Pick<Deno.ChildProcess, "kill" | "status">,
  signal: Deno.Signal,
): Promise<void> {
  try {
    child.kill(signal);
  } catch (error) {
    // It has ended before.
    if (!(error instanceof TypeError)) throw error;
  }
  await child.status;
}
