import { createRoute, z } from "@hono/zod-openapi";
import type { Account } from "../../../lib/auth/accounts.ts";
import { MAX_CODE_CHARS } from "../../../lib/auth/login.ts";
import type { Auth } from "../../../lib/auth/mod.ts";
import {
  emailSchema,
  newPasswordSchema,
  registrationSchema,
} from "../../../lib/auth/registration.ts";
import type { TokenPair } from "../../../lib/auth/token_pairs.ts";
import type { Tokens } from "../../../lib/auth/tokens.ts";
import { AppError } from "../../../lib/errors.ts";
import type { People } from "../../../lib/people/mod.ts";
import { clientOf } from "../../middleware/browser_sessions.ts";
import { requireLogin, whoOf } from "../../middleware/guards.ts";
import { requireJson } from "../../middleware/json_body.ts";
import { apiApp } from "../app.ts";
import { errors, json, jsonBody, success } from "../envelope.ts";
import { toUser, userSchema } from "./user.ts";
import { TO_CHANGE } from "../security.ts";

const tags = ["auth"];
const refused = errors(400, 401, 403, 413, 415, 429, 503);

export const pairSchema = z.object({
  accessToken: z.string(),
  refreshToken: z.string(),
  expiresIn: z.number(),
  tokenType: z.literal("Bearer"),
  user: userSchema,
});
const doneSchema = success(z.object({ message: z.string() }));

const registerRoute = createRoute({
  method: "post",
  path: "/register",
  tags,
  summary: "Make an account",
  request: { body: jsonBody(registrationSchema) },
  responses: { 201: json(doneSchema, "The same for a known address"), ...refused },
});

const verifyRoute = createRoute({
  method: "post",
  path: "/verify-email",
  tags,
  summary: "Confirm an address by the link that was sent to it",
  request: { body: jsonBody(z.object({ token: z.string().max(200) })) },
  responses: { 200: json(doneSchema, "Confirmed"), ...refused },
});

const loginRoute = createRoute({
  method: "post",
  path: "/login",
  tags,
  summary: "Sign in with address and password",
  request: {
    body: jsonBody(
      z.object({
        email: z.string().min(1).max(254),
        password: z.string().min(1).max(200),
        code: z.string().max(MAX_CODE_CHARS).optional(),
      }),
    ),
  },
  responses: { 200: json(success(pairSchema), "Signed in"), ...refused },
});

const refreshRoute = createRoute({
  method: "post",
  path: "/refresh",
  tags,
  summary: "Take the next pair of tokens",
  request: { body: jsonBody(z.object({ refreshToken: z.string().min(1).max(4_096) })) },
  responses: { 200: json(success(pairSchema), "The refresh token is used up"), ...refused },
});

const logoutRoute = createRoute({
  method: "post",
  path: "/logout",
  tags,
  summary: "End the session of the token",
  security: TO_CHANGE,
  responses: {
    200: json(doneSchema, "Its tokens are no longer good"),
    ...errors(401, 403, 429, 503),
  },
});

const forgotRoute = createRoute({
  method: "post",
  path: "/forgot-password",
  tags,
  summary: "Ask for a link to set a new password",
  request: { body: jsonBody(z.object({ email: emailSchema })) },
  responses: { 200: json(doneSchema, "The same for an unknown address"), ...refused },
});

const resetRoute = createRoute({
  method: "post",
  path: "/reset-password",
  tags,
  summary: "Set a new password by the link that was sent",
  request: {
    body: jsonBody(z.object({ token: z.string().max(200), password: newPasswordSchema })),
  },
  responses: { 200: json(doneSchema, "All sessions are ended"), ...refused },
});

export interface SignInRoutesDeps {
  readonly auth: Auth;
  readonly tokens: Tokens;
  readonly people: People;
}

/** Signing in and out under `/api/auth` (P-01…P-04, P-06). */
export function signInRoutes(deps: SignInRoutesDeps) {
  const { auth, tokens } = deps;
  const app = apiApp();
  app.use("/logout", requireLogin);
  for (
    const path of [
      "register",
      "verify-email",
      "login",
      "refresh",
      "forgot-password",
      "reset-password",
    ]
  ) {
    app.on("POST", `/${path}`, requireJson);
  }

  app.openapi(registerRoute, async (c) => {
    await auth.registration.register(c.req.valid("json"));
    return c.json(done("Account is made; a letter is on its way"), 201);
  });
  app.openapi(verifyRoute, async (c) => {
    if (!(await auth.registration.verify(c.req.valid("json").token))) throw deadLink();
    return c.json(done("Address is confirmed"), 200);
  });
  app.openapi(loginRoute, async (c) => {
    const { email, ...proof } = c.req.valid("json");
    const sent = { ...proof, username: email, address: c.var.address };
    const account = await auth.login.verify(sent);
    const { session } = await auth.signIn(account, clientOf(c, tokens.refreshTtlSec));
    return c.json(await toSignedIn(deps, account, await auth.tokenPairs.of(session)), 200);
  });
  app.openapi(refreshRoute, async (c) => {
    const { account, ...pair } = await auth.tokenPairs.refresh(c.req.valid("json").refreshToken);
    return c.json(await toSignedIn(deps, account, pair), 200);
  });
  app.openapi(logoutRoute, async (c) => {
    await auth.sessions.end(whoOf(c).sessionId);
    return c.json(done("Signed out"), 200);
  });
  app.openapi(forgotRoute, async (c) => {
    await auth.registration.forgot(c.req.valid("json").email);
    return c.json(done("If the address is known, a letter is on its way"), 200);
  });
  app.openapi(resetRoute, async (c) => {
    const { token, password } = c.req.valid("json");
    if (!(await auth.registration.reset(token, password))) throw deadLink();
    return c.json(done("Password is set"), 200);
  });
  return app;
}

/** A pair of tokens and whose it is. */
export async function toSignedIn(
  { people }: SignInRoutesDeps,
  account: Account,
  { accessToken, refreshToken, expiresIn }: TokenPair,
) {
  const user = toUser(account, await people.profiles.find(account.userId));
  const data = { accessToken, refreshToken, expiresIn, tokenType: "Bearer" as const, user };
  return { success: true as const, data };
}

function done(message: string) {
  return { success: true as const, data: { message } };
}

function deadLink(): AppError {
  return new AppError("AUTH_FAILED", "Link was used before, or is too old", {
    details: { field: "token", expected: "the token of the newest letter" },
  });
}
