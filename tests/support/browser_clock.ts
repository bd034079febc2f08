import type { BrowserClock } from "../../islands/clock.ts";

export interface FakeBrowserClock extends BrowserClock {
  advance(ms: number): void;
}

interface Timer {
  readonly at: number;
  readonly step: () => void;
}

/** Time of a page that moves when the test says so; chance always gives one half. */
export function fakeBrowserClock(): FakeBrowserClock {
  let now = 0;
  let timers: Timer[] = [];
  const dueBy = (end: number) => timers.filter((it) => it.at <= end).sort((a, b) => a.at - b.at)[0];
  return {
    now: () => now,
    random: () => 0.5,
    after(ms, step) {
      const timer = { at: now + ms, step };
      timers.push(timer);
      return () => timers = timers.filter((it) => it !== timer);
    },
    advance(ms) {
      const end = now + ms;
      for (let due = dueBy(end); due !== undefined; due = dueBy(end)) {
        timers = timers.filter((it) => it !== due);
        now = due.at;
        due.step();
      }
      now = end;
    },
  };
}
