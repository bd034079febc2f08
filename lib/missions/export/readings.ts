import type { Clock } from "../../clock.ts";

/** A reader that has taken nothing for so long is gone, whatever became of its connection. */
const PATIENCE_MS = 10 * 60_000;

/** An export from the moment on in which it is asked for. */
interface Reading {
  /** Passes pages on; with the last one, or when the reader leaves, the reading has ended. */
  whole<T>(pages: AsyncIterable<T>): AsyncGenerator<T>;
}

/** Tells which exports are being read. */
export interface Readings {
  begin(): Reading;
  areUnderWay(): boolean;
}

export function createReadings(clock: Clock): Readings {
  /** Each with when its reader last took something. */
  const takenAt = new Map<Reading, number>();
  return {
    begin() {
      const reading: Reading = {
        async *whole(pages) {
          try {
            for await (const page of pages) {
              takenAt.set(reading, clock.monotonic());
              yield page;
            }
          } finally {
            takenAt.delete(reading);
          }
        },
      };
      takenAt.set(reading, clock.monotonic());
      return reading;
    },
    areUnderWay() {
      const gone = clock.monotonic() - PATIENCE_MS;
      for (const [reading, at] of takenAt) if (at < gone) takenAt.delete(reading);
      return takenAt.size > 0;
    },
  };
}
