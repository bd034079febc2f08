import { deepEqual, equal, ok } from "node:assert/strict";
import { openBrowser } from "../../support/browser.ts";
import { readEvents } from "../../support/event_stream.ts";
import { failingKv } from "../../support/failing_kv.ts";
import { bearer } from "../../support/http.ts";
import { playMission } from "../../support/played_missions.ts";
import { type TestApp, testApp } from "../../support/test_app.ts";
import { testClock } from "../../support/test_clock.ts";

const BEAT_MS = 15_000;
const DAY_MS = 86_400_000;
const START = "2025-01-19T10:30:00.000Z";
const STREAM = { accept: "text/event-stream" };

async function signedIn(app: TestApp) {
  const browser = openBrowser(app);
  await browser.signIn();
  return {
    browser,
    follow: async (path = "/admin/live/events", headers = {}) =>
      readEvents(await browser.open(path, { ...STREAM, ...headers })),
  };
}

function play(app: TestApp, eventTypes: readonly string[], missionType = "portfolio") {
  const events = eventTypes.map((type, index) => [type, index + 1] as const);
  return playMission(app, { missionType, startTime: START, events });
}

Deno.test("[M-46][M-48] a page gets a snapshot and then each event as it is stored", async () => {
  await using app = await testApp({ parts: { clock: testClock() } });
  await play(app, ["page_view"]);
  const { follow } = await signedIn(app);
  await using page = await follow();
  const { data: snapshot, id } = await page.next("snapshot");
  deepEqual(snapshot.recent.map((it: { eventType: string }) => it.eventType), ["page_view"]);
  equal(id, `${snapshot.epoch}:${snapshot.position}`);
  const attemptId = await play(app, ["button_clicked", "card_clicked"]);
  const [first, second] = [await page.next("mission_event"), await page.next("mission_event")];
  deepEqual([first.data.eventType, second.data.eventType], ["button_clicked", "card_clicked"]);
  equal(first.data.attemptId, attemptId);
  equal(first.id, `${snapshot.epoch}:${first.data.position}`);
});

Deno.test("[M-46] a page comes back where it left off, by the header or by the address", async () => {
  await using app = await testApp({ parts: { clock: testClock() } });
  const { follow } = await signedIn(app);
  await using before = await follow();
  await before.next("snapshot");
  await play(app, ["page_view", "button_clicked", "card_clicked"]);
  const { id } = await before.next("mission_event");
  for (
    const page of [
      await follow("/admin/live/events", { "last-event-id": id! }),
      await follow(`/admin/live/events?after=${encodeURIComponent(id!)}`),
    ]
  ) {
    await using resumed = page;
    equal((await resumed.next("mission_event")).data.eventType, "button_clicked");
    equal((await resumed.next("mission_event")).data.eventType, "card_clicked");
  }
  for (
    const foreign of ["another-file:1", "", ":", "1", `${id!.split(":")[0]}:-1`, "x".repeat(500)]
  ) {
    await using page = await follow("/admin/live/events", { "last-event-id": foreign });
    await page.next("snapshot");
  }
});

Deno.test("[M-48] a filter lets pass what it names, and the page misses no position by it", async () => {
  await using app = await testApp({ parts: { clock: testClock() } });
  const { follow } = await signedIn(app);
  await using page = await follow("/admin/live/events?mission=vocabulary&type=card_clicked");
  await page.next("snapshot");
  await play(app, ["card_clicked"]);
  await play(app, ["page_view", "card_clicked"], "vocabulary");
  const { data } = await page.next("mission_event");
  deepEqual([data.missionType, data.eventType], ["vocabulary", "card_clicked"]);
});

Deno.test("[M-46] each stream says after how long to come back, another time each", async () => {
  await using app = await testApp();
  const { browser } = await signedIn(app);
  const waits = new Set<number>();
  for (let i = 0; i < 8; i++) {
    const { body } = await browser.open("/admin/live/events", STREAM);
    const reader = body!.pipeThrough(new TextDecoderStream()).getReader();
    const { value = "" } = await reader.read();
    const wait = Number(/^retry: (\d+)\n\n/.exec(value)?.[1]);
    ok(wait >= 2_000 && wait <= 4_000, value);
    waits.add(wait);
    await reader.cancel();
  }
  ok(waits.size > 1, [...waits].join(", "));
});

Deno.test("[M-56][T-M16] after the logout the stream ends, within a beat", async () => {
  const clock = testClock();
  await using app = await testApp({ parts: { clock } });
  const { browser, follow } = await signedIn(app);
  await using page = await follow();
  await page.next("snapshot");
  clock.advance(BEAT_MS);
  await page.next("beat");
  await browser.send("/admin/logout", { _csrf: await browser.csrfToken() });
  clock.advance(BEAT_MS);
  await play(app, ["page_view"]);
  const last = await page.rest();
  deepEqual(last.filter(({ event }) => event !== "overview"), []);
  equal((await browser.open("/admin/live/events", STREAM)).status, 401);
});

Deno.test("[M-56] the stream ends with its session, and with its bearer token", async () => {
  const clock = testClock();
  await using app = await testApp({ env: { JWT_EXPIRES_IN: "1h" }, parts: { clock } });
  const { follow } = await signedIn(app);
  const { headers } = bearer(await app.adminToken());
  await using ofSession = await follow();
  await using ofToken = readEvents(
    await app.request("/admin/live/events", { headers: { ...STREAM, ...headers } }),
  );
  await ofSession.next("snapshot");
  await ofToken.next("snapshot");
  clock.advance(3_600_000 - 1_000);
  await ofSession.next("beat");
  await ofToken.next("beat");
  clock.advance(BEAT_MS);
  await ofToken.rest();
  await ofSession.next("beat");
  clock.advance(DAY_MS);
  await ofSession.rest();
});

Deno.test("[X-03][M-46] a store that fails ends the stream, and the page is not told why", async () => {
  const clock = testClock();
  const real = await Deno.openKv(":memory:");
  try {
    const { kv, breakDown, mend } = failingKv(real);
    await using app = await testApp({ parts: { clock, kv } });
    const { follow } = await signedIn(app);
    await using page = await follow();
    await page.next("snapshot");
    breakDown("all");
    clock.advance(BEAT_MS);
    const last = await page.rest();
    equal(JSON.stringify(last).includes("disk"), false);
    deepEqual(last.filter(({ event }) => event === "error"), []);
    mend();
    await using again = await follow();
    await again.next("snapshot");
  } finally {
    real.close();
  }
});

Deno.test("[T-M16] scripts ask with HEAD whether there would be a stream, and none is begun", async () => {
  await using app = await testApp();
  const ask = (cookie?: string) =>
    app.request("/admin/live/events", {
      method: "HEAD",
      headers: cookie === undefined ? STREAM : { ...STREAM, cookie },
    });
  equal((await ask()).status, 401);
  const { browser } = await signedIn(app);
  const answer = await ask(`docent=${browser.cookies.get("docent")}`);
  equal(answer.status, 200);
  equal(answer.headers.get("content-type"), "text/event-stream");
  equal(await answer.text(), "");
});
