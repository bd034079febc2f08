import { createRoute, z } from "@hono/zod-openapi";
import { MAX_CODE_CHARS } from "../../../lib/auth/login.ts";
import { OAUTH_PROVIDERS } from "../../../lib/auth/oauth.ts";
import { AppError } from "../../../lib/errors.ts";
import { clientOf } from "../../middleware/browser_sessions.ts";
import { requireJson } from "../../middleware/json_body.ts";
import { apiApp } from "../app.ts";
import { errors, json, jsonBody, success } from "../envelope.ts";
import { pairSchema, type SignInRoutesDeps, toSignedIn } from "./sign_in.ts";

const tags = ["auth"];
const refused = errors(400, 401, 403, 413, 415, 429, 503);
const params = z.object({
  provider: z.enum(OAUTH_PROVIDERS).openapi({ param: { name: "provider", in: "path" } }),
});

const beginRoute = createRoute({
  method: "post",
  path: "/oauth/{provider}/begin",
  tags,
  summary: "Begin to sign in with an account of another house",
  request: { params, body: jsonBody(z.object({ redirectUri: z.url().max(500) })) },
  responses: {
    200: json(
      success(z.object({ authorizationUrl: z.string(), state: z.string() })),
      "Where to send the person",
    ),
    ...refused,
  },
});

const finishRoute = createRoute({
  method: "post",
  path: "/oauth/{provider}",
  tags,
  summary: "Sign in with what the provider gave the person to bring",
  request: {
    params,
    body: jsonBody(z.object({
      code: z.string().min(1).max(4_096),
      state: z.string().min(1).max(200),
      secondFactorCode: z.string().max(MAX_CODE_CHARS).optional(),
    })),
  },
  responses: { 200: json(success(pairSchema), "Signed in"), ...refused },
});

export interface OAuthRoutesDeps extends SignInRoutesDeps {
  /** Where a person may come back to: our own origin, and applications that are named. */
  readonly origins: readonly string[];
}

/** `/api/auth/oauth` (P-07, T-P10). */
export function oauthRoutes(deps: OAuthRoutesDeps) {
  const { auth, tokens, origins } = deps;
  const app = apiApp();
  app.on("POST", ["/oauth/:provider", "/oauth/:provider/begin"], requireJson);
  app.openapi(beginRoute, async (c) => {
    const { redirectUri } = c.req.valid("json");
    const { origin } = new URL(redirectUri);
    if (origin !== new URL(c.req.url).origin && !origins.includes(origin)) {
      throw new AppError("VALIDATION_ERROR", "Nobody may be sent there", {
        details: { field: "redirectUri", expected: "this server, or one of ALLOWED_ORIGINS" },
      });
    }
    const data = await auth.oauth.begin(c.req.valid("param").provider, redirectUri);
    return c.json({ success: true as const, data }, 200);
  });
  app.openapi(finishRoute, async (c) => {
    const brought = { ...c.req.valid("json"), address: c.var.address };
    const account = await auth.oauth.finish(c.req.valid("param").provider, brought);
    const { session } = await auth.signIn(account, clientOf(c, tokens.refreshTtlSec));
    return c.json(await toSignedIn(deps, account, await auth.tokenPairs.of(session)), 200);
  });
  return app;
}
