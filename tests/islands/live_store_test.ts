import { deepEqual, equal } from "node:assert/strict";
import type { EventStream } from "../../islands/live.ts";
import { createLiveStore } from "../../islands/live_store.ts";
import { NO_LIVE_FILTER } from "../../lib/missions/view.ts";
import { aLiveEvent, aSnapshot, EMPTY_OVERVIEW } from "../support/live_events.ts";

type Listener = (event: MessageEvent<string>) => void;

/** A store whose streams the test speaks for; its timers never fire. */
function setUp() {
  const streams: { url: string; say: (name: string, data: unknown) => void }[] = [];
  const store = createLiveStore({
    clock: { now: () => 1_000, after: () => () => {}, random: () => 0.5 },
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
  return { store, streams };
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
  deepEqual(store.connection.value, { state: "connected", heardAt: 1_000 });
});

Deno.test("[M-48] a page that shows no events keeps none", () => {
  const { store, streams } = setUp();
  store.connect();
  streams[0].say("mission_event", aLiveEvent(1));
  equal(store.feed.value, null);
});

Deno.test("[M-48] another filter opens another stream, and starts the rows anew", () => {
  const { store, streams } = setUp();
  store.show([], NO_LIVE_FILTER);
  streams[0].say("snapshot", aSnapshot([2, 1]));
  streams[0].say("mission_event", aLiveEvent(3));
  deepEqual(store.feed.value?.events.map((it) => it.position), [3, 2, 1]);
  store.show([], { ...NO_LIVE_FILTER, missionType: "portfolio" });
  equal(streams[1].url, "/admin/live/events?mission=portfolio");
  deepEqual(store.feed.value?.events, []);
});
