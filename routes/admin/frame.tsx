import type { ComponentChildren } from "preact";
import { Icon } from "../../lib/ui/Icon.tsx";
import { type NavItem, Shell } from "../../lib/ui/Shell.tsx";
import type { Ui } from "../../lib/ui/ui.ts";
import { LiveBadgeIsland, ThemeSwitchIsland } from "../pages/islands.ts";

const ITEMS = [
  { key: "dashboard", href: "/admin/dashboard", icon: "grid" },
  { key: "live", href: "/admin/missions/live", icon: "pulse" },
  { key: "attempts", href: "/admin/attempts", icon: "list" },
  { key: "analytics", href: "/admin/missions/all", icon: "chart" },
  { key: "metrics", href: "/admin/metrics", icon: "gauge" },
  { key: "kiosks", href: "/admin/kiosks", icon: "screen" },
  { key: "export", href: "/admin/export", icon: "download" },
] as const satisfies readonly Omit<NavItem, "label">[];

export type NavKey = (typeof ITEMS)[number]["key"];

export interface AdminFrameProps {
  readonly ui: Ui;
  readonly current: NavKey | null;
  /** When the figures of the page were counted; a page that gives it follows the live stream. */
  readonly liveAsOf?: string;
  readonly children: ComponentChildren;
}

/** The shell with its islands. */
export function AdminFrame({ ui, current, liveAsOf, children }: AdminFrameProps) {
  const { t, locale, timeZone, theme, path, user } = ui;
  const items = ITEMS.filter(({ key }) => key !== "kiosks" || user?.operates)
    .map((item) => ({ ...item, label: t.nav[item.key] }));
  const nav = { label: t.nav.label, home: "/admin/dashboard", signOut: "/admin/logout", items };
  return (
    <Shell
      ui={ui}
      nav={nav}
      current={current}
      badge={liveAsOf && <LiveBadgeIsland {...{ locale, timeZone }} asOf={liveAsOf} />}
      themeSwitch={<ThemeSwitchIsland {...{ locale, theme, path }} />}
    >
      {liveAsOf && <StillNotice ui={ui} asOf={liveAsOf} />}
      {children}
    </Shell>
  );
}

/** Seen without script only: the page stands still, and how to have it anew. */
function StillNotice(
  { ui: { t, format, path }, asOf }: { readonly ui: Ui; readonly asOf: string },
) {
  return (
    <p class="still">
      <Icon name="clock" />
      <span>{t.live.asOf(format.time(asOf))}. {t.live.still}</span>
      <a href={path}>{t.live.reload}</a>
    </p>
  );
}
