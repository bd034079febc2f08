/** Waits until a condition holds; fails with its name after five seconds, or as told. */
export async function eventually(
  condition: () => boolean | Promise<boolean>,
  what: string,
  withinMs = 5_000,
): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!await condition()) {
    if (performance.now() > deadline) throw new Error(`It did not come to pass: ${what}`);
    await turn();
  }
}

/** Lets everything that is ready run: promises, timers that are due, answers of the store. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
