/// <reference lib="dom" />
import { browserClock, browserTimers } from "./browser.ts";
import { readTouches } from "./touch_reader.ts";
import { createVisitors, type VisitorOptions, type Visitors } from "./visitors.ts";

/**
 * Follows the touches of a page and shows nothing, for an application that has screens of its own:
 * `onState` says which. `close` ends it.
 */
export function followVisitors(options: VisitorOptions): Visitors {
  const controller = new AbortController();
  const visitors = createVisitors(options, { clock: browserClock, timers: browserTimers });
  readTouches(visitors.touch, { clock: browserClock, signal: controller.signal });
  return {
    ...visitors,
    close() {
      visitors.close();
      controller.abort();
    },
  };
}
