import { signal } from "@preact/signals";
import { render } from "preact";
import { exportQueue, type QueueFile } from "../../client/export.ts";
import { createKiosk } from "../../client/kiosk.ts";
import { followVisitors, type VisitorState } from "../../client/visitors.ts";
import { isLocale } from "../../lib/ui/locale.ts";
import { browserClock } from "../clock.ts";
import { AppContext } from "./app_context.ts";
import { CALM_PAGES, PAGES } from "./pages.ts";
import { Screens } from "./Screens.tsx";
import { createStaff } from "./staff.ts";
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
  const message = signal<string | null>(null);
  /** The heartbeats ask for it from the first moment on. */
  let pageOf = (): string => PAGES.attract;
  const kiosk = createKiosk({
    app: "docent-demo",
    kioskKey,
    page: () => visitor.value.kind === "staff" ? PAGES.staff : pageOf(),
    onStatus: (now) => status.value = now,
    onMessage: (text) => message.value = text,
  });
  const status = signal(kiosk.status());
  const mission = await kiosk.resumed();
  const store = createVisitStore({
    kiosk,
    clock: browserClock,
    memory: tabMemory,
    locale: isLocale(lang) ? lang : "ko",
    onFinish: () => void visitors.finish(),
  });
  pageOf = () => store.visit.value.page;
  const pin = place.dataset.pin ?? "";

  const visitors = followVisitors({
    kiosk,
    page: pageOf,
    excludedPages: CALM_PAGES,
    pin,
    onCorner: () => staff.ask(),
    onState: follow,
  });
  const clock = browserClock;
  const staff = createStaff({ kiosk, status, message, visitors, pin, clock, exportQueue, save });

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

  const app = { store, visitor, staff, after: browserClock.after };
  render(
    <AppContext.Provider value={app}>
      <Screens />
    </AppContext.Provider>,
    place,
  );
}

function save({ name, file }: QueueFile): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  browserClock.after(60_000, () => URL.revokeObjectURL(link.href));
}

/** So that the page opens without the server too; a page that is not secure has none. */
function keepPage(): void {
  if (!("serviceWorker" in navigator)) return;
  const { serviceWorker } = navigator;
  // A browser may forbid it: the page then wants the server for each load.
  serviceWorker.register("/kiosk/worker.js", { scope: "/kiosk" }).catch(() => {});
}

const place = document.getElementById("app");
keepPage();
if (place !== null) void boot(place);
