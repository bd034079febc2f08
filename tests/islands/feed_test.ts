import { deepEqual, equal } from "node:assert/strict";
import {
  applyLiveEvents,
  applySnapshot,
  type Feed,
  MAX_FEED_EVENTS,
  pauseFeed,
  resumeFeed,
  startFeed,
} from "../../islands/feed.ts";
import { aLiveEvent, aSnapshot } from "../support/live_events.ts";

const shown = (feed: Feed) => feed.events.map((event) => event.position);
const take = (feed: Feed, ...positions: number[]) =>
  applyLiveEvents(feed, positions.map((position) => aLiveEvent(position)));

Deno.test("[M-48] a snapshot takes the place of what the page was made with", () => {
  const feed = applySnapshot(startFeed([aLiveEvent(3)]), aSnapshot([9, 8]));
  deepEqual(shown(feed), [9, 8]);
  equal(feed.hasGap, false);
});

Deno.test("[M-48] events come newest first, and a repeat is taken once", () => {
  const feed = take(applySnapshot(startFeed([]), aSnapshot([9, 8])), 10, 10, 9, 12);
  deepEqual(shown(feed), [12, 10, 9, 8]);
});

Deno.test("[M-48] a snapshot after a gap joins where it meets what is shown", () => {
  const before = take(applySnapshot(startFeed([]), aSnapshot([9, 8])), 10);
  const after = applySnapshot(before, aSnapshot([13, 12, 10, 9]));
  deepEqual(shown(after), [13, 12, 10, 9, 8]);
  equal(after.hasGap, false);
});

Deno.test("[M-48] a snapshot that does not meet it is shown alone, and the gap is told", () => {
  const before = take(applySnapshot(startFeed([]), aSnapshot([9, 8])), 10);
  const after = applySnapshot(before, aSnapshot([90, 89]));
  deepEqual(shown(after), [90, 89]);
  equal(after.hasGap, true);
});

Deno.test("[M-48] a snapshot of another data file starts anew", () => {
  const before = applySnapshot(startFeed([]), aSnapshot([9, 8]));
  const after = applySnapshot(before, aSnapshot([2, 1], { epoch: "two" }));
  deepEqual(shown(take(after, 3)), [3, 2, 1]);
  equal(after.hasGap, false);
});

Deno.test("[M-48] pause keeps what is shown, resume shows what arrived meanwhile", () => {
  const paused = take(pauseFeed(applySnapshot(startFeed([]), aSnapshot([9, 8]))), 10, 11);
  deepEqual(shown(paused), [9, 8]);
  equal(paused.held.length, 2);
  const resumed = take(resumeFeed(paused), 12);
  deepEqual(shown(resumed), [12, 11, 10, 9, 8]);
});

Deno.test("[M-48] a reconnect during a pause leaves no gap either", () => {
  const paused = take(pauseFeed(applySnapshot(startFeed([]), aSnapshot([9, 8]))), 10);
  const reconnected = applySnapshot(paused, aSnapshot([14, 12, 10, 9]));
  deepEqual(shown(reconnected), [9, 8]);
  deepEqual(shown(resumeFeed(reconnected)), [14, 12, 10, 9, 8]);
});

Deno.test("[M-48] a long pause is capped, and tells that rows are missing", () => {
  const positions = Array.from({ length: MAX_FEED_EVENTS + 1 }, (_, index) => 10 + index);
  const paused = take(pauseFeed(applySnapshot(startFeed([]), aSnapshot([9, 8]))), ...positions);
  equal(paused.held.length, MAX_FEED_EVENTS);
  const resumed = resumeFeed(paused);
  equal(resumed.events.length, MAX_FEED_EVENTS);
  equal(resumed.hasGap, true);
});
