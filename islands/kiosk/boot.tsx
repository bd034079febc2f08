import { signal } from "@preact/signals";
import { render } from "preact";
import { createKiosk } from "../../client/kiosk.ts";
import { followVisitors, type VisitorState } from "../../client/visitors.ts";
import { isLocale } from "../../lib/ui/locale.ts";
import { browserClock } from "../clock.ts";
import { AppContext } from "./app_context.ts";
import { CALM_PAGES } from "./pages.ts";
import { Screens } from "./Screens.tsx";
import { tabMemory } from "./tab_memory.ts";
import { createVisitStore } from "./visit_store.ts";

/** A click follows its touch after a moment; what it was meant for must still be there. */
const CLICK_MS = 300;

/** Starts the application in its page. The only file that touches the page by itself. */
async function boot(place: HTMLElement): Promise<void> {
  const { lang } = document.documentElement;
  const visitor = signal<VisitorState>({ kind: "attract" });
  // Behind the `#`, which no server and no log is told.
  const kioskKey = new URLSearchParams(location.hash.slice(1)).get("key") ?? undefined;
  const kiosk = createKiosk({ app: "docent-demo", kioskKey });
  const mission = await kiosk.resumed();
  const store = createVisitStore({
    kiosk,
    clock: browserClock,
    memory: tabMemory,
    locale: isLocale(lang) ? lang : "ko",
    onFinish: () => void visitors.finish(),
  });

  const visitors = followVisitors({
    kiosk,
    page: () => store.visit.value.page,
    excludedPages: CALM_PAGES,
    onState: follow,
  });

  function follow(next: VisitorState): void {
    const before = visitor.value.kind;
    if (before === "warning" && next.kind === "active") {
      browserClock.after(CLICK_MS, () => visitor.value = visitors.state());
      return;
    }
    visitor.value = next;
    if (next.kind === "attract") store.reset();
  }

  const goesOn = mission?.hasEnded === false && store.resume();
  // Whoever was here before the page was loaded anew is not the one who comes now.
  if (!goesOn) void kiosk.newVisitor();

  const app = { store, visitor, after: browserClock.after };
  render(
    <AppContext.Provider value={app}>
      <Screens />
    </AppContext.Provider>,
    place,
  );
}

const place = document.getElementById("app");
if (place !== null) void boot(place);
