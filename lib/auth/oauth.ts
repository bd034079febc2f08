import * as oidc from "openid-client";
import { z } from "zod";
import type { Clock } from "../clock.ts";
import { sha256 } from "../digest.ts";
import { AppError } from "../errors.ts";
import type { Ids } from "../ids.ts";
import { decodeJson, encodeJson } from "../kv/json_value.ts";
import type { Kv } from "../kv/port.ts";
import { type Account, type Accounts, type Joined, newAccount } from "./accounts.ts";
import { authKeys } from "./keys.ts";
import type { Login } from "./login.ts";
import { isSameText } from "./same_text.ts";
import type { Sessions } from "./sessions.ts";

/** Who else may say who somebody is (P-07). */
export const OAUTH_PROVIDERS = ["google", "linkedin"] as const;
export type OAuthProvider = (typeof OAUTH_PROVIDERS)[number];

export interface OAuthClient {
  /** Of the provider's discovery document. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Signing in with an account of another house: OpenID Connect, code flow with PKCE. */
export interface OAuth {
  /** Those that are set up. */
  readonly providers: readonly OAuthProvider[];
  /**
   * Where to send the person; what they bring back is good for ten minutes, once.
   * @throws AppError OAUTH_NOT_CONFIGURED; UNAVAILABLE when the provider does not answer
   */
  begin(provider: OAuthProvider, redirectUri: string): Promise<OAuthBegun>;
  /**
   * The account of who came back, made if there is none. An address is taken for the same person
   * only where the provider has confirmed it. An account with a second factor takes its code too; when
   * that is missing or wrong, the same is good once more, until its ten minutes have passed.
   * @throws AppError AUTH_FAILED for a state, code or token that is not good; its details name the
   *   field `secondFactorCode` when only that is; RATE_LIMIT after too many of those
   */
  finish(provider: OAuthProvider, brought: Brought): Promise<Account>;
}

export interface OAuthBegun {
  readonly authorizationUrl: string;
  /** The page keeps it, and checks that the person came back with it. */
  readonly state: string;
}

/** What the provider gave the person to bring. */
export interface Brought {
  readonly code: string;
  readonly state: string;
  /** Of the account's own second factor, where it is on. */
  readonly secondFactorCode?: string;
  /** Of the client. */
  readonly address: string;
}

export interface OAuthDeps {
  readonly kv: Kv;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly accounts: Accounts;
  readonly login: Pick<Login, "requireCode">;
  readonly sessions: Sessions;
  readonly clients: Readonly<Partial<Record<OAuthProvider, OAuthClient>>>;
}

const stateSchema = z.object({
  provider: z.enum(OAUTH_PROVIDERS),
  redirectUri: z.string(),
  verifier: z.string(),
  nonce: z.string(),
  expiresAt: z.number(),
  /** Whom the provider has confirmed, and by which code, while ours is still asked for. */
  confirmed: z.object({ userId: z.string(), codeHash: z.string() }).optional(),
});
type StateRow = z.infer<typeof stateSchema>;
const linkSchema = z.object({ userId: z.string() });
const claimsSchema = z.object({
  sub: z.string().min(1).max(255),
  email: z.email().transform((email) => email.toLowerCase()),
  /** Some providers send it as text. */
  email_verified: z.union([z.boolean(), z.stringbool()]),
  name: z.string().trim().min(1).max(80).optional().catch(undefined),
});
type Claims = z.infer<typeof claimsSchema>;

interface CameBack extends Brought {
  readonly row: StateRow;
}

const STATE_TTL_MS = 10 * 60_000;
const LOOPBACK = /^http:\/\/(127\.0\.0\.1|\[::1\]|localhost)(:|\/)/;

export function createOAuth(deps: OAuthDeps): OAuth {
  const { kv, clock, ids, accounts, login, sessions, clients } = deps;
  const discovered = new Map<OAuthProvider, Promise<oidc.Configuration>>();

  function configurationOf(provider: OAuthProvider): Promise<oidc.Configuration> {
    const client = clients[provider];
    if (client === undefined) {
      throw new AppError("OAUTH_NOT_CONFIGURED", `Signing in with ${provider} is not set up`);
    }
    const known = discovered.get(provider) ?? discover(client);
    discovered.set(provider, known);
    known.catch(() => discovered.delete(provider));
    return known;
  }

  async function keepState(state: string, row: StateRow): Promise<void> {
    const expireIn = Math.max(1, row.expiresAt - clock.now());
    await kv.set(authKeys.oauthState(state), encodeJson(row), { expireIn });
  }

  async function takeState(state: string): Promise<StateRow> {
    const entry = await kv.get(authKeys.oauthState(state));
    if (entry.value === null) throw refused("State is not known");
    const row = decodeJson(entry.key, entry.value, stateSchema);
    const { ok } = await kv.atomic().check(entry).delete(entry.key).commit();
    if (!ok || row.expiresAt <= clock.now()) throw refused("State was used before, or is too old");
    return row;
  }

  async function accountOf(provider: OAuthProvider, claims: Claims): Promise<Account> {
    const link = authKeys.oauthLink(provider, claims.sub);
    const { value } = await kv.get(link);
    const known = value === null
      ? null
      : await accounts.find(decodeJson(link, value, linkSchema).userId);
    if (known !== null) return known;
    if (!claims.email_verified) throw refused("The provider has not confirmed the address");
    const account = await accounts.findByEmail(claims.email);
    return account === null
      ? await create(provider, claims)
      : await take(provider, claims, account);
  }

  /** Stored together with the account, which takes it along when it goes. */
  function linked(provider: OAuthProvider, { sub }: Claims, userId: string): Joined {
    return (operation) =>
      operation
        .set(authKeys.oauthLink(provider, sub), encodeJson({ userId }))
        .set(authKeys.oauthLinkByUser(userId, provider, sub), null);
  }

  async function create(provider: OAuthProvider, claims: Claims): Promise<Account> {
    const { email, name = email } = claims;
    const now = clock.now();
    const account: Account = {
      ...newAccount({ userId: ids.user(), username: email, name, role: "user", now }),
      email,
      emailVerifiedAt: now,
    };
    const join = linked(provider, claims, account.userId);
    if (!(await accounts.create(account, join))) {
      throw refused("Address was taken at the same moment");
    }
    return account;
  }

  /** Whoever made an account with an address that is not theirs must not keep the way in. */
  async function take(provider: OAuthProvider, claims: Claims, account: Account): Promise<Account> {
    const { userId, role } = account;
    if (role !== "user") throw refused("This account signs in with its password");
    const emailVerifiedAt = clock.now();
    let wasUnconfirmed = false;
    const taken = await accounts.update(userId, (row) => {
      wasUnconfirmed = row.emailVerifiedAt === null;
      return wasUnconfirmed ? { ...row, passwordHash: null, totp: null, emailVerifiedAt } : row;
    }, { join: linked(provider, claims, userId) });
    if (taken === null || taken === "taken") throw refused("Account is gone");
    if (wasUnconfirmed) await sessions.endAll(userId);
    return taken;
  }

  /** What the provider says of who came back, once it has confirmed the code. */
  async function claimsOf(
    configuration: oidc.Configuration,
    { row, code, state }: CameBack,
  ): Promise<Claims> {
    const came = new URL(row.redirectUri);
    came.search = new URLSearchParams({
      code,
      state,
      iss: configuration.serverMetadata().issuer,
    }).toString();
    const tokens = await oidc.authorizationCodeGrant(configuration, came, {
      pkceCodeVerifier: row.verifier,
      expectedState: state,
      expectedNonce: row.nonce,
      idTokenExpected: true,
    }).catch((cause) => {
      throw refused("The provider did not confirm the sign-in", cause);
    });
    const claims = claimsSchema.safeParse(tokens.claims());
    if (!claims.success) throw refused("The provider did not tell an address", claims.error);
    return claims.data;
  }

  async function confirmedBefore(
    { userId, codeHash }: NonNullable<StateRow["confirmed"]>,
    code: string,
  ): Promise<Account> {
    const account = isSameText(codeHash, sha256(code)) ? await accounts.find(userId) : null;
    if (account === null) throw refused("The provider did not confirm the sign-in");
    return account;
  }

  async function requireCode(account: Account, came: CameBack): Promise<void> {
    const { row, code, state, secondFactorCode, address } = came;
    try {
      await login.requireCode(account, { code: secondFactorCode, address });
    } catch (error) {
      // The provider takes no code twice, and the person has yet to type ours.
      const confirmed = { userId: account.userId, codeHash: sha256(code) };
      await keepState(state, { ...row, confirmed });
      throw error instanceof AppError && error.code === "AUTH_FAILED"
        ? new AppError(error.code, error.message, {
          details: { ...error.details, field: "secondFactorCode" },
        })
        : error;
    }
  }

  return {
    providers: OAUTH_PROVIDERS.filter((provider) => clients[provider] !== undefined),
    async begin(provider, redirectUri) {
      const configuration = await configurationOf(provider);
      const verifier = oidc.randomPKCECodeVerifier();
      const [state, nonce] = [oidc.randomState(), oidc.randomNonce()];
      const row = { provider, redirectUri, verifier, nonce, expiresAt: clock.now() + STATE_TTL_MS };
      await keepState(state, row);
      const authorizationUrl = oidc.buildAuthorizationUrl(configuration, {
        redirect_uri: redirectUri,
        scope: "openid email profile",
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: "S256",
        state,
        nonce,
      });
      return { authorizationUrl: authorizationUrl.href, state };
    },
    async finish(provider, brought) {
      const configuration = await configurationOf(provider);
      const row = await takeState(brought.state);
      if (row.provider !== provider) throw refused("State is of another provider");
      const account = row.confirmed === undefined
        ? await accountOf(provider, await claimsOf(configuration, { row, ...brought }))
        : await confirmedBefore(row.confirmed, brought.code);
      await requireCode(account, { row, ...brought });
      return account;
    },
  };
}

async function discover({ issuer, clientId, clientSecret }: OAuthClient) {
  // Tokens go in the clear only to this machine.
  const execute = LOOPBACK.test(issuer) ? [oidc.allowInsecureRequests] : [];
  try {
    return await oidc.discovery(new URL(issuer), clientId, clientSecret, undefined, { execute });
  } catch (cause) {
    throw new AppError("UNAVAILABLE", "The provider does not answer, try again", {
      details: { retryAfterMs: 5_000 },
      cause,
    });
  }
}

function refused(message: string, cause?: unknown): AppError {
  return new AppError("AUTH_FAILED", message, { cause });
}
