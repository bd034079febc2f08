import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { AttemptListRow, AttemptListView } from "../../../lib/missions/view.ts";
import { AttemptsPage } from "../../../routes/admin/attempts.tsx";
import { openBrowser } from "../../support/browser.ts";
import { aUi, renderPage } from "../../support/page.ts";
import { startMission, testApp } from "../../support/test_app.ts";

const MISSION = {
  missionType: "portfolio",
  name: { ko: "포트폴리오 제작 미션", en: "Build a portfolio" },
};

function aRow(change: Partial<AttemptListRow> = {}): AttemptListRow {
  return {
    attemptId: "attempt_1737285000000123456789",
    mission: MISSION,
    status: "completed",
    startTime: "2025-01-19T01:30:00.000Z",
    totalSeconds: 390,
    rating: 4,
    ...change,
  };
}

function attempts(change: Partial<AttemptListView> = {}, locale: "ko" | "en" = "en") {
  const view: AttemptListView = {
    missions: [MISSION],
    filter: { missionType: "all", status: "all" },
    sortBy: "startTime",
    order: "desc",
    total: 150,
    limit: 20,
    offset: 20,
    before: "1737250200000_attempt_1737285000000123456789",
    after: "1737250200000_attempt_1737285000000123456789",
    rows: [aRow()],
    ...change,
  };
  const ui = aUi(locale, "/admin/attempts");
  const { html, text } = renderPage(<AttemptsPage ui={ui} view={view} />, ui);
  return { text, html: html.replaceAll("&amp;", "&") };
}

Deno.test("[M-49] the list shows status, start, duration and ease, and opens the attempt", () => {
  const { html, text } = attempts({}, "ko");
  match(html, /href="\/admin\/attempts\/attempt_1737285000000123456789"/);
  match(text, /완료 1월 19일 10:30 390\.0초 \(6분 30초\) 4★ \(쉬움\)/);
});

Deno.test("[M-10] sorting is a link that turns the order around", () => {
  const { html } = attempts();
  match(
    html,
    /aria-sort="descending"><a class="table__sort" href="[^"]*sortBy=startTime&order=asc/,
  );
  match(html, /aria-sort="none"><a class="table__sort" href="[^"]*sortBy=rating&order=desc/);
});

Deno.test("[M-10][T-M15] pages keep filter and order, and end where the list ends", () => {
  const filter = { missionType: "portfolio", status: "quitted" } as const;
  const change = { filter, total: 45, sortBy: "rating", order: "asc" } as const;
  const { html, text } = attempts({ ...change, before: "4_attempt_1", after: "none_attempt_9" });
  const kept = "missionType=portfolio&status=quitted&sortBy=rating&order=asc&limit=20";
  ok(html.includes(`/admin/attempts?${kept}&offset=0" rel="prev"`));
  ok(html.includes(`/admin/attempts?${kept}&offset=40&after=none_attempt_9" rel="next"`));
  match(text, /21–40 of 45/);
  const last = attempts({ total: 45, offset: 40 });
  equal(last.html.includes('rel="next"'), false);
  match(last.html, /offset=20&before=1737250200000_attempt_1737285000000123456789" rel="prev"/);
  match(last.text, /41–45 of 45/);
});

Deno.test("[M-10][T-M15] the links of the pages lead over all attempts and back", async () => {
  await using app = await testApp();
  const browser = openBrowser(app);
  await browser.signIn();
  for (let hour = 10; hour < 15; hour++) {
    await startMission(app, { timestamp: `2025-01-19T${hour}:00:00.000Z` });
  }
  const read = async (path: string) => {
    const html = (await (await browser.open(path, { "accept-language": "en" })).text()).replaceAll(
      "&amp;",
      "&",
    );
    const href = (rel: string) => new RegExp(`href="([^"]*)" rel="${rel}"`).exec(html)?.[1];
    const starts = [...html.matchAll(/dateTime="2025-01-19T(\d\d)/gi)].map(([, hour]) => hour);
    return {
      starts,
      range: /pager__range">([^<]*)</.exec(html)?.[1],
      next: href("next"),
      prev: href("prev"),
    };
  };
  const first = await read("/admin/attempts?limit=2");
  deepEqual([first.starts, first.range, first.prev], [["14", "13"], "1–2 of 5", undefined]);
  const second = await read(first.next!);
  deepEqual([second.starts, second.range], [["12", "11"], "3–4 of 5"]);
  const last = await read(second.next!);
  deepEqual([last.starts, last.range, last.next], [["10"], "5–5 of 5", undefined]);
  deepEqual(await read(last.prev!), second);
  deepEqual(await read(second.prev!), first);
  deepEqual(await read("/admin/attempts?limit=2&offset=4"), first, "a number is no place");
});

Deno.test("[M-10] the filter is a form of the address, and keeps the order", () => {
  const { html } = attempts({ filter: { missionType: "portfolio", status: "expired" } });
  match(html, /<form[^>]*action="\/admin\/attempts" method="get"/);
  match(html, /<option[^>]*selected value="expired"|<option value="expired" selected/);
  match(html, /<input type="hidden" name="sortBy" value="startTime"/);
});

Deno.test("[M-49] what is not known is said, not left out", () => {
  const { text } = attempts({
    rows: [aRow({ status: "in_progress", totalSeconds: null, rating: null })],
  });
  match(text, /In progress 19 Jan, 10:30 running not rated/);
});

Deno.test("[M-49] an empty list says why, and a filtered one how to widen it", () => {
  match(attempts({ total: 0, rows: [] }).text, /No attempts yet/);
  const filtered = attempts({
    total: 0,
    rows: [],
    filter: { missionType: "all", status: "quitted" },
  });
  match(filtered.text, /No attempt passes these filters/);
  match(filtered.html, /<a class="button" href="\/admin\/attempts">Clear filters/);
});
