import { errors, jwtVerify, SignJWT } from "jose";
import type { Clock } from "../clock.ts";
import { AppError } from "../errors.ts";

/** What a socket token says: who may stream into which attempt (M-23). */
export interface SocketClaims {
  readonly attemptId: string;
  readonly sessionId: string;
  readonly expiresAt: number;
}

/** What a login token says: nothing that could change while it is good. */
export interface LoginClaims {
  readonly userId: string;
  readonly sessionId: string;
}

/** What a refresh token says; see `Sessions.rotate`. */
export interface RefreshClaims {
  readonly sessionId: string;
  readonly generation: number;
}

/** Signs and checks the tokens of Docent: HS256 and nothing else is accepted. */
export interface Tokens {
  signSocket(claims: { attemptId: string; sessionId: string }): Promise<string>;
  /**
   * @param graceSec accepts a token that expired up to so long ago
   * @throws AppError AUTH_FAILED
   */
  verifySocket(token: string, graceSec?: number): Promise<SocketClaims>;
  /** @param ttlSec `loginTtlSec` without */
  signLogin(claims: LoginClaims, ttlSec?: number): Promise<string>;
  signRefresh(claims: RefreshClaims): Promise<string>;
  /** @throws AppError AUTH_FAILED */
  verifyRefresh(token: string): Promise<RefreshClaims>;
  /** @throws AppError AUTH_FAILED */
  verifyLogin(token: string): Promise<LoginClaims>;
  readonly socketTtlSec: number;
  readonly loginTtlSec: number;
  readonly accessTtlSec: number;
  readonly refreshTtlSec: number;
}

export interface TokensDeps {
  readonly secret: string;
  readonly clock: Clock;
  readonly socketTtlSec: number;
  readonly loginTtlSec: number;
  readonly accessTtlSec: number;
  readonly refreshTtlSec: number;
}

const ALGORITHM = "HS256";
const MAX_TOKEN_CHARS = 4_096;

export function createTokens(deps: TokensDeps): Tokens {
  const { clock, socketTtlSec, loginTtlSec, accessTtlSec, refreshTtlSec } = deps;
  // Once: jose would import a key that is bytes anew for every token.
  const importedKey = importKey(deps.secret);

  async function sign(payload: Record<string, string>, ttlSec: number): Promise<string> {
    const key = await importedKey;
    const issuedAt = Math.floor(clock.now() / 1000);
    return await new SignJWT(payload)
      .setProtectedHeader({ alg: ALGORITHM, typ: "JWT" })
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + ttlSec)
      .sign(key);
  }

  /** Reads a token of one type; its claims are text, the caller names those it needs. */
  async function verify(token: string, type: string, names: readonly string[], graceSec = 0) {
    if (token.length > MAX_TOKEN_CHARS) throw refused("Token is not valid");
    try {
      const { payload } = await jwtVerify(token, await importedKey, {
        algorithms: [ALGORITHM],
        currentDate: new Date(clock.now()),
        clockTolerance: graceSec,
        requiredClaims: ["exp"],
      });
      const claims = names.map((name) => payload[name]);
      if (payload.type !== type || !claims.every((claim) => typeof claim === "string")) {
        throw refused("Token is of another kind");
      }
      return { claims, expiresAt: (payload.exp ?? 0) * 1000 };
    } catch (cause) {
      if (cause instanceof AppError) throw cause;
      throw refused(
        cause instanceof errors.JWTExpired ? "Token has expired" : "Token is not valid",
        cause,
      );
    }
  }

  return {
    socketTtlSec,
    loginTtlSec,
    accessTtlSec,
    refreshTtlSec,
    signSocket: (claims) => sign({ ...claims, type: "ws_auth" }, socketTtlSec),
    async verifySocket(token, graceSec) {
      const { claims, expiresAt } = await verify(
        token,
        "ws_auth",
        ["attemptId", "sessionId"],
        graceSec,
      );
      const [attemptId, sessionId] = claims;
      return { attemptId, sessionId, expiresAt };
    },
    signLogin: ({ userId, sessionId }, ttlSec = loginTtlSec) =>
      sign({ sub: userId, sid: sessionId, type: "login" }, ttlSec),
    signRefresh: ({ sessionId, generation }) =>
      sign({ sid: sessionId, gen: String(generation), type: "refresh" }, refreshTtlSec),
    async verifyRefresh(token) {
      const { claims: [sessionId, generation] } = await verify(token, "refresh", ["sid", "gen"]);
      return { sessionId, generation: Number(generation) };
    },
    async verifyLogin(token) {
      const { claims: [userId, sessionId] } = await verify(token, "login", ["sub", "sid"]);
      return { userId, sessionId };
    },
  };
}

function importKey(secret: string): Promise<CryptoKey> {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const bytes = new TextEncoder().encode(secret);
  return crypto.subtle.importKey("raw", bytes, algorithm, false, ["sign", "verify"]);
}

/** True when a token was refused for its age alone: we have signed it ourselves. */
export function hasExpired(error: AppError): boolean {
  return error.cause instanceof errors.JWTExpired;
}

function refused(message: string, cause?: unknown): AppError {
  return new AppError("AUTH_FAILED", message, { cause });
}
