import { Hono } from "hono";
import type { Auth } from "../../lib/auth/mod.ts";
import { nameSchema } from "../../lib/auth/registration.ts";
import { AppError } from "../../lib/errors.ts";
import { type People, preferencesSchema } from "../../lib/people/mod.ts";
import type { AppContext, AppEnv } from "../middleware/context.ts";
import { readForm } from "../middleware/form_body.ts";
import { whoOf } from "../middleware/guards.ts";
import { accountOf } from "./account.ts";
import type { CountedPages } from "./counted_pages.tsx";
import { SettingsPage, type SettingsView } from "./settings.tsx";

export interface SettingsRoutesDeps {
  readonly pages: CountedPages;
  readonly auth: Pick<Auth, "accounts">;
  readonly people: People;
  readonly now: () => number;
}

const SAVED = "/app/settings?news=saved";

/** `/app/settings`: what a person has set, and their picture (P-05, P-08). */
export function settingsRoutes({ pages, auth, people, now }: SettingsRoutesDeps) {
  const app = new Hono<AppEnv>();

  async function send(c: AppContext, news: SettingsView["news"]) {
    const { userId, name } = await accountOf(c, auth);
    const profile = await people.profiles.find(userId);
    const { avatarHash } = profile;
    const picture = avatarHash && `/api/users/${userId}/avatar?v=${avatarHash}`;
    return pages.send(c, {
      status: news === null || news === "saved" ? 200 : 400,
      title: ({ t }) => t.people.settings.title,
      body: (ui) => <SettingsPage view={{ name, profile, picture, news }} ui={ui} />,
      path: "/app/settings",
    });
  }

  app.get("/settings", (c) => send(c, c.req.query("news") === "saved" ? "saved" : null));

  app.post("/settings", async (c) => {
    const field = await readForm(c);
    const { userId } = whoOf(c);
    const name = nameSchema.safeParse(field("name"));
    if (!name.success) return await send(c, "nameRefused");
    const preferences = preferencesSchema.safeParse({
      jobCategory: field("jobCategory"),
      difficulty: field("difficulty"),
      language: field("language"),
      notifications: field("notifications") === "true",
    });
    // Our own form has no other choices.
    if (!preferences.success) throw new AppError("VALIDATION_ERROR", "Form cannot be read");
    const updatedAt = now();
    await auth.accounts.update(userId, (row) => ({ ...row, name: name.data, updatedAt }));
    await people.profiles.change(userId, (profile) => ({
      ...profile,
      preferences: preferences.data,
      settings: { showOnLeaderboard: field("showOnLeaderboard") === "true" },
    }));
    return c.redirect(SAVED, 303);
  });

  app.post("/settings/picture", async (c) => {
    const { picture } = await c.req.parseBody();
    if (!(picture instanceof File)) return await send(c, "pictureRefused");
    try {
      await people.setPicture(whoOf(c).userId, new Uint8Array(await picture.arrayBuffer()));
    } catch (error) {
      if (!isRefusal(error)) throw error;
      return await send(c, "pictureRefused");
    }
    return c.redirect(SAVED, 303);
  });
  return app;
}

function isRefusal(error: unknown): boolean {
  return error instanceof AppError &&
    (error.code === "PAYLOAD_TOO_LARGE" || error.code === "UNSUPPORTED_MEDIA");
}
