const DEADLINE_MS = 20_000;
const LOOK_EVERY_MS = 5;

/** Resolves when the condition holds; fails after twenty seconds. */
export function reached(condition: () => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (settle: () => void) => {
      clearInterval(looking);
      clearTimeout(deadline);
      settle();
    };
    const looking = setInterval(() => condition() && end(resolve), LOOK_EVERY_MS);
    const deadline = setTimeout(
      () => end(() => reject(new Error(`Not within ${DEADLINE_MS} ms: ${condition}`))),
      DEADLINE_MS,
    );
  });
}
