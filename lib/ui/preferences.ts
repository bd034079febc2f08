import { isLocale, type Locale, negotiateLocale } from "./locale.ts";

/** `auto` follows the machine (`prefers-color-scheme`). */
export const THEMES = ["auto", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

/** A year: a preference holds nothing private and stays until it is changed. */
export const PREFERENCE_MAX_AGE_SECONDS = 365 * 24 * 60 * 60;

export interface PreferenceSource {
  /** `?lang=` and `?theme=` are the switches: they work as plain links. */
  readonly query: URLSearchParams;
  /** The `Cookie` header. */
  readonly cookie: string | null;
  readonly acceptLanguage: string | null;
}

export interface Preferences {
  readonly locale: Locale;
  readonly theme: Theme;
  /** `Set-Cookie` values: what the query asked for, to be remembered. */
  readonly setCookies: readonly string[];
}

/** Language and theme of one request: what the address asks for, else the cookie, else the browser. */
export function readPreferences({ query, cookie, acceptLanguage }: PreferenceSource): Preferences {
  const asked = { lang: query.get("lang"), theme: query.get("theme") };
  const kept = { lang: cookieValue(cookie, "lang"), theme: cookieValue(cookie, "theme") };
  const setCookies: string[] = [];
  if (isLocale(asked.lang)) setCookies.push(preferenceCookie("lang", asked.lang));
  if (isTheme(asked.theme)) setCookies.push(preferenceCookie("theme", asked.theme));
  const locale = [asked.lang, kept.lang].find(isLocale) ?? negotiateLocale(acceptLanguage);
  const theme = [asked.theme, kept.theme].find(isTheme) ?? "auto";
  return { locale, theme, setCookies };
}

export function isTheme(text: unknown): text is Theme {
  return THEMES.some((theme) => theme === text);
}

/**
 * One cookie as header and `document.cookie` both take it. Not `HttpOnly`: the theme switch writes
 * it in the browser, and it holds nothing worth stealing.
 */
export function preferenceCookie(name: "lang" | "theme", value: Locale | Theme): string {
  return `${name}=${value}; Path=/; Max-Age=${PREFERENCE_MAX_AGE_SECONDS}; SameSite=Lax`;
}

/** The address of this page with one preference asked for, other parameters kept. */
export function switchHref(path: string, name: "lang" | "theme", value: Locale | Theme): string {
  const [pathname, search = ""] = path.split("?", 2);
  const query = new URLSearchParams(search);
  query.delete("lang");
  query.delete("theme");
  query.set(name, value);
  return `${pathname}?${query}`;
}

function cookieValue(header: string | null, name: string): string | null {
  for (const pair of (header ?? "").split(";")) {
    const at = pair.indexOf("=");
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return null;
}
