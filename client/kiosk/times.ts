import type { KioskClock } from "./ports.ts";

/** When a call was made. */
export interface Moment {
  readonly wall: number;
  readonly monotonic: number;
}

export type Times = ReturnType<typeof createTimes>;

/** An attempt goes by the wall clock that it began with: setting that one changes nothing. */
export function createTimes(clock: KioskClock) {
  /** How far the wall clock was ahead of the monotonic one. */
  const aheads = new Map<string, number>();
  const aheadAtLoad = clock.now() - clock.monotonic();
  return {
    moment: (): Moment => ({ wall: clock.now(), monotonic: clock.monotonic() }),
    begin: (attemptId: string, { wall, monotonic }: Moment) =>
      void aheads.set(attemptId, wall - monotonic),
    of: (attemptId: string, monotonic = clock.monotonic()) =>
      Math.round((aheads.get(attemptId) ?? aheadAtLoad) + monotonic),
    /** By the clock that the page was loaded with. */
    now: () => Math.round(aheadAtLoad + clock.monotonic()),
    forget: (attemptId: string) => void aheads.delete(attemptId),
  };
}
