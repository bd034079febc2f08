/// <reference lib="dom" />
import { browserClock, browserTimers } from "./browser.ts";
import { watchCorner } from "./corner.ts";
import { readTouches } from "./touch_reader.ts";
import { createVisitors, type VisitorOptions, type Visitors } from "./visitors.ts";

export interface FollowOptions extends VisitorOptions {
  /** Somebody held the upper left corner for three seconds: the time to ask for the pin. */
  readonly onCorner?: () => void;
}

/**
 * Follows the touches of a page and shows nothing, for an application that has screens of its own:
 * `onState` says which. `close` ends it.
 */
export function followVisitors(options: FollowOptions): Visitors {
  const controller = new AbortController();
  const { signal } = controller;
  const visitors = createVisitors(options, { clock: browserClock, timers: browserTimers });
  readTouches(visitors.touch, { clock: browserClock, signal });
  if (options.onCorner !== undefined) watchCorner(options.onCorner, signal);
  return {
    ...visitors,
    close() {
      visitors.close();
      controller.abort();
    },
  };
}
