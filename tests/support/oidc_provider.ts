import { exportJWK, generateKeyPair, SignJWT } from "jose";

/** What the provider says of whoever signs in there; a test may spoil it. */
export interface Said {
  sub: string;
  email: string;
  email_verified: boolean | string;
  name?: string;
  nonce?: string;
  iss?: string;
  aud?: string;
}

interface Grant {
  readonly challenge: string;
  readonly nonce: string;
  readonly redirectUri: string;
}

export interface OidcProvider {
  readonly issuer: string;
  said: Said;
  /** A person's browser at the provider: it agrees and comes back with what it was given. */
  visit(authorizationUrl: string): { code: string; state: string };
  [Symbol.asyncDispose](): Promise<void>;
}

export const CLIENT_ID = "docent-tests";
export const CLIENT_SECRET = "a secret of the tests";

/** An OpenID provider on loopback: discovery, authorization code with PKCE, tokens, keys. */
export async function oidcProvider(said: Said): Promise<OidcProvider> {
  const { publicKey, privateKey } = await generateKeyPair("RS256");
  const jwk = { ...await exportJWK(publicKey), kid: "1", alg: "RS256", use: "sig" };
  const grants = new Map<string, Grant>();
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, answer);
  const issuer = `http://127.0.0.1:${server.addr.port}`;

  async function answer(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    if (pathname === "/.well-known/openid-configuration") return Response.json(metadata());
    if (pathname === "/keys") return Response.json({ keys: [jwk] });
    if (pathname === "/token") return await token(new URLSearchParams(await request.text()));
    return new Response(null, { status: 404 });
  }

  function metadata() {
    return {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/keys`,
      response_types_supported: ["code"],
      subject_types_supported: ["public"],
      id_token_signing_alg_values_supported: ["RS256"],
      code_challenge_methods_supported: ["S256"],
    };
  }

  async function token(form: URLSearchParams): Promise<Response> {
    const grant = grants.get(form.get("code") ?? "");
    grants.delete(form.get("code") ?? "");
    const verifier = new TextEncoder().encode(form.get("code_verifier") ?? "");
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", verifier));
    const challenge = digest.toBase64({ alphabet: "base64url", omitPadding: true });
    const isGood = grant?.challenge === challenge &&
      grant.redirectUri === form.get("redirect_uri") &&
      form.get("client_secret") === CLIENT_SECRET;
    if (!isGood) return Response.json({ error: "invalid_grant" }, { status: 400 });
    const idToken = await new SignJWT({
      iss: issuer,
      aud: CLIENT_ID,
      nonce: grant.nonce,
      ...provider.said,
    })
      .setProtectedHeader({ alg: "RS256", kid: "1" })
      .setIssuedAt()
      .setExpirationTime("5m")
      .sign(privateKey);
    return Response.json({ access_token: "none", token_type: "Bearer", id_token: idToken });
  }

  const provider: OidcProvider = {
    issuer,
    said,
    visit(authorizationUrl) {
      const query = new URL(authorizationUrl).searchParams;
      const code = crypto.randomUUID();
      grants.set(code, {
        challenge: query.get("code_challenge") ?? "",
        nonce: query.get("nonce") ?? "",
        redirectUri: query.get("redirect_uri") ?? "",
      });
      return { code, state: query.get("state") ?? "" };
    },
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
  return provider;
}
