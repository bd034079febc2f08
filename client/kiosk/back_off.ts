const FIRST_MS = 500;
const MAX_MS = 30_000;

/**
 * Milliseconds before the next try after so many failures: twice as long each time up to half a
 * minute, for ever, and from half of that to the whole of it by chance, so that a hall of kiosks
 * does not come back all at once.
 */
export function backOffMs(failures: number, random: () => number): number {
  const ms = Math.min(MAX_MS, FIRST_MS * 2 ** failures);
  return ms * (0.5 + random() / 2);
}
