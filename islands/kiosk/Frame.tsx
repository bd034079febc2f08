import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "../../lib/ui/Icon.tsx";
import { useScene } from "./app_context.ts";
import { PAGES, parentOf, stepOf } from "./pages.ts";
import { IconPress } from "./pieces.tsx";

/** Around the pages of the application that the missions lead through. */
export function Frame({ children }: { readonly children: ComponentChildren }) {
  const { visit } = useScene();
  return (
    <div class="frame">
      <TopBar />
      <main class="frame__main" key={visit.page}>{children}</main>
      {stepOf(visit.page) === null && <Tabs />}
    </div>
  );
}

function TopBar() {
  const { visit, store, t } = useScene();
  const parent = parentOf(visit.page);
  return (
    <header class="bar">
      {parent === null ? <span class="bar__gap" /> : (
        <IconPress
          icon="left"
          label={t.bar.back}
          onPress={() => store.navigate(parent, "back")}
        />
      )}
      {visit.mission !== null && (
        <p class="bar__mission">
          <span class="sr-only">{`${t.bar.mission}:`}</span> {t.missions[visit.mission].name}
        </p>
      )}
      <IconPress icon="cross" label={t.bar.giveUp} onPress={store.askToQuit} />
    </header>
  );
}

const TABS = [
  { tab: "home", page: PAGES.home, icon: "grid" },
  { tab: "portfolio", page: PAGES.portfolio, icon: "chart" },
  { tab: "etf", page: PAGES.etfs, icon: "rise" },
  { tab: "search", page: PAGES.search, icon: "search" },
] as const satisfies readonly { tab: string; page: string; icon: IconName }[];

function Tabs() {
  const { visit, store, t } = useScene();
  return (
    <nav class="tabs" aria-label={t.tabs.label}>
      {TABS.map(({ tab, page, icon }) => (
        <button
          key={tab}
          type="button"
          class="tab"
          aria-current={visit.page === page ? "page" : undefined}
          onClick={() => store.navigate(page, tab)}
        >
          <Icon name={icon} />
          {t.tabs[tab]}
        </button>
      ))}
    </nav>
  );
}

/** For screens without the bar: the language is the visitor's to choose. */
export function Language() {
  const { visit, store, t } = useScene();
  const other = visit.locale === "ko" ? "en" : "ko";
  return (
    <button type="button" class="language" lang={other} onClick={() => store.speak(other)}>
      {t.language}
    </button>
  );
}
