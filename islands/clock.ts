/** The only place in the browser that reads the clock, sets timers and draws random numbers. */
export interface BrowserClock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Runs a step later; gives the function that calls it off. */
  after(ms: number, step: () => void): () => void;
  /** From 0 to 1, 1 excluded. */
  random(): number;
}

export const browserClock: BrowserClock = {
  now: () => Date.now(),
  after(ms, step) {
    const timer = setTimeout(step, ms);
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
};
