import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "./Icon.tsx";
import { LOCALES } from "./locale.ts";
import { switchHref } from "./preferences.ts";
import type { Ui } from "./ui.ts";

/** The ways through a part of the site. */
export interface Navigation {
  /** Read out for the whole. */
  readonly label: string;
  readonly home: string;
  /** Where the form of signing out is sent. */
  readonly signOut: string;
  readonly items: readonly NavItem[];
}

export interface NavItem {
  readonly key: string;
  readonly href: string;
  readonly icon: IconName;
  readonly label: string;
  /** Beside the label: how much there is of it. */
  readonly count?: ComponentChildren;
}

export interface ShellProps {
  readonly ui: Ui;
  readonly nav: Navigation;
  /** Key of the item that the page belongs to; null for none, as an error page. */
  readonly current: string | null;
  /** State of the live connection, on pages that have one. */
  readonly badge?: ComponentChildren;
  /** The switch of light and dark; an island, so the page gives it. */
  readonly themeSwitch: ComponentChildren;
  readonly children: ComponentChildren;
}

/** Around every page of the signed-in. */
export function Shell({ ui, nav, current, badge, themeSwitch, children }: ShellProps) {
  const { t } = ui;
  return (
    <>
      <a class="skip" href="#main">{t.skip}</a>
      <header class="bar">
        <a class="brand" href={nav.home}>
          <BrandMark />
          {t.product}
        </a>
        <nav class="nav" aria-label={nav.label}>
          {nav.items.map(({ key, href, icon, label, count }) => (
            <a
              key={key}
              class="nav__link"
              href={href}
              aria-current={key === current ? "page" : undefined}
            >
              <Icon name={icon} />
              <span>{label}</span>
              {count}
            </a>
          ))}
        </nav>
        <div class="bar__end">
          {badge}
          <UserMenu ui={ui} themeSwitch={themeSwitch} signOut={nav.signOut} />
        </div>
      </header>
      <main class="main" id="main" tabIndex={-1}>{children}</main>
    </>
  );
}

const MENU_ID = "user-menu";

/** A popover: it opens, closes by Escape or a click elsewhere, and all of it without script. */
function UserMenu(
  { ui, themeSwitch, signOut }: Pick<ShellProps, "ui" | "themeSwitch"> & {
    readonly signOut: string;
  },
) {
  const { t, user, csrf } = ui;
  return (
    <>
      <button class="menu-button" type="button" popovertarget={MENU_ID} aria-label={t.menu.open}>
        <span class="avatar" aria-hidden="true">{user?.name.slice(0, 1).toUpperCase()}</span>
        <Icon name="down" />
      </button>
      <div class="menu" id={MENU_ID} popover="auto">
        {user && (
          <p class="menu__user">
            <span>{t.menu.signedInAs}</span>
            <strong>{user.name}</strong>
          </p>
        )}
        {(user?.operates || user?.studies) && (
          <a class="menu__link" href="/admin/interviews">
            <Icon name="play" />
            {t.interviews.title}
          </a>
        )}
        {user?.administers && <Administration t={t} />}
        <p class="menu__label">{t.menu.language}</p>
        <LanguageSwitch ui={ui} />
        <p class="menu__label">{t.menu.theme}</p>
        {themeSwitch}
        <form class="menu__exit" method="post" action={signOut}>
          <input type="hidden" name="_csrf" value={csrf} />
          <button class="button button--wide" type="submit">
            <Icon name="exit" />
            {t.menu.signOut}
          </button>
        </form>
      </div>
    </>
  );
}

function Administration({ t }: Pick<Ui, "t">) {
  const links = [
    ["/admin/users", "user", t.users.title],
    ["/admin/keys", "key", t.keys.title],
    ["/admin/audit", "list", t.audit.title],
    ["/admin/outbox", "inbox", t.outbox.title],
  ] as const;
  return (
    <>
      <p class="menu__label">{t.menu.administration}</p>
      {links.map(([href, icon, title]) => (
        <a key={href} class="menu__link" href={href}>
          <Icon name={icon} />
          {title}
        </a>
      ))}
    </>
  );
}

/** Links, so that a language can be chosen without script; each is named in its own language. */
export function LanguageSwitch({ ui: { t, locale, path } }: { readonly ui: Ui }) {
  return (
    <div class="segments" role="group" aria-label={t.menu.language}>
      {LOCALES.map((it) => (
        <a
          key={it}
          class="segment"
          href={switchHref(path, "lang", it)}
          lang={it}
          hreflang={it}
          aria-current={it === locale ? "true" : undefined}
        >
          {t.languages[it]}
        </a>
      ))}
    </div>
  );
}

/** Concentric arcs: a visitor's way around an exhibit, with the guide in the middle. */
export function BrandMark() {
  return (
    <svg class="brand__mark" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="9" />
      <path d="M9 23V9h6a7 7 0 0 1 0 14h-2" />
      <circle cx="15" cy="16" r="2" />
    </svg>
  );
}

/** The head of a page: what it is, what it says in short, and what can be done. */
export function PageHead(
  { title, lead, action }: {
    readonly title: ComponentChildren;
    readonly lead?: ComponentChildren;
    readonly action?: ComponentChildren;
  },
) {
  return (
    <div class="head">
      <div>
        <h1 class="head__title">{title}</h1>
        {lead && <p class="head__lead">{lead}</p>}
      </div>
      {action && <div class="head__action">{action}</div>}
    </div>
  );
}
