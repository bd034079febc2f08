import { doesNotMatch, equal, match, ok } from "node:assert/strict";
import type { MetricsDashboard } from "../../../lib/metrics/view.ts";
import { MetricsPage } from "../../../routes/admin/metrics.tsx";
import { DASHBOARD, NO_EVENTS } from "../../../tools/gallery/metrics.ts";
import { apiKey } from "../../support/api_key.ts";
import { openBrowser } from "../../support/browser.ts";
import { ask } from "../../support/http.ts";
import { aUi, renderPage } from "../../support/page.ts";
import { person } from "../../support/person.ts";
import { post, testApp } from "../../support/test_app.ts";

function metrics(locale: "ko" | "en", dashboard: MetricsDashboard = DASHBOARD) {
  const ui = aUi(locale, "/admin/metrics");
  return renderPage(<MetricsPage ui={ui} dashboard={dashboard} />, ui);
}

Deno.test("[E-20][E-07][E-10] cards show each figure with what it has changed by, and from what", () => {
  const { text } = metrics("en");
  match(text, /Events 12,345 \+2\.5% than yesterday by now/);
  match(text, /Active users 120 −1\.2% than the 5 minutes before kiosks active: 5/);
  match(text, /Events per hour 300 \+0\.8% than the hour before/);
  match(text, /Conversion rate 62\.5% \+0\.3 points than yesterday by now 25 of 40 ended attempts/);
});

Deno.test("[E-20][T-E05] what has nothing to compare with says so, and is no change of 0", () => {
  const { text } = metrics("en", {
    ...NO_EVENTS,
    totalEvents: 4,
    totalEventsChange: 0,
  });
  match(text, /Events 4 new/);
  match(text, /Active users 0 nothing to compare with/);
  doesNotMatch(text, /[+−±]\d/);
});

Deno.test("[E-20] lists show names, countries in the reader's language, shares and devices", () => {
  const korean = metrics("ko").text;
  match(korean, /구매 완료 120/);
  match(korean, /대한민국 8,120/);
  match(korean, /기타 20\.8%/);
  match(korean, /키오스크 8,001/);
  match(korean, /직접 방문 11,000/);
  const english = metrics("en").text;
  match(english, /South Korea 8,120[^]*Unknown 3,545/);
  match(english, /Response time 12\.4 ms Events stored 99\.5% Errors 0\.2% Uptime 99\.99%/);
  match(english, /portfolio_creation_step[^]*tablet/i);
});

Deno.test("[E-20][E-21] without any event the page has no number that is none", () => {
  for (const locale of ["ko", "en"] as const) {
    const { text } = metrics(locale, NO_EVENTS);
    doesNotMatch(text, /NaN|Infinity|undefined|null/);
  }
  match(metrics("en", NO_EVENTS).text, /No events yet/);
});

Deno.test("[E-20][T-E11] a name that is markup is shown as it was sent", () => {
  const name = `<img src=x onerror="alert(1)">`;
  const { html } = metrics("en", {
    ...DASHBOARD,
    topEvents: [{ name, count: 1 }],
    liveEvents: [{ ...DASHBOARD.liveEvents[0], eventName: name, userId: name }],
  });
  equal(html.includes("<img"), false);
  ok(html.includes("&lt;img src=x"));
});

Deno.test("[E-20][T-M16] the page counts what came, for staff alone", async () => {
  await using app = await testApp();
  const headers = await apiKey(app, "events:write");
  const sent = await ask(app, "/api/events", post({ eventName: "구매 완료" }, headers));
  equal(sent.status, 201);
  const browser = openBrowser(app);
  equal((await browser.open("/admin/metrics")).status, 303);
  await browser.signIn();
  const page = await browser.open("/admin/metrics?window=1h");
  equal(page.status, 200);
  const html = await page.text();
  match(html, /구매 완료/);
  match(html, /href="\/admin\/metrics\?window=1h" aria-current="page"/);
  equal((await (await person(app, "viewer")).get("/admin/metrics")).status, 200);
  for (const path of ["/admin/metrics", "/admin/metrics/events"]) {
    equal((await (await person(app)).get(path)).status, 403, path);
    equal((await app.request(path, { headers })).status, 403, path);
  }
});

Deno.test("[E-20] an address that names no window shows today", async () => {
  await using app = await testApp();
  const browser = openBrowser(app);
  await browser.signIn();
  for (const query of ["?window=1y", "?window=", "?window=1h&window=5m", "?window=%00"]) {
    const page = await browser.open(`/admin/metrics${query}`);
    equal(page.status, 200, query);
    match(await page.text(), /window=(today|1h)" aria-current="page"/, query);
  }
});
