import type { IncomingMessage } from "node:http";
import { AppError } from "../../lib/errors.ts";
import type { IoSocket } from "./types.ts";

/** How somebody proves who they are: a token, or the session of their browser. */
export type Credential =
  | { readonly kind: "token"; readonly token: string }
  | { readonly kind: "cookie"; readonly header: string };

/**
 * The token of `auth.token`, else of the query, else of `Authorization`: a further namespace on one
 * connection brings only the first (E-02, E-03). Without one, the cookie of our own pages.
 *
 * @throws AppError AUTH_FAILED for a token that is not text
 */
export function findCredential(
  { handshake, request }: Pick<IoSocket, "handshake" | "request">,
  allowedOrigins: readonly string[],
): Credential | null {
  const { auth, query, headers } = handshake;
  const token = auth.token ?? query.token ?? headers.authorization ?? "";
  if (typeof token !== "string") throw new AppError("AUTH_FAILED", "Token is not valid");
  if (token !== "") return { kind: "token", token: token.replace(/^Bearer +/i, "") };
  const { cookie } = headers;
  if (cookie === undefined || !isOwnPage(request, allowedOrigins)) return null;
  return { kind: "cookie", header: cookie };
}

/** A browser sends a cookie for whatever page asks it to; only ours may use it. */
function isOwnPage({ headers }: IncomingMessage, allowedOrigins: readonly string[]): boolean {
  const { origin, host } = headers;
  return origin === undefined || allowedOrigins.includes(origin) ||
    URL.parse(origin)?.host === host;
}
