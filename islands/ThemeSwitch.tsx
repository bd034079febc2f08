import { useState } from "preact/hooks";
import { Icon } from "../lib/ui/Icon.tsx";
import type { Locale } from "../lib/ui/locale.ts";
import { preferenceCookie, switchHref, type Theme, THEMES } from "../lib/ui/preferences.ts";
import { wordsOf } from "../lib/ui/words.ts";

export interface ThemeSwitchProps {
  readonly locale: Locale;
  readonly theme: Theme;
  /** Path and query of the page, for the links that work without script. */
  readonly path: string;
}

const ICONS = { auto: "screen", light: "sun", dark: "moon" } as const;

/** Three links; with a script they act at once and keep the page. */
export function ThemeSwitch({ locale, theme, path }: ThemeSwitchProps) {
  const t = wordsOf(locale);
  const [chosen, choose] = useState(theme);
  const pick = (event: Event, next: Theme) => {
    event.preventDefault();
    applyTheme(next);
    choose(next);
  };
  return (
    <div class="segments" role="group" aria-label={t.menu.theme}>
      {THEMES.map((it) => (
        <a
          key={it}
          class="segment"
          href={switchHref(path, "theme", it)}
          aria-current={it === chosen ? "true" : undefined}
          onClick={(event) => pick(event, it)}
        >
          <Icon name={ICONS[it]} />
          {t.themes[it]}
        </a>
      ))}
    </div>
  );
}

function applyTheme(theme: Theme): void {
  const root = document.documentElement;
  if (theme === "auto") delete root.dataset.theme;
  else root.dataset.theme = theme;
  document.cookie = preferenceCookie("theme", theme);
}
