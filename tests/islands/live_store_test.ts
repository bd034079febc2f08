import { deepEqual, equal } from "node:assert/strict";
import { type EventStream, STALE_AFTER_MS } from "../../islands/live.ts";
import { MAX_FEED_EVENTS, pauseFeed, resumeFeed } from "../../islands/feed.ts";
import { createLiveStore } from "../../islands/live_store.ts";
import { NO_LIVE_FILTER } from "../../lib/missions/view.ts";
import { fakeBrowserClock } from "../support/browser_clock.ts";
import { DASHBOARD, metricsEventAt } from "../../tools/gallery/metrics.ts";
import { aLiveEvent, aSnapshot, EMPTY_OVERVIEW } from "../support/live_events.ts";

type Listener = (event: MessageEvent<string>) => void;

/** A store whose streams the test speaks for. */
function setUp() {
  const streams: { url: string; say: (name: string, data: unknown) => void }[] = [];
  const clock = fakeBrowserClock();
  const store = createLiveStore({
    clock,
    onRefused: () => {},
    open(url): EventStream {
      const listeners = new Map<string, Listener>();
      const say = (name: string, data: unknown) =>
        listeners.get(name)?.(new MessageEvent(name, { data: JSON.stringify(data) }));
      streams.push({ url, say });
      return {
        readyState: 0,
        addEventListener: (name, listener) => void listeners.set(name, listener),
        close: () => {},
      };
    },
  });
  return { clock, store, streams };
}

Deno.test("[M-47] islands of one page share one connection, in whatever order they start", () => {
  const { store, streams } = setUp();
  store.connect();
  store.show([aLiveEvent(1)], NO_LIVE_FILTER);
  store.connect();
  deepEqual(streams.map((it) => it.url), ["/admin/live/events"]);
});

Deno.test("[M-47] figures come from the snapshot and then from each overview", () => {
  const { store, streams } = setUp();
  const completed = () => store.overview.value?.completedToday;
  store.connect();
  equal(completed(), undefined);
  streams[0].say("snapshot", aSnapshot([1]));
  equal(completed(), 0);
  streams[0].say("overview", { ...EMPTY_OVERVIEW, completedToday: 26 });
  equal(completed(), 26);
});

Deno.test("[M-46] a page that went stale says when it last heard something", () => {
  const { clock, store, streams } = setUp();
  store.connect();
  deepEqual(store.connection.value, { state: "connecting", heardAt: null });
  clock.advance(1_000);
  streams[0].say("snapshot", aSnapshot([1]));
  clock.advance(2_000);
  streams[0].say("beat", { at: "" });
  equal(store.connection.value.state, "connected");
  clock.advance(STALE_AFTER_MS);
  deepEqual(store.connection.value, { state: "stale", heardAt: 3_000 });
});

Deno.test("[M-48] a page that shows no events keeps none", () => {
  const { store, streams } = setUp();
  store.connect();
  streams[0].say("mission_event", aLiveEvent(1));
  equal(store.feed.value, null);
});

Deno.test("[M-48] another filter opens another stream, and starts the rows anew", () => {
  const { clock, store, streams } = setUp();
  store.show([], NO_LIVE_FILTER);
  streams[0].say("snapshot", aSnapshot([2, 1]));
  streams[0].say("mission_event", aLiveEvent(3));
  clock.advance(100);
  deepEqual(store.feed.value?.events.map((it) => it.position), [3, 2, 1]);
  store.show([], { ...NO_LIVE_FILTER, missionType: "portfolio" });
  equal(streams[1].url, "/admin/live/events?mission=portfolio");
  deepEqual(store.feed.value?.events, []);
});

Deno.test("[M-48] events that come together are drawn together, in their order, and soon", () => {
  const { clock, store, streams } = setUp();
  const positions = () => store.feed.value?.events.map((it) => it.position);
  let drawn = 0;
  store.show([], NO_LIVE_FILTER);
  streams[0].say("snapshot", aSnapshot([]));
  clock.advance(1_000);
  const stop = store.feed.subscribe(() => drawn++);
  drawn = 0;
  streams[0].say("mission_event", aLiveEvent(1));
  deepEqual(positions(), [1], "the first one at once");
  for (const position of [2, 3, 4]) streams[0].say("mission_event", aLiveEvent(position));
  equal(drawn, 1);
  clock.advance(32);
  deepEqual(positions(), [4, 3, 2, 1]);
  equal(drawn, 2);
  stop();
});

Deno.test("[M-48] what is not drawn yet is not lost to a snapshot, a pause or a hidden page", () => {
  const { clock, store, streams } = setUp();
  const positions = () => store.feed.value?.events.map((it) => it.position);
  store.show([], NO_LIVE_FILTER);
  streams[0].say("snapshot", aSnapshot([1]));
  streams[0].say("mission_event", aLiveEvent(2));
  streams[0].say("snapshot", aSnapshot([5, 4, 3, 2]));
  deepEqual(positions(), [5, 4, 3, 2, 1]);
  streams[0].say("mission_event", aLiveEvent(6));
  store.feed.value = pauseFeed(store.feed.value!);
  clock.advance(100);
  deepEqual(store.feed.value!.held.map((it) => it.position), [6]);
  // No timer fires while nobody looks; the newest are kept all the same.
  store.feed.value = resumeFeed(store.feed.value!);
  for (let position = 7; position < 1_007; position++) {
    streams[0].say("mission_event", aLiveEvent(position));
  }
  clock.advance(60_000);
  equal(positions()?.length, MAX_FEED_EVENTS);
  equal(positions()?.[0], 1_006);
});

Deno.test("[E-20][E-06] the metrics page follows its own stream, and shows events before their figures", () => {
  const { store, streams } = setUp();
  store.showMetrics(DASHBOARD);
  deepEqual(streams.map((it) => it.url), ["/admin/metrics/events?window=today"]);
  equal(store.metrics.value, null);
  streams[0].say("dashboard_data", DASHBOARD);
  const newer = [60, 61].map((n) => metricsEventAt(n));
  streams[0].say("events", [metricsEventAt(59), ...newer]);
  const shown = store.metrics.value!;
  equal(shown.totalEvents, DASHBOARD.totalEvents);
  deepEqual(shown.liveEvents.slice(0, 3).map(({ id }) => id), ["evt_61", "evt_60", "evt_59"]);
  equal(shown.liveEvents.length, DASHBOARD.liveEvents.length + 2);
});
