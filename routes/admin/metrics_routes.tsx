import { Hono } from "hono";
import { type SSEStreamingApi, streamSSE } from "hono/streaming";
import type { Metrics } from "../../lib/metrics/mod.ts";
import { type WindowName, WINDOWS } from "../../lib/metrics/view.ts";
import type { AppContext, AppEnv } from "../middleware/context.ts";
import { followMetrics, type MetricsFollowDeps } from "./follow_metrics.ts";
import { MetricsPage } from "./metrics.tsx";
import type { Pages } from "./pages.ts";

export interface MetricsPagesDeps extends MetricsFollowDeps {
  readonly pages: Pages;
  readonly metrics: Pick<Metrics, "dashboard" | "onEvents">;
  /** Whether who asked is still signed in. */
  readonly isSignedIn: (c: AppContext) => Promise<boolean>;
  /** Aborted when the server goes. */
  readonly stopping: AbortSignal;
  /** Told of a stream that had to end; the page comes back by itself. */
  readonly onError: (error: unknown) => void;
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
  app.get("/metrics/events", (c) => {
    c.header("x-accel-buffering", "no");
    return streamSSE(c, async (stream) => {
      try {
        await answer(c, deps, stream);
      } catch (error) {
        // Not left to the stream: it would tell the page the error's text.
        deps.onError(error);
      }
    });
  });
  return app;
}

async function answer(
  c: AppContext,
  deps: MetricsPagesDeps,
  stream: SSEStreamingApi,
): Promise<void> {
  const gone = new AbortController();
  stream.onAbort(() => gone.abort());
  await followMetrics(deps, {
    window: windowOf(c),
    isWelcome: () => deps.isSignedIn(c),
    signal: AbortSignal.any([gone.signal, deps.stopping]),
    send: (event, data) => stream.writeSSE({ event, data: JSON.stringify(data) }),
  });
}

/** What an address cannot name is today: a page answers, whatever it is asked. */
function windowOf(c: AppContext): WindowName {
  return WINDOWS.find((name) => name === c.req.query("window")) ?? "today";
}
