import { Hono } from "hono";
import type { Account } from "../../lib/auth/accounts.ts";
import type { Auth } from "../../lib/auth/mod.ts";
import { nameSchema, newPasswordSchema } from "../../lib/auth/registration.ts";
import { AppError } from "../../lib/errors.ts";
import { type People, preferencesSchema } from "../../lib/people/mod.ts";
import type { Pages } from "../admin/pages.ts";
import type { BrowserSessions } from "../middleware/browser_sessions.ts";
import type { AppContext, AppEnv } from "../middleware/context.ts";
import { readForm } from "../middleware/form_body.ts";
import { whoOf } from "../middleware/guards.ts";
import { type SecurityNews, SecurityPage, type SecurityView } from "./security.tsx";
import { SettingsPage, type SettingsView } from "./settings.tsx";

export interface AccountRoutesDeps {
  readonly pages: Pages;
  readonly auth: Auth;
  readonly people: People;
  readonly sessions: BrowserSessions;
  readonly now: () => number;
  readonly setPicture: (userId: string, bytes: Uint8Array) => Promise<void>;
  readonly forget: (userId: string) => Promise<void>;
}

/** A person's settings and security. */
export function accountRoutes(deps: AccountRoutesDeps) {
  const { pages, auth, people, sessions } = deps;
  const app = new Hono<AppEnv>();

  async function accountOf(c: AppContext): Promise<Account> {
    const account = await auth.accounts.find(whoOf(c).userId);
    if (account === null) throw new AppError("AUTH_FAILED", "Account is gone");
    return account;
  }

  async function sendSettings(c: AppContext, news: SettingsView["news"]) {
    const { userId, name } = await accountOf(c);
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

  async function sendSecurity(c: AppContext, news: SecurityNews | null) {
    const { userId, sessionId: currentId } = whoOf(c);
    const { totp, passwordHash } = await accountOf(c);
    const view: SecurityView = {
      sessions: await auth.sessions.list(userId),
      currentId,
      factor: factorOf(totp),
      hasPassword: passwordHash !== null,
      news,
    };
    return pages.send(c, {
      status: news?.tone === "bad" ? 400 : 200,
      title: ({ t }) => t.people.security.title,
      body: (ui) => <SecurityPage view={view} ui={ui} />,
      path: "/app/security",
    });
  }

  /** Does it, and says so; a wrong password or code is said too. */
  async function act(c: AppContext, work: () => Promise<void>, said: Said) {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "AUTH_FAILED") throw error;
      return await sendSecurity(c, { tone: "bad", text: said.bad });
    }
    return await sendSecurity(c, said.good && { tone: "good", text: said.good });
  }

  app.get("/settings", (c) => sendSettings(c, null));
  app.post("/settings", async (c) => {
    const field = await readForm(c);
    const { userId } = whoOf(c);
    const name = nameSchema.safeParse(field("name"));
    const preferences = preferencesSchema.safeParse({
      jobCategory: field("jobCategory"),
      difficulty: field("difficulty"),
      language: field("language"),
      notifications: field("notifications") === "true",
    });
    if (!name.success || !preferences.success) return await sendSettings(c, "nameRefused");
    const updatedAt = deps.now();
    await auth.accounts.update(userId, (row) => ({ ...row, name: name.data, updatedAt }));
    await people.profiles.change(userId, (profile) => ({
      ...profile,
      preferences: preferences.data,
      settings: { showOnLeaderboard: field("showOnLeaderboard") === "true" },
    }));
    return await sendSettings(c, "saved");
  });
  app.post("/settings/picture", async (c) => {
    const { picture } = await c.req.parseBody();
    if (!(picture instanceof File)) return await sendSettings(c, "pictureRefused");
    try {
      await deps.setPicture(whoOf(c).userId, new Uint8Array(await picture.arrayBuffer()));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return await sendSettings(c, "pictureRefused");
    }
    return await sendSettings(c, "saved");
  });

  app.get("/security", (c) => sendSecurity(c, null));
  app.post("/security/sessions/:sessionId/end", async (c) => {
    const session = await auth.sessions.find(c.req.param("sessionId"));
    if (session?.userId === whoOf(c).userId) await auth.sessions.end(session.sessionId);
    return await sendSecurity(c, { tone: "good", text: "ended" });
  });
  app.post("/security/password", async (c) => {
    const field = await readForm(c);
    const { userId, sessionId } = whoOf(c);
    const newPassword = newPasswordSchema.safeParse(field("newPassword"));
    if (!newPassword.success) {
      return await sendSecurity(c, { tone: "bad", text: "wrongPassword" });
    }
    const change = { userId, sessionId, oldPassword: field("oldPassword") };
    return await act(
      c,
      () => auth.registration.changePassword({ ...change, newPassword: newPassword.data }),
      { good: "changed", bad: "wrongPassword" },
    );
  });
  app.post("/security/factor/begin", (c) =>
    act(c, async () => void await auth.secondFactor.begin(whoOf(c).userId), {
      good: null,
      bad: "wrongCode",
    }));
  app.post("/security/factor/confirm", async (c) => {
    const code = (await readForm(c))("code");
    return await act(c, () => auth.secondFactor.confirm(whoOf(c).userId, code), {
      good: "factorOn",
      bad: "wrongCode",
    });
  });
  app.post("/security/factor/end", async (c) => {
    const code = (await readForm(c))("code");
    return await act(c, () => auth.secondFactor.end(whoOf(c).userId, code), {
      good: "factorOff",
      bad: "wrongCode",
    });
  });
  app.post("/security/remove", async (c) => {
    const password = (await readForm(c))("password");
    const { userId } = whoOf(c);
    if (!(await auth.registration.isPassword(userId, password))) {
      return await sendSecurity(c, { tone: "bad", text: "wrongPassword" });
    }
    await deps.forget(userId);
    await sessions.end(c);
    return c.redirect("/app/login?news=deleted", 303);
  });
  return app;
}

interface Said {
  readonly good: Extract<SecurityNews, { tone: "good" }>["text"] | null;
  readonly bad: Extract<SecurityNews, { tone: "bad" }>["text"];
}

function factorOf(totp: Account["totp"]): SecurityView["factor"] {
  if (totp === null) return { state: "off" };
  return totp.confirmedAt === null ? { state: "begun", secret: totp.secret } : { state: "on" };
}
