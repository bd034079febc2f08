import { accepts } from "hono/accepts";
import type { AppContext } from "./context.ts";
import { isJson } from "./json_body.ts";

/** True when whoever asks is shown a page: a browser that opens or sends one. */
export function wantsPage(c: AppContext): boolean {
  return /^\/(admin|app)(\/|$)/.test(c.req.path) && !isJson(c) && likesPages(c);
}

/** A browser that opens a page names HTML; scripts and streams name what they are for. */
function likesPages(c: AppContext): boolean {
  const html = "text/html";
  const supports = [html, "application/json", "text/event-stream"];
  return accepts(c, { header: "Accept", supports, default: html }) === html;
}
