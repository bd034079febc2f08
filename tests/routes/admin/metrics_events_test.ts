import { deepEqual, equal } from "node:assert/strict";
import { apiKey } from "../../support/api_key.ts";
import { openBrowser } from "../../support/browser.ts";
import { readEvents } from "../../support/event_stream.ts";
import { failingKv } from "../../support/failing_kv.ts";
import { ask } from "../../support/http.ts";
import { dashboardContract } from "../../support/metrics_contract.ts";
import { post, type TestApp, testApp } from "../../support/test_app.ts";
import { testClock } from "../../support/test_clock.ts";

const BEAT_MS = 15_000;
const LOOK_MS = 2_000;
const PATH = "/admin/metrics/events";
const STREAM = { accept: "text/event-stream" };

async function signedIn(app: TestApp) {
  const browser = openBrowser(app);
  await browser.signIn();
  return {
    browser,
    follow: async (path = PATH) => readEvents(await browser.open(path, STREAM)),
  };
}

async function sender(app: TestApp) {
  const headers = await apiKey(app, "events:write");
  return async (...names: string[]) => {
    const events = names.map((eventName) => ({ eventName }));
    equal((await ask(app, "/api/events", post({ events }, headers))).status, 201);
  };
}

Deno.test("[E-20][E-05][E-06] the page gets the dashboard, then each event, then new figures", async () => {
  const clock = testClock();
  await using app = await testApp({ parts: { clock } });
  const send = await sender(app);
  await send("login");
  const { follow } = await signedIn(app);
  await using page = await follow(`${PATH}?window=1h`);
  const { data } = await page.next("dashboard_data");
  const first = dashboardContract.parse(data);
  deepEqual([first.window.name, first.totalEvents], ["1h", 1]);
  await send("구매", "login");
  const { data: events } = await page.next("events");
  deepEqual(events.map((it: { eventName: string }) => it.eventName), ["구매", "login"]);
  clock.advance(LOOK_MS);
  const { data: later } = await page.next("dashboard_data");
  equal(dashboardContract.parse(later).totalEvents, 3);
});

Deno.test("[E-20][T-M16] the stream ends with its session, and is not begun without one", async () => {
  const clock = testClock();
  await using app = await testApp({ parts: { clock } });
  equal((await app.request(PATH, { headers: STREAM })).status, 401);
  const { browser, follow } = await signedIn(app);
  const asked = await app.request(PATH, {
    method: "HEAD",
    headers: { ...STREAM, cookie: `docent=${browser.cookies.get("docent")}` },
  });
  deepEqual([asked.status, await asked.text()], [200, ""]);
  await using page = await follow();
  await page.next("dashboard_data");
  clock.advance(BEAT_MS);
  await page.next("beat");
  await browser.send("/admin/logout", { _csrf: await browser.csrfToken() });
  clock.advance(BEAT_MS);
  const last = await page.rest();
  deepEqual(last.filter(({ event }) => event === "beat"), []);
});

Deno.test("[E-20][X-03] a store that fails ends the stream, and the page is not told why", async () => {
  const clock = testClock();
  const real = await Deno.openKv(":memory:");
  try {
    const { kv, breakDown, mend } = failingKv(real);
    await using app = await testApp({ parts: { clock, kv } });
    const { follow } = await signedIn(app);
    await using page = await follow();
    await page.next("dashboard_data");
    breakDown("all");
    clock.advance(BEAT_MS);
    equal(JSON.stringify(await page.rest()).includes("disk"), false);
    mend();
  } finally {
    real.close();
  }
});
