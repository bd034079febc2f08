import type { VNode } from "preact";
import type { Locale } from "../../lib/ui/locale.ts";
import { createUi, type Ui } from "../../lib/ui/ui.ts";
import { renderDocument } from "../../routes/pages/document.tsx";

export function aUi(locale: Locale = "en", path = "/admin/dashboard"): Ui {
  return createUi({
    locale,
    path,
    timeZone: "Asia/Seoul",
    theme: "auto",
    user: { name: "operator", operates: true, studies: true, administers: true },
    csrf: "csrf-token",
  });
}

/** A page as the server sends it, and as a reader without markup reads it. */
export function renderPage(body: VNode, ui: Ui): { html: string; text: string } {
  const html = renderDocument({ ui, title: "Page", body, asset: (path) => `/_a/test/${path}` });
  const text = html.replace(/<script[^]*?<\/script>/g, "").replace(/<[^>]+>/g, " ");
  return { html, text: text.replace(/\s+/g, " ") };
}
