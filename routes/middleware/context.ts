import type { HttpBindings } from "@hono/node-server";
import type { Context, MiddlewareHandler } from "hono";
import { isSameText } from "../../lib/auth/same_text.ts";
import { type ApiKeys, type KeyClaims, looksLikeApiKey } from "../../lib/auth/api_keys.ts";
import type { Identities, Identity } from "../../lib/auth/identity.ts";
import type { Session } from "../../lib/auth/sessions.ts";
import type { SocketClaims, Tokens } from "../../lib/auth/tokens.ts";
import type { Addresses } from "../../lib/address.ts";
import { AppError } from "../../lib/errors.ts";
import type { Ids } from "../../lib/ids.ts";
import type { BrowserSessions } from "./browser_sessions.ts";

/** Who asks, as far as a bearer token, an API key or a session tells. */
export type Principal =
  | { readonly kind: "anonymous" }
  | { readonly kind: "login"; readonly who: Identity }
  | { readonly kind: "api_key"; readonly claims: KeyClaims }
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
    /** A trusted proxy stands between: what it writes into headers can be believed. */
    isProxied: boolean;
    /** Null without a kiosk key. */
    kioskId: string | null;
    /**
     * Of the browser's cookie; null without, and beside a bearer token. It is no proof of what was
     * meant: see `principal`.
     */
    session: BrowserSession | null;
    /**
     * A session makes it a login in requests that change nothing, and in those that carry the
     * session's token; a cookie alone is sent by foreign pages too.
     */
    principal: Principal;
    /** What is wrong with the token or the key that came; refused behind the rate limit. */
    badCredential: AppError | null;
  };
}

/** A session and whose it is. */
export interface BrowserSession extends Session {
  readonly who: Identity;
}

const SAFE_METHODS: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

export type AppContext = Context<AppEnv>;

export interface RequestContextDeps {
  readonly ids: Ids;
  readonly tokens: Tokens;
  readonly identities: Identities;
  readonly apiKeys: ApiKeys;
  readonly sessions: BrowserSessions;
  readonly addresses: Addresses;
  /** The kiosk that a key is of; null when it is nobody's. */
  readonly kioskOf: (key: string) => string | null;
}

/** Gathers the facts of a request. A bad token or key makes it anonymous until it is refused. */
export function requestContext(deps: RequestContextDeps): MiddlewareHandler<AppEnv> {
  const { addresses } = deps;
  return async function requestContext(c, next) {
    const requestId = deps.ids.request();
    const peer = c.env.incoming?.socket.remoteAddress;
    const forwarded = c.req.header("x-forwarded-for");
    c.set("requestId", requestId);
    c.set("address", addresses.clientOf(peer, forwarded));
    c.set("isLocal", addresses.isLocal(peer, forwarded));
    c.set("isProxied", addresses.isProxied(peer));
    c.header("x-request-id", requestId);
    c.header("x-content-type-options", "nosniff");
    c.set("badCredential", null);
    c.set("session", null);
    c.set("kioskId", null);
    c.set("principal", { kind: "anonymous" });
    try {
      await identify(c, deps);
    } catch (error) {
      c.set("badCredential", authFailureOf(error));
    }
    await next();
  };
}

/** Behind the rate limit, so that nobody can try keys and tokens as fast as they like. */
export const refuseBadCredential: MiddlewareHandler<AppEnv> = async function refuseBad(c, next) {
  if (c.var.badCredential !== null) throw c.var.badCredential;
  await next();
};

type IdentifyDeps = Pick<RequestContextDeps, "identities" | "sessions">;

/** Whether the login that a long answer began with still holds: not ended, and not run out. */
export async function isStillSignedIn(
  c: AppContext,
  deps: IdentifyDeps,
): Promise<boolean> {
  const bearer = bearerTokenOf(c);
  if (bearer === undefined) return await sessionOf(c, deps) !== null;
  try {
    await deps.identities.ofToken(bearer);
    return true;
  } catch (error) {
    authFailureOf(error);
    return false;
  }
}

/** @throws the error itself when it is of another kind */
function authFailureOf(error: unknown): AppError {
  if (error instanceof AppError && error.code === "AUTH_FAILED") return error;
  throw error;
}

function bearerTokenOf(c: AppContext): string | undefined {
  return /^Bearer +(\S+)$/i.exec(c.req.header("authorization") ?? "")?.[1];
}

async function identify(c: AppContext, deps: RequestContextDeps): Promise<void> {
  c.set("kioskId", kioskOf(c.req.header("x-kiosk-key"), deps));
  const bearer = bearerTokenOf(c);
  const apiKey = c.req.header("x-api-key") ?? bearer;
  if (apiKey !== undefined && (apiKey !== bearer || looksLikeApiKey(apiKey))) {
    c.set("principal", { kind: "api_key", claims: await deps.apiKeys.verify(apiKey) });
    return;
  }
  const session = bearer === undefined ? await sessionOf(c, deps) : null;
  c.set("session", session);
  c.set("principal", bearer === undefined ? browserOf(c, session) : await bearerOf(bearer, deps));
}

function kioskOf(key: string | undefined, deps: RequestContextDeps): string | null {
  if (key === undefined) return null;
  const kioskId = deps.kioskOf(key);
  if (kioskId === null) throw new AppError("AUTH_FAILED", "Kiosk key is not known");
  return kioskId;
}

async function sessionOf(
  c: AppContext,
  { sessions, identities }: IdentifyDeps,
): Promise<BrowserSession | null> {
  const session = await sessions.find(c);
  const who = session === null ? null : await identities.ofSession(session);
  return session === null || who === null ? null : { ...session, who };
}

async function bearerOf(token: string, deps: RequestContextDeps): Promise<Principal> {
  const { tokens, identities } = deps;
  try {
    return { kind: "login", who: await identities.ofToken(token) };
  } catch (error) {
    const failure = authFailureOf(error);
    // What is no socket's token either was refused for the first reason: its session has ended.
    const claims = await tokens.verifySocket(token).catch(() => {
      throw failure;
    });
    return { kind: "attempt", claims };
  }
}

function browserOf(c: AppContext, session: BrowserSession | null): Principal {
  if (session === null) return { kind: "anonymous" };
  const isMeant = SAFE_METHODS.has(c.req.method) ||
    isSameText(session.csrfToken, c.req.header("x-csrf-token") ?? "");
  return isMeant ? loginOf(session) : { kind: "anonymous" };
}

/** The principal of a session, once it is sure that its owner meant the request. */
export function loginOf({ who }: BrowserSession): Principal {
  return { kind: "login", who };
}
