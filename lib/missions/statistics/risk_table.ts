/** Times on task in one unit by how the watch ended, each in rising order. */
export interface SurvivalTimes {
  readonly success: ArrayLike<number>;
  /** Given up by the visitor. */
  readonly quit: ArrayLike<number>;
  /** Idle, reset, expired or still running: how they would have ended is not known. */
  readonly censored: ArrayLike<number>;
}

/** What happened at one time, and how many attempts were still on just before. */
export interface RiskRow {
  readonly time: number;
  readonly atRisk: number;
  readonly success: number;
  readonly quit: number;
}

/**
 * One row for each time at which an attempt ended, rising; the first row has all at risk. Given one
 * by one: a million attempts end at some hundred thousand times.
 */
export function* riskRows({ success, quit, censored }: SurvivalTimes): Generator<RiskRow> {
  const [ofSuccess, ofQuit, ofCensored] = [success, quit, censored].map(fromTheStart);
  let atRisk = success.length + quit.length + censored.length;
  while (atRisk > 0) {
    const time = Math.min(ofSuccess.time(), ofQuit.time(), ofCensored.time());
    const row = { time, atRisk, success: ofSuccess.take(time), quit: ofQuit.take(time) };
    yield row;
    // Whoever is censored at a time was still at risk at that time.
    atRisk -= row.success + row.quit + ofCensored.take(time);
  }
}

/** Reads rising times from the least up. */
function fromTheStart(times: ArrayLike<number>) {
  let next = 0;
  return {
    /** The least time that was not taken; above all numbers when none is left. */
    time: () => next < times.length ? times[next] : Infinity,
    /** How many there are at that time, if it is this one. */
    take(time: number) {
      const first = next;
      while (next < times.length && times[next] === time) next++;
      return next - first;
    },
  };
}
