import type { HttpBindings } from "@hono/node-server";
import type { Context, MiddlewareHandler } from "hono";
import type { LoginClaims, SocketClaims, Tokens } from "../../lib/auth/tokens.ts";
import type { Addresses } from "../../lib/address.ts";
import { AppError } from "../../lib/errors.ts";
import type { Ids } from "../../lib/ids.ts";

/** Who asks, as far as a bearer token tells. */
export type Principal =
  | { readonly kind: "anonymous" }
  | { readonly kind: "login"; readonly claims: LoginClaims }
  | { readonly kind: "attempt"; readonly claims: SocketClaims };

/** Facts of one request; parts of the program come by closure and never from here. */
export interface AppEnv {
  Bindings: HttpBindings;
  Variables: {
    requestId: string;
    /** Of the client, trusted proxies seen through. */
    address: string;
    /** The request comes from this machine and no proxy stands between. */
    isLocal: boolean;
    /** Null without a kiosk key. */
    kioskId: string | null;
    principal: Principal;
  };
}

export type AppContext = Context<AppEnv>;

export interface RequestContextDeps {
  readonly ids: Ids;
  readonly tokens: Tokens;
  readonly addresses: Addresses;
  readonly kioskKeys: ReadonlyMap<string, string>;
}

/**
 * Gathers the facts of a request.
 * @throws AppError AUTH_FAILED for a token or a kiosk key that is not good; none at all is fine here
 */
export function requestContext(deps: RequestContextDeps): MiddlewareHandler<AppEnv> {
  const { addresses } = deps;
  return async function requestContext(c, next) {
    const requestId = deps.ids.request();
    const peer = c.env.incoming?.socket.remoteAddress;
    const forwarded = c.req.header("x-forwarded-for");
    c.set("requestId", requestId);
    c.set("address", addresses.clientOf(peer, forwarded));
    c.set("isLocal", addresses.isLocal(peer, forwarded));
    c.header("x-request-id", requestId);
    c.header("x-content-type-options", "nosniff");
    c.set("kioskId", kioskOf(c.req.header("x-kiosk-key"), deps.kioskKeys));
    c.set("principal", await principalOf(c.req.header("authorization"), deps.tokens));
    await next();
  };
}

function kioskOf(key: string | undefined, keys: ReadonlyMap<string, string>): string | null {
  if (key === undefined) return null;
  const kioskId = keys.get(key);
  if (kioskId === undefined) throw new AppError("AUTH_FAILED", "Kiosk key is not known");
  return kioskId;
}

async function principalOf(header: string | undefined, tokens: Tokens): Promise<Principal> {
  const token = /^Bearer +(\S+)$/i.exec(header ?? "")?.[1];
  if (token === undefined) return { kind: "anonymous" };
  try {
    return { kind: "login", claims: await tokens.verifyLogin(token) };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "AUTH_FAILED") throw error;
    return { kind: "attempt", claims: await tokens.verifySocket(token) };
  }
}
