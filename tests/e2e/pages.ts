import { deepEqual } from "node:assert/strict";
import { lookAt, type Shown } from "./looks.ts";
import { openOperator } from "./operator.ts";
import { LOOKS, type Scene } from "./scene.ts";

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
    { name: "not-found", path: "/admin/nowhere" },
  ];
  for (const look of LOOKS) {
    await using visitor = await openOperator(browser, look);
    await visitor.context.addCookies(await operator.context.cookies());
    await visitor.context.clearCookies({ name: /^(lang|theme)$/ });
    for (const shown of pages) {
      await lookAt(visitor.page, { ...shown, path: `${server.origin}${shown.path}` }, look);
    }
    deepEqual(visitor.complaints, []);
  }
}
