const DEADLINE_MS = 15_000;
const BETWEEN_MS = 20;

/** Reads again and again until what is read is good; fails with the last that was read. */
export async function until<T>(
  what: string,
  read: () => Promise<T>,
  isGood: (value: T) => boolean,
): Promise<T> {
  const deadline = performance.now() + DEADLINE_MS;
  while (true) {
    const value = await read();
    if (isGood(value)) return value;
    if (performance.now() > deadline) {
      throw new Error(`It did not come to pass: ${what}; last seen: ${JSON.stringify(value)}`);
    }
    // The browser needs the processor more than the one who asks it.
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS));
  }
}
