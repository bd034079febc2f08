import { Hono } from "hono";
import type { Audit } from "../../lib/audit/mod.ts";
import type { Directory } from "../../lib/auth/directory.ts";
import { type Role, ROLES } from "../../lib/auth/roles.ts";
import { AppError } from "../../lib/errors.ts";
import type { AppContext, AppEnv } from "../middleware/context.ts";
import { readForm } from "../middleware/form_body.ts";
import { requirePermission, whoOf } from "../middleware/guards.ts";
import type { Pages } from "../pages/pages.ts";
import { USER_DEEDS, type UserDeed, UserPage } from "./user.tsx";
import { UsersPage } from "./users.tsx";

export interface UsersRoutesDeps {
  readonly pages: Pages;
  readonly directory: Directory;
  readonly audit: Audit;
}

const USER_ID = /^user_\d{1,40}$/;
const SESSION_ID = /^session_\d{1,40}$/;
const MAX_QUERY_CHARS = 100;
/** Accounts on a page. */
const PEOPLE = 50;
/** Entries of the audit log on an account's page. */
const ENTRIES = 10;

/** `/admin/users`: accounts, their roles and their sessions, for administrators. */
export function usersRoutes({ pages, directory, audit }: UsersRoutesDeps) {
  const app = new Hono<AppEnv>();
  app.use("/users/*", requirePermission("administer"));

  app.get("/users", async (c) => {
    const text = (c.req.query("q") ?? "").slice(0, MAX_QUERY_CHARS);
    const role = findRole(c.req.query("role"));
    const before = USER_ID.exec(c.req.query("before") ?? "")?.[0];
    const { people, next } = await directory.search({ text, role, before, limit: PEOPLE });
    const olderHref = next === null ? null : hrefOf({ text, role, before: next });
    const view = { text, role, people, olderHref, isNewest: before === undefined };
    return pages.send(c, {
      title: ({ t }) => t.users.title,
      body: (ui) => <UsersPage view={view} ui={ui} />,
    });
  });

  app.get("/users/:userId", async (c) => {
    const userId = userIdOf(c);
    const person = await directory.get(userId);
    const [sessions, entries] = await Promise.all([
      directory.sessions(userId),
      audit.list({ limit: ENTRIES, target: userId }),
    ]);
    const who = whoOf(c);
    const isSelf = who.userId === userId;
    const done = USER_DEEDS.find((deed) => deed === c.req.query("done")) ?? null;
    const view = { person, sessions, entries, isSelf, currentSessionId: who.sessionId, done };
    return pages.send(c, {
      title: () => person.name,
      body: (ui) => <UserPage view={view} ui={ui} />,
      path: `/admin/users/${userId}`,
    });
  });

  app.post("/users/:userId/role", async (c) => {
    const role = findRole((await readForm(c))("role"));
    if (role === null) {
      throw new AppError("VALIDATION_ERROR", "Role is not known", {
        details: { field: "role", expected: `one of ${ROLES.join(", ")}` },
      });
    }
    await directory.changeRole({ userId: userIdOf(c), role, by: whoOf(c) });
    return sendBack(c, "role");
  });

  app.post("/users/:userId/sessions/end", async (c) => {
    await directory.endSessions({ userId: userIdOf(c), by: whoOf(c) });
    return sendBack(c, "sessions");
  });

  app.post("/users/:userId/sessions/:sessionId/end", async (c) => {
    const sessionId = checked(c.req.param("sessionId"), SESSION_ID);
    await directory.endSession({ userId: userIdOf(c), sessionId, by: whoOf(c) });
    return sendBack(c, "session");
  });

  return app;
}

function findRole(text: string | undefined): Role | null {
  return ROLES.find((role) => role === text) ?? null;
}

/** @throws AppError NOT_FOUND for what can be nobody's id */
function userIdOf(c: AppContext): string {
  return checked(c.req.param("userId") ?? "", USER_ID);
}

function checked(id: string, pattern: RegExp): string {
  if (!pattern.test(id)) throw new AppError("NOT_FOUND", "There is nothing at this address");
  return id;
}

/** A reload then does nothing twice. */
function sendBack(c: AppContext, done: UserDeed): Response {
  return c.redirect(`/admin/users/${userIdOf(c)}?done=${done}`, 303);
}

interface Search {
  readonly text: string;
  readonly role: Role | null;
  readonly before: string;
}

function hrefOf({ text, role, before }: Search): string {
  const query = new URLSearchParams({ before });
  if (text !== "") query.set("q", text);
  if (role !== null) query.set("role", role);
  return `/admin/users?${query}`;
}
