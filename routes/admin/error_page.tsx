import type { AppContext } from "../middleware/context.ts";
import type { RenderedError } from "../middleware/errors.ts";
import { ErrorPage, errorTitle } from "./error.tsx";
import type { Pages } from "./pages.ts";

/** An error as a page: what its status means, and no word of the error itself. */
export function sendErrorPage(c: AppContext, pages: Pages, error: RenderedError): Response {
  const { status, headers, body: { requestId } } = error;
  for (const name of ["retry-after", "allow"]) {
    if (headers[name] !== undefined) c.header(name, headers[name]);
  }
  return pages.send(c, {
    status,
    title: ({ t }) => errorTitle(status, t),
    body: (ui) => <ErrorPage view={{ status, requestId }} ui={ui} />,
  });
}
