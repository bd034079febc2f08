import { deepEqual } from "node:assert/strict";
import { lookAtAll, type Shown } from "./looks.ts";
import type { Scene } from "./scene.ts";

const TRADE = ["page_view", "page_view", "page_view", "search", "search", "purchase"];
const COUNTRIES = ["KR", "KR", "JP", "US"];
const DEVICES = ["mobile", "web", "web", "tablet"];

/** A shop with a key of its own, so that its events, the key and the audit log have something. */
export async function countTrade({ server, operator }: Scene): Promise<void> {
  const { page } = operator;
  await page.goto(`${server.origin}/admin/keys`);
  await page.getByLabel("Name").fill("Museum shop");
  await page.getByRole("button", { name: "Make the key" }).click();
  const [key] = /ak_[\w-]+/.exec(await page.locator("main").innerText())!;
  const events = Array.from({ length: 60 }, (_, index) => ({
    eventName: TRADE[index % TRADE.length],
    userId: `customer_${index % 17}`,
    country: COUNTRIES[index % COUNTRIES.length],
    device: DEVICES[index % DEVICES.length],
    referrer: index % 3 === 0 ? "https://search.example/" : null,
  }));
  const answer = await fetch(`${server.origin}/api/events`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-api-key": key },
    body: JSON.stringify({ events }),
  });
  deepEqual((await answer.json()).data.accepted, events.length);
}

async function firstUser({ page }: Scene["operator"], origin: string): Promise<string> {
  const list = await page.request.get(`${origin}/admin/users`);
  return /\/admin\/users\/user_\d+/.exec(await list.text())![0];
}

export async function lookAtPages({ server, browser, operator }: Scene): Promise<void> {
  const best = `${server.origin}/admin/attempts?missionType=portfolio&sortBy=rating`;
  const list = await operator.page.request.get(best);
  const attemptId = /attempt_\d+/.exec(await list.text())![0];
  const pages: readonly Shown[] = [
    { name: "dashboard", path: "/admin/dashboard", alsoNarrow: true },
    { name: "live", path: "/admin/missions/live", alsoNarrow: true, isLong: true },
    { name: "analytics", path: "/admin/missions/all" },
    { name: "analytics-vocabulary", path: "/admin/missions/vocabulary" },
    { name: "attempts", path: "/admin/attempts", isLong: true },
    { name: "attempt", path: `/admin/attempts/${attemptId}`, isLong: true },
    { name: "export", path: "/admin/export" },
    { name: "metrics", path: "/admin/metrics", alsoNarrow: true },
    { name: "kiosks", path: "/admin/kiosks", alsoNarrow: true },
    { name: "keys", path: "/admin/keys", alsoNarrow: true },
    { name: "users", path: "/admin/users" },
    { name: "user", path: await firstUser(operator, server.origin) },
    { name: "outbox", path: "/admin/outbox" },
    { name: "audit", path: "/admin/audit" },
    { name: "not-found", path: "/admin/nowhere" },
  ];
  await lookAtAll(
    browser,
    operator.context,
    pages.map((shown) => ({ ...shown, path: `${server.origin}${shown.path}` })),
  );
}
