import { type ComponentChildren, createContext } from "preact";
import { useContext } from "preact/hooks";
import { type NavItem, Shell } from "../../lib/ui/Shell.tsx";
import type { Ui } from "../../lib/ui/ui.ts";
import { ThemeSwitchIsland, UnreadCountIsland } from "../pages/islands.ts";

const ITEMS = [
  { key: "feed", href: "/app/feed", icon: "list" },
  { key: "practice", href: "/app/practice", icon: "play" },
  { key: "learning", href: "/app/learning", icon: "chart" },
  { key: "notifications", href: "/app/notifications", icon: "bell" },
  { key: "settings", href: "/app/settings", icon: "user" },
  { key: "security", href: "/app/security", icon: "key" },
] as const satisfies readonly Omit<NavItem, "label">[];

/** How many notifications are unread; of a page that nobody counted for, none. */
export const Unread = createContext(0);

export type AppNavKey = (typeof ITEMS)[number]["key"];

export interface AppFrameProps {
  readonly ui: Ui;
  readonly current: AppNavKey | null;
  readonly children: ComponentChildren;
}

/** Around every page of a signed-in person. */
export function AppFrame({ ui, current, children }: AppFrameProps) {
  const { t, locale, theme, path } = ui;
  const words = t.people.nav;
  const unread = useContext(Unread);
  const count = <UnreadCountIsland unread={unread} locale={locale} />;
  const items: NavItem[] = ITEMS.map((item) => ({
    ...item,
    label: words[item.key],
    count: item.key === "notifications" ? count : undefined,
  }));
  const nav = { label: words.label, home: "/app/feed", signOut: "/app/logout", items };
  return (
    <Shell
      ui={ui}
      nav={nav}
      current={current}
      themeSwitch={<ThemeSwitchIsland {...{ locale, theme, path }} />}
    >
      {children}
    </Shell>
  );
}

/** A form that changes something; it carries the session's token. */
export function ActionForm(
  { ui, action, class: extra, children }: {
    readonly ui: Ui;
    readonly action: string;
    readonly class?: string;
    readonly children: ComponentChildren;
  },
) {
  return (
    <form class={extra} method="post" action={action}>
      <input type="hidden" name="_csrf" value={ui.csrf} />
      {children}
    </form>
  );
}
