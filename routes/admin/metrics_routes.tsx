import { Hono } from "hono";
import type { Metrics } from "../../lib/metrics/mod.ts";
import { type WindowName, WINDOWS } from "../../lib/metrics/view.ts";
import type { AppContext, AppEnv } from "../middleware/context.ts";
import { type EventStreamDeps, sendEventStream } from "../pages/event_stream.ts";
import { followMetrics, type MetricsFollowDeps } from "./follow_metrics.ts";
import { MetricsPage } from "./metrics.tsx";
import type { Pages } from "../pages/pages.ts";

export interface MetricsPagesDeps extends MetricsFollowDeps, EventStreamDeps {
  readonly pages: Pages;
  readonly metrics: Pick<Metrics, "dashboard" | "onEvents">;
}

/** `/admin/metrics`, and the server-sent events that keep it as things are (E-20). */
export function metricsPages(deps: MetricsPagesDeps) {
  const { pages, metrics } = deps;
  const app = new Hono<AppEnv>();
  app.get("/metrics", async (c) => {
    const dashboard = await metrics.dashboard(windowOf(c));
    return pages.send(c, {
      title: ({ t }) => t.metrics.title,
      body: (ui) => <MetricsPage dashboard={dashboard} ui={ui} />,
    });
  });
  app.get("/metrics/events", (c) =>
    sendEventStream(c, {
      ...deps,
      follow: ({ stream, isWelcome, signal }) =>
        followMetrics(deps, {
          window: windowOf(c),
          isWelcome,
          signal,
          send: (event, data) => stream.writeSSE({ event, data: JSON.stringify(data) }),
        }),
    }));
  return app;
}

/** What an address cannot name is today: a page answers, whatever it is asked. */
function windowOf(c: AppContext): WindowName {
  return WINDOWS.find((name) => name === c.req.query("window")) ?? "today";
}
