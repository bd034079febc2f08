import { Hono } from "hono";
import { renderToString } from "preact-render-to-string";
import { readPreferences } from "../lib/ui/preferences.ts";
import type { Assets } from "./assets.ts";
import type { AppEnv } from "./middleware/context.ts";

export interface DemoKioskDeps {
  readonly assets: Pick<Assets, "href" | "read">;
  /** For staff; null where nobody is asked. It keeps visitors out, and nobody who reads the page. */
  readonly pin: string | null;
}

const STYLES = [
  "tokens",
  "base",
  "demo",
  "demo_screens",
  "demo_pages",
  "demo_tasks",
  "demo_sheets",
  "demo_staff",
] as const;

const NO_SCRIPT = {
  ko: "이 화면은 스크립트가 필요해요.",
  en: "This page needs scripts.",
};

/**
 * `/kiosk`: an application that plays both missions, for a look at the whole and as an example. It
 * is drawn in the browser alone, as applications of others are.
 */
export function demoKioskRoutes(deps: DemoKioskDeps) {
  const app = new Hono<AppEnv>();
  const worker = deps.assets.read("_built/kiosk/worker.js");
  // At a lasting address: the browser looks there by itself for a newer one.
  app.get("/worker.js", (c) =>
    c.body(worker, 200, {
      "content-type": "text/javascript; charset=utf-8",
      "service-worker-allowed": "/kiosk",
    }));
  app.get("/", (c) => {
    const preferences = readPreferences({
      query: new URL(c.req.url).searchParams,
      cookie: c.req.header("cookie") ?? null,
      acceptLanguage: c.req.header("accept-language") ?? null,
    });
    for (const cookie of preferences.setCookies) c.header("set-cookie", cookie, { append: true });
    return c.html(`<!doctype html>${renderToString(<Document {...preferences} {...deps} />)}`);
  });
  return app;
}

type DocumentProps = DemoKioskDeps & Pick<ReturnType<typeof readPreferences>, "locale" | "theme">;

function Document({ locale, theme, assets, pin }: DocumentProps) {
  const asset = assets.href;
  return (
    <html lang={locale} data-theme={theme === "auto" ? undefined : theme}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <meta name="color-scheme" content={theme === "auto" ? "light dark" : theme} />
        <title>Docent</title>
        {STYLES.map((name) => <link key={name} rel="stylesheet" href={asset(`ui/${name}.css`)} />)}
        <link rel="icon" type="image/svg+xml" href={asset("icon.svg")} />
        <script type="module" src={asset("_built/kiosk/boot.js")} />
      </head>
      <body>
        <div id="app" data-pin={pin ?? undefined} />
        <noscript>{NO_SCRIPT[locale]}</noscript>
      </body>
    </html>
  );
}
