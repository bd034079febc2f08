import type { VNode } from "preact";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Identity } from "../../lib/auth/identity.ts";
import { permits } from "../../lib/auth/roles.ts";
import { readPreferences } from "../../lib/ui/preferences.ts";
import { createUi, type Ui } from "../../lib/ui/ui.ts";
import type { AppContext } from "../middleware/context.ts";
import { type AssetHref, renderDocument } from "./document.tsx";

/** One page to send. */
export interface Page {
  readonly title: (ui: Ui) => string;
  readonly body: (ui: Ui) => VNode;
  readonly status?: ContentfulStatusCode;
  /** Address that the switches of language and theme keep, where it is not the request's own. */
  readonly path?: string;
  /** After so long a browser without script asks anew, where something is still to come. */
  readonly refreshSec?: number;
}

/** Renders pages for whoever asks: language, theme, name and token of the request. */
export interface Pages {
  send(c: AppContext, page: Page): Response;
}

export interface PagesDeps {
  /** IANA name. */
  readonly timeZone: string;
  readonly asset: AssetHref;
}

export function createPages({ timeZone, asset }: PagesDeps): Pages {
  return {
    send(c, { title, body, status = 200, path, refreshSec }) {
      const { pathname, search, searchParams: query } = new URL(c.req.url);
      const { locale, theme, setCookies } = readPreferences({
        query,
        cookie: c.req.header("cookie") ?? null,
        acceptLanguage: c.req.header("accept-language") ?? null,
      });
      const ui = createUi({
        locale,
        timeZone,
        theme,
        user: nameOf(readerOf(c)),
        csrf: c.var.session?.csrfToken ?? "",
        path: path ?? `${pathname}${search}`,
      });
      for (const cookie of setCookies) c.header("set-cookie", cookie, { append: true });
      const parts = { ui, title: title(ui), body: body(ui), asset, refreshSec };
      return c.html(renderDocument(parts), status);
    },
  };
}

/** Who looks at a page; an error page may be sent before it is known who asks. */
export function readerOf({ var: { session, principal } }: AppContext): Identity | null {
  if (session) return session.who;
  return principal?.kind === "login" ? principal.who : null;
}

function nameOf(reader: Identity | null): Ui["user"] {
  if (reader === null) return null;
  const { username: name, role } = reader;
  return {
    name,
    operates: permits(role, "operate"),
    studies: permits(role, "study"),
    administers: permits(role, "administer"),
  };
}
