import { errors, jwtVerify, SignJWT } from "jose";
import type { Clock } from "../clock.ts";
import { AppError } from "../errors.ts";

/** What a socket token says: who may stream into which attempt (M-23). */
export interface SocketClaims {
  readonly attemptId: string;
  readonly sessionId: string;
  readonly expiresAt: number;
}

/** What a login token says. */
export interface LoginClaims {
  readonly username: string;
  readonly role: "admin";
}

/** Signs and checks the tokens of Docent: HS256 and nothing else is accepted. */
export interface Tokens {
  signSocket(claims: { attemptId: string; sessionId: string }): Promise<string>;
  /**
   * @param graceSec accepts a token that expired up to so long ago
   * @throws AppError AUTH_FAILED
   */
  verifySocket(token: string, graceSec?: number): Promise<SocketClaims>;
  signLogin(claims: LoginClaims): Promise<string>;
  /** @throws AppError AUTH_FAILED */
  verifyLogin(token: string): Promise<LoginClaims>;
  readonly socketTtlSec: number;
  readonly loginTtlSec: number;
}

export interface TokensDeps {
  readonly secret: string;
  readonly clock: Clock;
  readonly socketTtlSec: number;
  readonly loginTtlSec: number;
}

const ALGORITHM = "HS256";
const MAX_TOKEN_CHARS = 4_096;

export function createTokens(deps: TokensDeps): Tokens {
  const { clock, socketTtlSec, loginTtlSec } = deps;
  const key = new TextEncoder().encode(deps.secret);

  function sign(payload: Record<string, string>, ttlSec: number): Promise<string> {
    const issuedAt = Math.floor(clock.now() / 1000);
    return new SignJWT(payload)
      .setProtectedHeader({ alg: ALGORITHM, typ: "JWT" })
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + ttlSec)
      .sign(key);
  }

  /** Reads a token of one type; its claims are text, the caller names those it needs. */
  async function verify(token: string, type: string, names: readonly string[], graceSec = 0) {
    if (token.length > MAX_TOKEN_CHARS) throw refused("Token is not valid");
    try {
      const { payload } = await jwtVerify(token, key, {
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
    signLogin: ({ username, role }) => sign({ sub: username, role, type: "login" }, loginTtlSec),
    async verifyLogin(token) {
      const { claims: [username, role] } = await verify(token, "login", ["sub", "role"]);
      if (role !== "admin") throw refused("Token is of another kind");
      return { username, role };
    },
  };
}

/** True when a token was refused for its age alone: we have signed it ourselves. */
export function hasExpired(error: AppError): boolean {
  return error.cause instanceof errors.JWTExpired;
}

function refused(message: string, cause?: unknown): AppError {
  return new AppError("AUTH_FAILED", message, { cause });
}
