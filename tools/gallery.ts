import { Hono } from "hono";
import { type SSEStreamingApi, streamSSE } from "hono/streaming";
import type { AnalysisStep } from "../lib/interviews/view.ts";
import { readPreferences } from "../lib/ui/preferences.ts";
import { createUi } from "../lib/ui/ui.ts";
import { renderDocument } from "../routes/pages/document.tsx";
import { type Assets, createAssets } from "../routes/assets.ts";
import { KIOSKS } from "./gallery/kiosks.ts";
import { DASHBOARD, metricsEventAt } from "./gallery/metrics.ts";
import { liveEventAt, snapshotAt } from "./gallery/missions.ts";
import { STORIES } from "./gallery/stories.tsx";
import type { Story } from "./gallery/story.ts";

/**
 * Every page with made-up content, on the loopback interface, without a server behind it:
 * `deno task gallery`. A tool for looking, never part of the product.
 */
const CSP = "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'";
const BETWEEN_EVENTS_MS = 1_500;
const BEAT_MS = 15_000;

function createGallery(assets: Assets): Hono {
  const app = new Hono();
  app.route("/", assets.app);
  app.get("/", (c) => c.json(STORIES.map((story) => story.path)));
  app.get("/admin/live/events", (c) =>
    streamSSE(c, async (stream) => {
      // The empty pages stay as they are.
      if (c.req.header("Referer")?.includes("/empty/")) return await sleepLong(stream);
      let position = 99;
      const send = (event: string, data: unknown) =>
        stream.writeSSE({ event, data: JSON.stringify(data), id: `gallery:${position}` });
      await send("snapshot", snapshotAt(position));
      while (!stream.aborted) {
        await stream.sleep(BETWEEN_EVENTS_MS);
        position++;
        await send("mission_event", liveEventAt(position));
      }
    }));
  app.get("/admin/metrics/events", (c) =>
    streamSSE(c, async (stream) => {
      if (c.req.header("Referer")?.includes("/empty/")) return await sleepLong(stream);
      const send = (event: string, data: unknown) =>
        stream.writeSSE({ event, data: JSON.stringify(data) });
      await send("dashboard_data", DASHBOARD);
      for (let n = 60; !stream.aborted; n++) {
        await stream.sleep(BETWEEN_EVENTS_MS);
        await send("events", [metricsEventAt(n)]);
      }
    }));
  app.get("/app/practice/:interview/answers/:order/events", (c) =>
    streamSSE(c, async (stream) => {
      const step: AnalysisStep = { percent: 20, stage: "analysing" };
      await stream.writeSSE({ event: "step", data: JSON.stringify(step) });
      await sleepLong(stream);
    }));
  app.get("/admin/kiosks/events", (c) =>
    streamSSE(c, async (stream) => {
      if (c.req.header("Referer")?.includes("/empty/")) return await sleepLong(stream);
      await stream.writeSSE({ event: "kiosks", data: JSON.stringify(KIOSKS) });
      await sleepLong(stream);
    }));
  for (const story of STORIES) app.get(story.path, (c) => show(story, c.req.raw, assets));
  return app;
}

/** A stream that is open and says nothing but that it lives. */
async function sleepLong(stream: SSEStreamingApi): Promise<void> {
  while (!stream.aborted) {
    await stream.writeSSE({
      event: "beat",
      data: JSON.stringify({ at: new Date().toISOString() }),
    });
    await stream.sleep(BEAT_MS);
  }
}

function show(story: Story, request: Request, assets: Assets): Response {
  const { pathname, search, searchParams: query } = new URL(request.url);
  const { headers } = request;
  const cookie = headers.get("cookie");
  const acceptLanguage = headers.get("accept-language");
  const { locale, theme, setCookies } = readPreferences({ query, cookie, acceptLanguage });
  const ui = createUi({
    locale,
    theme,
    timeZone: "Asia/Seoul",
    user: { name: "operator", operates: true, studies: true, administers: true },
    csrf: "made-up",
    path: `${pathname}${search}`,
  });
  const html = renderDocument({
    ui,
    title: story.title(ui),
    body: story.page(ui),
    asset: assets.href,
  });
  const answer = new Response(html, {
    headers: { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": CSP },
  });
  for (const it of setCookies) answer.headers.append("Set-Cookie", it);
  return answer;
}

const port = Number(Deno.args[0] ?? 4400);
const assets = await createAssets("static");
Deno.serve({
  hostname: "127.0.0.1",
  port,
  onListen: ({ port }) => console.log(`http://127.0.0.1:${port}/`),
}, createGallery(assets).fetch);
