const DEADLINE_MS = 15_000;

/** The result of a promise; fails with a name when it takes longer than fifteen seconds, or told. */
export async function inTime<T>(
  promise: Promise<T>,
  what: string,
  withinMs = DEADLINE_MS,
): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`It took too long: ${what}`)), withinMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
