const MAX_CHARS = 2_000;
const ANY_ORIGIN = "http://docent.invalid";

/**
 * A way on that was asked for, as a path of ours that is safe to send a browser to; null for
 * anything else. Browsers read `//host` and `/\host` as another site, and drop tabs and line breaks
 * before they look.
 */
export function parseNext(text: string): string | null {
  if (!text.startsWith("/") || text.length > MAX_CHARS || !text.isWellFormed()) return null;
  const [path] = text.split(/[?#]/, 1);
  // deno-lint-ignore no-control-regex
  if (path.includes("//") || /[\\\x00-\x20\x7f]/.test(text)) return null;
  const url = URL.parse(text, ANY_ORIGIN);
  // Encoded as a header needs it: the path may be Korean.
  return url?.origin === ANY_ORIGIN ? `${url.pathname}${url.search}${url.hash}` : null;
}

/** True for a page of people's own, which has another login than those of staff. */
export function isPersonal(path: string): boolean {
  return /^\/app(\/|$)/.test(path);
}

/** The login, which then leads back to the page that was asked for. */
export function loginPath(request: Request): string {
  const { pathname, search } = new URL(request.url);
  const login = isPersonal(pathname) ? "/app/login" : "/admin/login";
  // What was to be sent is gone; the login leads home.
  if (request.method !== "GET" && request.method !== "HEAD") return login;
  return `${login}?next=${encodeURIComponent(pathname + search)}`;
}
