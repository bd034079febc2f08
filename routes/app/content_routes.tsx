import { Hono } from "hono";
import type { People } from "../../lib/people/mod.ts";
import type { AppContext, AppEnv } from "../middleware/context.ts";
import { whoOf } from "../middleware/guards.ts";
import type { CountedPages } from "./counted_pages.tsx";
import { FeedPage } from "./feed.tsx";
import { LearningPage } from "./learning.tsx";
import { NotificationsPage } from "./notifications.tsx";

export interface ContentDeps {
  readonly pages: CountedPages;
  readonly people: People;
  readonly shownName: (userId: string) => Promise<string | null>;
}

const PER_PAGE = 25;
const LEADERS = 10;

/** A person's feeds and learning. What changes something leads back to where it was asked for. */
export function contentRoutes({ pages, people, shownName }: ContentDeps) {
  const app = new Hono<AppEnv>();
  const { activities, notifications } = people;

  async function viewOf<T>(c: AppContext, feed: Feed<T>) {
    const skip = skipOf(c.req.query("skip"));
    const page = { limit: PER_PAGE, skip };
    return { ...page, ...await feed.list(whoOf(c).userId, page) };
  }

  app.get("/feed", async (c) => {
    const view = await viewOf(c, activities);
    return pages.send(c, {
      title: ({ t }) => t.people.feed.title,
      body: (ui) => <FeedPage view={view} ui={ui} />,
    });
  });
  app.get("/notifications", async (c) => {
    const view = await viewOf(c, notifications);
    return pages.send(c, {
      title: ({ t }) => t.people.notifications.title,
      body: (ui) => <NotificationsPage view={view} ui={ui} />,
    });
  });
  app.get("/learning", async (c) => {
    const learning = await people.findLearning(whoOf(c).userId);
    const { learners } = await people.leaders({ limit: LEADERS, skip: 0 });
    const leaders = await Promise.all(learners.map(async (it, i) => ({
      rank: i + 1,
      name: await shownName(it.userId),
      hours: it.totalLearningHours,
      streak: it.currentStreak,
    })));
    return pages.send(c, {
      title: ({ t }) => t.people.learning.title,
      body: (ui) => <LearningPage view={{ learning, leaders }} ui={ui} />,
    });
  });

  app.post("/notifications/clear-all", async (c) => {
    await notifications.removeAll(whoOf(c).userId);
    return c.redirect("/app/notifications", 303);
  });
  for (const [path, feed] of [["/feed", activities], ["/notifications", notifications]] as const) {
    app.post(`${path}/read-all`, async (c) => {
      await feed.markAllRead(whoOf(c).userId);
      return c.redirect(`/app${path}`, 303);
    });
    app.post(`${path}/:entryId{[a-z]+_\\d{1,50}}/read`, async (c) => {
      if (await isOwn(c, feed)) await feed.markRead(c.req.param("entryId"));
      return c.redirect(`/app${path}`, 303);
    });
    app.post(`${path}/:entryId{[a-z]+_\\d{1,50}}/remove`, async (c) => {
      if (await isOwn(c, feed)) await feed.remove(c.req.param("entryId"));
      return c.redirect(`/app${path}`, 303);
    });
  }
  return app;
}

interface Feed<T> {
  list(userId: string, page: { limit: number; skip: number }): Promise<
    { readonly entries: readonly T[]; readonly total: number; readonly unread: number }
  >;
}

/** An entry that is gone, or another's, is as good as done: the page shows what there is. */
async function isOwn(
  c: AppContext,
  feed: { find(entryId: string): Promise<{ readonly userId: string } | null> },
): Promise<boolean> {
  const entry = await feed.find(c.req.param("entryId") ?? "");
  return entry?.userId === whoOf(c).userId;
}

function skipOf(text = "0"): number {
  return /^\d{1,7}$/.test(text) ? Number(text) : 0;
}
