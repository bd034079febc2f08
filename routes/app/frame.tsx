import type { ComponentChildren } from "preact";
import { type NavItem, Shell } from "../../lib/ui/Shell.tsx";
import type { Ui } from "../../lib/ui/ui.ts";
import { ThemeSwitchIsland } from "../admin/islands.ts";

const ITEMS = [
  { key: "feed", href: "/app/feed", icon: "list" },
  { key: "learning", href: "/app/learning", icon: "chart" },
  { key: "notifications", href: "/app/notifications", icon: "inbox" },
  { key: "settings", href: "/app/settings", icon: "user" },
  { key: "security", href: "/app/security", icon: "check" },
] as const satisfies readonly Omit<NavItem, "label">[];

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
  const items = ITEMS.map((item) => ({ ...item, label: words[item.key] }));
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
