import { deepEqual, equal } from "node:assert/strict";
import { negotiateLocale } from "../../../lib/ui/locale.ts";
import { readPreferences, switchHref } from "../../../lib/ui/preferences.ts";

const LANGUAGES: [header: string | null, locale: string][] = [
  [null, "ko"],
  ["", "ko"],
  ["en", "en"],
  ["en-GB,en;q=0.9", "en"],
  ["ko-KR,ko;q=0.9,en;q=0.8", "ko"],
  ["en;q=0.4, ko;q=0.8", "ko"],
  ["fr-FR, en;q=0.5", "en"],
  ["de, fr;q=0.5", "ko"],
  ["en;q=0", "ko"],
  ["en;q=nonsense", "ko"],
  ["EN-us", "en"],
];

for (const [header, locale] of LANGUAGES) {
  Deno.test(`[M-46] negotiateLocale() of ${JSON.stringify(header)} is ${locale}`, () => {
    equal(negotiateLocale(header), locale);
  });
}

function preferences(search: string, cookie: string | null, acceptLanguage = "ko") {
  return readPreferences({ query: new URLSearchParams(search), cookie, acceptLanguage });
}

Deno.test("[M-46] readPreferences() takes the address before the cookie before the browser", () => {
  deepEqual(preferences("", null), { locale: "ko", theme: "auto", setCookies: [] });
  deepEqual(preferences("", "a=b; lang=en; theme=dark"), {
    locale: "en",
    theme: "dark",
    setCookies: [],
  });
  const asked = preferences("lang=ko&theme=light", "lang=en; theme=dark");
  equal(asked.locale, "ko");
  equal(asked.theme, "light");
  deepEqual(asked.setCookies, [
    "lang=ko; Path=/; Max-Age=31536000; SameSite=Lax",
    "theme=light; Path=/; Max-Age=31536000; SameSite=Lax",
  ]);
});

Deno.test("[M-46] readPreferences() refuses a value that is none of its own", () => {
  const injected = preferences("lang=en%0d%0aX:1&theme=neon", "lang=<script>");
  deepEqual(injected, { locale: "ko", theme: "auto", setCookies: [] });
});

Deno.test("[M-46] switchHref() keeps the other parameters of the address", () => {
  equal(
    switchHref("/admin/attempts?status=quitted&lang=ko", "lang", "en"),
    "/admin/attempts?status=quitted&lang=en",
  );
  equal(switchHref("/admin/dashboard", "theme", "dark"), "/admin/dashboard?theme=dark");
});
