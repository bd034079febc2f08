import { createRoute, type RouteHandler, z } from "@hono/zod-openapi";
import type { Auth } from "../../../lib/auth/mod.ts";
import { nameSchema, newPasswordSchema } from "../../../lib/auth/registration.ts";
import { AppError } from "../../../lib/errors.ts";
import {
  MAX_AVATAR_BYTES,
  type People,
  preferencesSchema,
  settingsSchema,
} from "../../../lib/people/mod.ts";
import type { AppContext, AppEnv } from "../../middleware/context.ts";
import { requireLogin, whoOf } from "../../middleware/guards.ts";
import { requireJson } from "../../middleware/json_body.ts";
import { apiApp } from "../app.ts";
import { errors, json, jsonBody, streamed, success } from "../envelope.ts";
import { personParams } from "../people/params.ts";
import { toUser, userSchema } from "./user.ts";
import { TO_CHANGE, TO_READ } from "../security.ts";

const tags = ["users"];
const refused = errors(400, 401, 403, 429, 503);
const body = errors(413, 415);

const profileRoute = createRoute({
  method: "get",
  path: "/profile",
  tags,
  summary: "Your account",
  security: TO_READ,
  responses: { 200: json(success(userSchema), "Account"), ...refused },
});

const changeProfileRoute = createRoute({
  method: "put",
  path: "/profile",
  tags,
  summary: "Change your name or preferences",
  security: TO_CHANGE,
  request: {
    body: jsonBody(z.object({
      name: nameSchema.optional(),
      preferences: preferencesSchema.partial().optional(),
    })),
  },
  responses: { 200: json(success(userSchema), "As it is now"), ...refused, ...body },
});

const settingsRoute = createRoute({
  method: "get",
  path: "/settings",
  tags,
  summary: "Your settings",
  security: TO_READ,
  responses: { 200: json(success(settingsSchema), "Settings"), ...refused },
});

const changeSettingsRoute = createRoute({
  method: "put",
  path: "/settings",
  tags,
  summary: "Change your settings",
  security: TO_CHANGE,
  request: { body: jsonBody(settingsSchema.partial()) },
  responses: { 200: json(success(settingsSchema), "As they are now"), ...refused, ...body },
});

const passwordRoute = createRoute({
  method: "put",
  path: "/password",
  tags,
  summary: "Change your password; your other sessions end",
  security: TO_CHANGE,
  request: {
    body: jsonBody(z.object({ oldPassword: z.string().max(200), newPassword: newPasswordSchema })),
  },
  responses: {
    200: json(success(z.object({ message: z.string() })), "Changed"),
    ...refused,
    ...body,
  },
});

const picture = z.string().openapi({ format: "binary" });

const setAvatarRoute = createRoute({
  method: "post",
  path: "/avatar",
  tags,
  summary: "Set your picture",
  description: `The picture itself as body, at most ${MAX_AVATAR_BYTES} bytes.`,
  security: TO_CHANGE,
  request: {
    body: {
      required: true,
      content: {
        "image/png": { schema: picture },
        "image/jpeg": { schema: picture },
        "image/webp": { schema: picture },
      },
    },
  },
  responses: { 200: json(success(userSchema), "Account"), ...refused, ...body },
});

const avatarRoute = createRoute({
  method: "get",
  path: "/{userId}/avatar",
  tags,
  summary: "A person's picture",
  security: TO_READ,
  request: { params: personParams },
  responses: {
    200: streamed("Picture", {
      "image/png": picture,
      "image/jpeg": picture,
      "image/webp": picture,
    }),
    ...refused,
    ...errors(404),
  },
});

const removeRoute = createRoute({
  method: "delete",
  path: "/account",
  tags,
  summary: "Delete your account and everything about you",
  description: "Wants the password; of an account without one, a sign-in of the last ten minutes.",
  security: TO_CHANGE,
  request: { body: jsonBody(z.object({ password: z.string().max(200).default("") })) },
  responses: {
    200: json(success(z.object({ message: z.string() })), "Deleted"),
    ...refused,
    ...body,
  },
});

export interface UserRoutesDeps {
  readonly auth: Auth;
  readonly people: People;
  readonly now: () => number;
  /** Deletes a person from every domain (P-31). */
  readonly forget: (userId: string) => Promise<void>;
}

/** `/api/users` (P-05, P-08): everything is about who asks. */
export function userRoutes(deps: UserRoutesDeps) {
  const { auth, people } = deps;
  const app = apiApp();
  app.use("*", requireLogin);
  for (const path of ["/profile", "/settings", "/password"]) app.on("PUT", path, requireJson);
  app.on("DELETE", "/account", requireJson);
  app.openapi(profileRoute, showProfile(deps));
  app.openapi(changeProfileRoute, changeProfile(deps));
  app.openapi(settingsRoute, async (c) => {
    const { settings } = await people.profiles.find(whoOf(c).userId);
    return c.json({ success: true as const, data: settings }, 200);
  });
  app.openapi(changeSettingsRoute, async (c) => {
    const change = c.req.valid("json");
    const { settings } = await people.profiles.change(whoOf(c).userId, (profile) => ({
      ...profile,
      settings: { ...profile.settings, ...change },
    }));
    return c.json({ success: true as const, data: settings }, 200);
  });
  app.openapi(passwordRoute, async (c) => {
    const { userId, sessionId } = whoOf(c);
    const { address } = c.var;
    const change = { ...c.req.valid("json"), userId, sessionId, address };
    await auth.registration.changePassword(change);
    return c.json({ success: true as const, data: { message: "Password is changed" } }, 200);
  });
  app.openapi(setAvatarRoute, async (c) => {
    await people.setPicture(whoOf(c).userId, new Uint8Array(await c.req.arrayBuffer()));
    return c.json(await userOf(deps, c), 200);
  });
  app.openapi(avatarRoute, async (c) => {
    const avatar = await people.findPicture(c.req.valid("param").userId);
    if (avatar === null) throw new AppError("NOT_FOUND", "There is no picture");
    c.header("cache-control", "private, max-age=86400");
    // Whatever a browser makes of the bytes, it does nothing with them.
    c.header("content-security-policy", "default-src 'none'; sandbox");
    return c.body(new Uint8Array(avatar.bytes), 200, { "content-type": avatar.type });
  });
  app.openapi(removeRoute, async (c) => {
    const { userId, sessionId } = whoOf(c);
    const { password } = c.req.valid("json");
    await auth.login.confirm({ userId, sessionId, password, address: c.var.address });
    await deps.forget(userId);
    return c.json({ success: true as const, data: { message: "Account is deleted" } }, 200);
  });
  return app;
}

/** `/api/auth/profile` is the same as `/api/users/profile` (T-P05). */
export function profileRoutes(deps: UserRoutesDeps) {
  const app = apiApp();
  app.use("/profile", requireLogin);
  app.on("PUT", "/profile", requireJson);
  app.openapi(profileRoute, showProfile(deps));
  app.openapi(changeProfileRoute, changeProfile(deps));
  return app;
}

function showProfile(deps: UserRoutesDeps): RouteHandler<typeof profileRoute, AppEnv> {
  return async (c) => c.json(await userOf(deps, c), 200);
}

function changeProfile(deps: UserRoutesDeps): RouteHandler<typeof changeProfileRoute, AppEnv> {
  const { auth, people } = deps;
  return async (c) => {
    const { userId } = whoOf(c);
    const { name, preferences } = c.req.valid("json");
    if (name !== undefined) {
      const updatedAt = deps.now();
      await auth.accounts.update(userId, (account) => ({ ...account, name, updatedAt }));
    }
    if (preferences !== undefined) {
      await people.profiles.change(userId, (profile) => ({
        ...profile,
        preferences: { ...profile.preferences, ...preferences },
      }));
    }
    return c.json(await userOf(deps, c), 200);
  };
}

async function userOf({ auth, people }: UserRoutesDeps, c: AppContext) {
  const { userId } = whoOf(c);
  const account = await auth.accounts.find(userId);
  // Deleted between the guard and here.
  if (account === null) throw new AppError("AUTH_FAILED", "Account is gone");
  return { success: true as const, data: toUser(account, await people.profiles.find(userId)) };
}
