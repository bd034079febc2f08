import { Hono } from "hono";
import { type Clock, toIso } from "../../lib/clock.ts";
import type { MissionsService } from "../../lib/missions/mod.ts";
import { type LiveEvent, type Overview, parseLiveFilter } from "../../lib/missions/view.ts";
import { dateOf } from "../../lib/time_zone.ts";
import type { AppEnv } from "../middleware/context.ts";
import { requirePermission } from "../middleware/guards.ts";
import { AnalyticsPage } from "./analytics.tsx";
import { AttemptPage } from "./attempt.tsx";
import { AttemptsPage } from "./attempts.tsx";
import { DashboardPage } from "./dashboard.tsx";
import { ExportPage } from "./export.tsx";
import { LivePage } from "./live.tsx";
import { passes } from "./live_snapshots.ts";
import type { Pages } from "../pages/pages.ts";
import { analyticsView } from "./views/analytics.ts";
import { attemptDetailView } from "./views/attempt_detail.ts";
import { attemptListView } from "./views/attempt_list.ts";
import { exportView } from "./views/export.ts";
import { missionLabels } from "./views/labels.ts";

export interface ContentDeps {
  readonly pages: Pages;
  readonly clock: Clock;
  readonly missions: MissionsService;
  readonly overview: () => Promise<Overview>;
  /** Of the exhibition, IANA name. */
  readonly timeZone: string;
}

const DAY_MS = 86_400_000;
/** Events on the dashboard, and on the live page before its stream begins. */
const DASHBOARD_EVENTS = 12;
const LIVE_EVENTS = 100;

/** The pages of the signed-in, each read when it is asked for. */
export function contentRoutes({ pages, clock, missions, overview, timeZone }: ContentDeps) {
  const app = new Hono<AppEnv>();

  /** The newest events, newest first; the feed need not be going for it. */
  async function newest(): Promise<readonly LiveEvent[]> {
    const leave = await missions.feed.watch();
    try {
      return missions.feed.kept().events.map(({ event }) => event).toReversed();
    } finally {
      leave();
    }
  }

  app.get("/dashboard", async (c) => {
    const recent = (await newest()).slice(0, DASHBOARD_EVENTS);
    const view = { overview: await overview(), recent };
    return pages.send(c, {
      title: ({ t }) => t.dashboard.title,
      body: (ui) => <DashboardPage view={view} ui={ui} />,
    });
  });

  app.get("/missions/live", async (c) => {
    const filter = parseLiveFilter(new URL(c.req.url).searchParams);
    const view = {
      asOf: toIso(clock.now()),
      missions: missionLabels(missions.missions),
      filter,
      events: (await newest()).filter((event) => passes(event, filter)).slice(0, LIVE_EVENTS),
    };
    return pages.send(c, {
      title: ({ t }) => t.stream.title,
      body: (ui) => <LivePage view={view} ui={ui} />,
    });
  });

  app.get("/missions/:missionType", async (c) => {
    const query = {
      missionType: c.req.param("missionType"),
      // Whole days, as the form shows them: this one and the six before.
      startDate: c.req.query("startDate") || dateOf(clock.now() - 6 * DAY_MS, timeZone),
      endDate: c.req.query("endDate") || dateOf(clock.now(), timeZone),
    };
    const view = await analyticsView(missions, query, timeZone);
    return pages.send(c, {
      title: ({ t, locale }) => view.mission?.name[locale] ?? t.analytics.title,
      body: (ui) => <AnalyticsPage view={view} ui={ui} />,
    });
  });

  app.get("/attempts", async (c) => {
    const view = await attemptListView(missions, new URL(c.req.url).searchParams);
    return pages.send(c, {
      title: ({ t }) => t.attempts.title,
      body: (ui) => <AttemptsPage view={view} ui={ui} />,
    });
  });

  app.get("/attempts/:attemptId", async (c) => {
    const view = await attemptDetailView(
      missions,
      c.req.param("attemptId"),
      c.req.query("cursor"),
    );
    return pages.send(c, {
      title: () => view.attemptId,
      body: (ui) => <AttemptPage view={view} ui={ui} />,
    });
  });

  app.get("/export", requirePermission("study"), (c) =>
    pages.send(c, {
      title: ({ t }) => t.export.title,
      body: (ui) => <ExportPage view={exportView(c, missions)} ui={ui} />,
    }));
  return app;
}
