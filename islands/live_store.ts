import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import {
  type LiveEvent,
  type LiveFilter,
  type Overview,
  toLiveQuery,
} from "../lib/missions/view.ts";
import type { KioskView } from "../lib/kiosks/view.ts";
import { type MetricsDashboard, withNewEvents } from "../lib/metrics/view.ts";
import type { BrowserClock } from "./clock.ts";
import { applyLiveEvents, applySnapshot, type Feed, MAX_FEED_EVENTS, startFeed } from "./feed.ts";
import {
  createLive,
  type EventStream,
  type Live,
  type LiveMessage,
  type LiveState,
} from "./live.ts";

export const LIVE_URL = "/admin/live/events";
const KIOSKS_URL = "/admin/kiosks/events";
const METRICS_URL = "/admin/metrics/events";

/** Rows that come within this time are drawn together: a page has no use for each by itself. */
const DRAW_MS = 32;

export interface Connection {
  readonly state: LiveState;
  /** When something was last heard before this state, epoch milliseconds; null for never. */
  readonly heardAt: number | null;
}

/** What a page knows from its one connection; islands draw it and never connect themselves. */
export interface LiveStore {
  readonly connection: ReadonlySignal<Connection>;
  /** Null until the first message: the page's own figures stand until then. */
  readonly overview: ReadonlySignal<Overview | null>;
  /** Null until an island shows events. */
  readonly feed: Signal<Feed | null>;
  /** Null until the first message: the page's own figures stand until then. */
  readonly metrics: ReadonlySignal<MetricsDashboard | null>;
  /** Null until the first message: the page's own list stands until then. */
  readonly kiosks: ReadonlySignal<readonly KioskView[] | null>;
  /** Connects, for the page of the kiosks. */
  showKiosks(): void;
  /** Connects, for the page of the metrics; `dashboard` is what it shows already. */
  showMetrics(dashboard: MetricsDashboard): void;
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
  const metrics = signal<MetricsDashboard | null>(null);
  const kiosks = signal<readonly KioskView[] | null>(null);
  let followed: string | null = null;
  let heardAt: number | null = null;
  /** In the order in which they came; not drawn yet. */
  let arrived: LiveEvent[] = [];
  let drawnAt = -Infinity;
  let cancelDrawing: (() => void) | null = null;

  function draw(): void {
    cancelDrawing?.();
    cancelDrawing = null;
    drawnAt = clock.now();
    if (feed.value !== null) feed.value = applyLiveEvents(feed.value, arrived);
    arrived = [];
  }

  function gather(event: LiveEvent): void {
    arrived.push(event);
    const wait = drawnAt + DRAW_MS - clock.now();
    // Timers of a page that nobody looks at come late; what gathers has a bound all the same.
    if (wait <= 0 || wait > DRAW_MS || arrived.length >= MAX_FEED_EVENTS) draw();
    else cancelDrawing ??= clock.after(wait, draw);
  }

  function receive(message: LiveMessage): void {
    heardAt = clock.now();
    if (message.name === "overview") overview.value = message.data;
    if (message.name === "mission_event" && feed.value !== null) gather(message.data);
    if (message.name === "dashboard_data") metrics.value = message.data;
    if (message.name === "kiosks") kiosks.value = message.data;
    if (message.name === "events" && metrics.value !== null) {
      metrics.value = withNewEvents(metrics.value, message.data);
    }
    if (message.name !== "snapshot") return;
    overview.value = message.data.overview;
    draw();
    if (feed.value !== null) feed.value = applySnapshot(feed.value, message.data);
  }

  const live = createLive({
    open,
    clock,
    onRefused,
    onState: (state) => connection.value = { state, heardAt },
    onMessage: receive,
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
    metrics,
    kiosks,
    live,
    showKiosks: () => follow(KIOSKS_URL),
    showMetrics: ({ window }) => follow(`${METRICS_URL}?window=${window.name}`),
    connect: () => follow(followed ?? LIVE_URL),
    show(events, filter) {
      arrived = [];
      feed.value = startFeed(events);
      follow(`${LIVE_URL}${toLiveQuery(filter)}`);
    },
  };
}

/** Given by `boot.ts`; null on the server, where islands draw what their props say. */
export const LiveContext = createContext<LiveStore | null>(null);

export function useLiveStore(): LiveStore | null {
  return useContext(LiveContext);
}
