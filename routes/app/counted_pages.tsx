import type { People } from "../../lib/people/mod.ts";
import type { Page, Pages } from "../pages/pages.ts";
import type { AppContext } from "../middleware/context.ts";
import { whoOf } from "../middleware/guards.ts";
import { Unread } from "./frame.tsx";

/** Pages of the signed-in, with the number of what is unread beside the bell. */
export interface CountedPages {
  send(c: AppContext, page: Page): Promise<Response>;
}

export function countedPages(
  pages: Pages,
  { notifications }: Pick<People, "notifications">,
): CountedPages {
  return {
    async send(c, { body, ...page }) {
      const unread = await notifications.unread(whoOf(c).userId);
      return pages.send(c, {
        ...page,
        body: (ui) => <Unread.Provider value={unread}>{body(ui)}</Unread.Provider>,
      });
    },
  };
}
