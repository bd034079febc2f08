import type { VNode } from "preact";
import { renderToString } from "preact-render-to-string";
import { IslandPage } from "../../lib/ui/island.tsx";
import type { Ui } from "../../lib/ui/ui.ts";

/** Where a static file is served, by its path under `static/`. */
export type AssetHref = (path: string) => string;

export interface DocumentParts {
  readonly ui: Ui;
  /** Of the page, without the product's name. */
  readonly title: string;
  readonly body: VNode;
  readonly asset: AssetHref;
  /** After so long a browser without script asks anew; not at all without it. */
  readonly refreshSec?: number;
}

const STYLES = [
  "tokens",
  "base",
  "shell",
  "entry",
  "components",
  "forms",
  "tables",
  "stream",
  "pages",
  "reports",
  "metrics",
  "people",
  "kiosks",
  "practice",
] as const;

/** The whole page as text. Nothing in it is inline, so `default-src 'self'` suffices as CSP. */
export function renderDocument(parts: DocumentParts): string {
  return `<!doctype html>${renderToString(<Document {...parts} />)}`;
}

function Document({ ui, title, body, asset, refreshSec }: DocumentParts) {
  const { locale, theme, t } = ui;
  return (
    <html lang={locale} data-theme={theme === "auto" ? undefined : theme}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <meta name="color-scheme" content={theme === "auto" ? "light dark" : theme} />
        <title>{`${title} · ${t.product}`}</title>
        {STYLES.map((name) => <link key={name} rel="stylesheet" href={asset(`ui/${name}.css`)} />)}
        {refreshSec !== undefined && (
          <noscript>
            <meta http-equiv="refresh" content={String(refreshSec)} />
          </noscript>
        )}
        <link rel="icon" type="image/svg+xml" href={asset("icon.svg")} />
      </head>
      <body>
        <IslandPage script={asset("_built/boot.js")}>{body}</IslandPage>
      </body>
    </html>
  );
}
