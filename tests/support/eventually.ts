/** Waits until a condition holds; fails with its name after five seconds. */
export async function eventually(
  condition: () => boolean | Promise<boolean>,
  what: string,
): Promise<void> {
  const deadline = performance.now() + 5_000;
  while (!await condition()) {
    if (performance.now() > deadline) throw new Error(`It did not come to pass: ${what}`);
    await turn();
  }
}

/** Lets everything that is ready run: promises, timers that are due, answers of the store. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
