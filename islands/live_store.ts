import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import {
  type LiveEvent,
  type LiveFilter,
  type Overview,
  toLiveQuery,
} from "../lib/missions/view.ts";
import type { BrowserClock } from "./clock.ts";
import { applyLiveEvent, applySnapshot, type Feed, startFeed } from "./feed.ts";
import {
  createLive,
  type EventStream,
  type Live,
  type LiveMessage,
  type LiveState,
} from "./live.ts";

export const LIVE_URL = "/admin/live/events";

export interface Connection {
  readonly state: LiveState;
  /** When something was last heard, epoch milliseconds; null before that. */
  readonly heardAt: number | null;
}

/** What a page knows from its one connection; islands draw it and never connect themselves. */
export interface LiveStore {
  readonly connection: ReadonlySignal<Connection>;
  /** Null until the first message: the page's own figures stand until then. */
  readonly overview: ReadonlySignal<Overview | null>;
  /** Null until an island shows events. */
  readonly feed: Signal<Feed | null>;
  /** Connects, for islands that show figures only. */
  connect(): void;
  /** Connects, or starts anew with another filter; `events` are what the page shows already. */
  show(events: readonly LiveEvent[], filter: LiveFilter): void;
  readonly live: Pick<Live, "rest" | "retryNow">;
}

export interface LiveStoreDeps {
  readonly open: (url: string) => EventStream;
  readonly clock: BrowserClock;
  readonly onRefused: () => void;
}

export function createLiveStore({ open, clock, onRefused }: LiveStoreDeps): LiveStore {
  const connection = signal<Connection>({ state: "connecting", heardAt: null });
  const overview = signal<Overview | null>(null);
  const feed = signal<Feed | null>(null);
  let followed: string | null = null;

  const live = createLive({
    open,
    clock,
    onRefused,
    onState: (state) => connection.value = { ...connection.value, state },
    onMessage(message) {
      connection.value = { ...connection.value, heardAt: clock.now() };
      if (message.name === "overview") overview.value = message.data;
      if (message.name === "snapshot") overview.value = message.data.overview;
      if (feed.value !== null) feed.value = applyToFeed(feed.value, message);
    },
  });

  function follow(url: string): void {
    if (followed === url) return;
    followed = url;
    live.follow(url);
  }

  return {
    connection,
    overview,
    feed,
    live,
    connect: () => follow(followed ?? LIVE_URL),
    show(events, filter) {
      feed.value = startFeed(events);
      follow(`${LIVE_URL}${toLiveQuery(filter)}`);
    },
  };
}

function applyToFeed(feed: Feed, message: LiveMessage): Feed {
  if (message.name === "snapshot") return applySnapshot(feed, message.data);
  if (message.name === "mission_event") return applyLiveEvent(feed, message.data);
  return feed;
}

/** Given by `boot.ts`; null on the server, where islands draw what their props say. */
export const LiveContext = createContext<LiveStore | null>(null);

export function useLiveStore(): LiveStore | null {
  return useContext(LiveContext);
}
