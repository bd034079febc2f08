import { parse } from "devalue";
import { h, hydrate } from "preact";
import { ISLAND_DATA_ID } from "../lib/ui/island_data.ts";
import { browserClock } from "./clock.ts";
import { createLiveStore, LIVE_URL, LiveContext, type LiveStore } from "./live_store.ts";
import { findIsland } from "./registry.ts";

/** Brings the islands of this page to life. The only file that touches the page by itself. */
function boot(): void {
  const data = document.getElementById(ISLAND_DATA_ID)?.textContent;
  if (!data) return;
  const props: object[] = parse(data);
  const store = createLiveStore({
    open: (url) => new EventSource(url),
    clock: browserClock,
    onRefused: leaveIfSignedOut,
  });
  for (const place of document.querySelectorAll<HTMLElement>("[data-island]")) {
    const Island = findIsland(place.dataset.island);
    const own = props[Number(place.dataset.props)];
    if (Island === null || own === undefined) continue;
    hydrate(h(LiveContext.Provider, { value: store, children: h(Island, own) }), place);
  }
  minimiseConnections(store);
}

/** A reload leads whoever is not signed in any more to the login, and from there back here. */
async function leaveIfSignedOut(): Promise<void> {
  const headers = { accept: "text/event-stream" };
  // Away, or back in a moment: the stream is tried again anyway.
  const answer = await fetch(LIVE_URL, { method: "HEAD", headers }).catch(() => null);
  if (answer?.status === 401) location.reload();
}

/** A page kept by the browser for "back" must not hold a connection; it takes it up on return. */
function minimiseConnections({ live }: LiveStore): void {
  addEventListener("pagehide", () => live.rest());
  addEventListener("pageshow", (event) => event.persisted && live.retryNow());
  addEventListener("online", () => live.retryNow());
}

boot();
