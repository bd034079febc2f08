import { deepEqual, equal, notEqual } from "node:assert/strict";
import { asAdmin, ask } from "../../support/http.ts";
import { eventually } from "../../support/eventually.ts";
import { addKiosk, readKiosk, REGISTRY } from "../../support/kiosk_registry.ts";
import { type Device, kioskDevice } from "../../support/kiosks.ts";
import { storedVisits } from "../../support/stored_visits.ts";
import { post, type TestApp, testApp } from "../../support/test_app.ts";
import { testClock } from "../../support/test_clock.ts";

async function openApp() {
  const clock = testClock();
  const app = await testApp({ parts: { clock } });
  return { app, clock, device: kioskDevice(await app.listen(), clock) };
}

async function pairedPage(app: TestApp, device: Device) {
  const { kioskId, code } = await addKiosk(app);
  const messages: string[] = [];
  const page = device.open({ app: "hall 2.1", onMessage: (text) => messages.push(text) });
  equal(await page.kiosk.pair(code), "paired");
  return { ...page, kioskId, messages };
}

async function command(app: TestApp, kioskId: string, body: object) {
  const { headers } = await asAdmin(app);
  return await ask(app, `${REGISTRY}/${kioskId}/commands`, post(body, headers));
}

/** Waits until the registry shows this of the kiosk. */
async function shows(
  app: TestApp,
  kioskId: string,
  expected: Readonly<Record<string, unknown>>,
) {
  const names = Object.keys(expected);
  const kiosk = () => new Map<string, unknown>(Object.entries(app.docent.kiosks.get(kioskId)));
  const isShown = () => names.every((name) => kiosk().get(name) === expected[name]);
  await eventually(isShown, JSON.stringify(expected));
}

Deno.test("[M-04][T-M07] a device that is paired says how it is, and goes on saying it after a reload", async () => {
  const { app, clock, device } = await openApp();
  await using _ = app;
  device.aheadMs = 90_000;
  device.battery = { battery: 0.5, charging: true };
  const { kiosk, kioskId, tab, signs } = await pairedPage(app, device);
  deepEqual([kiosk.status().paired?.kioskId, kiosk.status().paired?.name], [kioskId, "Hall A"]);
  const condition = { version: "hall 2.1", page: "/home", battery: 0.5, charging: true };
  await shows(app, kioskId, { state: "online", queue: 0, ...condition });
  await eventually(() => kiosk.status().clockOffsetMs === 90_000, "the answer is here");
  signs.touched();
  // By our clock.
  const lastTouchAt = new Date(clock.now()).toISOString();
  clock.advance(20_000);
  await shows(app, kioskId, { lastTouchAt, clockOffsetMs: 90_000 });
  await kiosk.close();
  clock.advance(200_000);
  await shows(app, kioskId, { state: "offline" });
  const next = device.open({ tab, page: () => "/rating" });
  await shows(app, kioskId, { state: "online", page: "/rating" });
  await next.kiosk.close();
});

Deno.test("[M-04] what a device does is its kiosk's from the moment that it is paired", async () => {
  const { app, device } = await openApp();
  await using _ = app;
  const { kiosk, kioskId } = await pairedPage(app, device);
  await kiosk.startMission("portfolio");
  await kiosk.complete();
  await kiosk.drained();
  const [{ attempt }] = await storedVisits(app);
  equal(attempt.kioskId, kioskId);
  await kiosk.close();
});

Deno.test("[M-04][T-M07] a kiosk that goes silent is unknown after 45 s and offline after three minutes, and its queue is told when it is back", async () => {
  const { app, clock, device } = await openApp();
  await using _ = app;
  const { kiosk, kioskId, signs } = await pairedPage(app, device);
  await shows(app, kioskId, { state: "online", queue: 0 });
  device.net.isCut = true;
  const state = async () => (await readKiosk(app, kioskId)).state;
  clock.advance(44_999);
  equal(await state(), "online");
  clock.advance(1);
  equal(await state(), "unknown");
  clock.advance(134_999);
  equal(await state(), "unknown");
  clock.advance(1);
  equal(await state(), "offline");
  await kiosk.startMission("portfolio");
  await kiosk.track("page_view");
  // The heartbeat gets through, what is queued does not.
  const { post } = device.net;
  device.net.post = (path, ...rest) =>
    path.includes("missions") ? Promise.reject(new TypeError("Lost")) : post(path, ...rest);
  device.net.isCut = false;
  signs.online();
  await shows(app, kioskId, { state: "online", queue: 2 });
  device.net.post = post;
  signs.online();
  await shows(app, kioskId, { queue: 0 });
  await kiosk.close();
});

Deno.test("[M-04][T-M07] a command is obeyed, by the answer to a heartbeat and by a socket", async () => {
  const { app, clock, device } = await openApp();
  await using _ = app;
  const { kiosk, kioskId, messages, reloads } = await pairedPage(app, device);
  const ofMessages = (texts: string[]) => () => messages.join() === texts.join();
  await command(app, kioskId, { name: "message", text: "잠시만요" });
  clock.advance(20_000);
  await eventually(ofMessages(["잠시만요"]), "the heartbeat brings the message");
  await kiosk.startMission("portfolio");
  await eventually(() => kiosk.status().connection === "socket", "a socket is open");
  await command(app, kioskId, { name: "message", text: "Back soon" });
  await eventually(ofMessages(["잠시만요", "Back soon"]), "the socket brings the message");
  await command(app, kioskId, { name: "reload" });
  await eventually(() => reloads() === 1, "the page is loaded anew");
  notEqual((await readKiosk(app, kioskId)).command.deliveredAt, null);
  await kiosk.close();
});

Deno.test("[M-04] another device takes a kiosk's place and keeps its id; the old one is told, and goes on after it is paired anew", async () => {
  const { app, clock, device } = await openApp();
  await using _ = app;
  const { kiosk: old, kioskId, signs } = await pairedPage(app, device);
  const { headers } = await asAdmin(app);
  const opened = await ask(app, `${REGISTRY}/${kioskId}/code`, post({}, headers));
  const other = kioskDevice(await app.listen(), clock).open();
  equal(await other.kiosk.pair(opened.body.data.code), "paired");
  equal(other.kiosk.status().paired?.kioskId, kioskId);
  clock.advance(20_000);
  await eventually(() => old.status().isKeyRefused, "the old device is told");
  await old.startMission("portfolio");
  await old.complete();
  const { kioskId: otherId, code } = await addKiosk(app, "Hall B");
  equal(await old.pair(code), "paired");
  equal(old.status().isKeyRefused, false);
  signs.online();
  await old.drained();
  const [{ attempt }] = await storedVisits(app);
  equal(attempt.kioskId, otherId);
  for (const it of [old, other.kiosk]) await it.close();
});

Deno.test("[M-04] a code that is wrong, no network, and too many tries are told apart", async () => {
  const { app, device } = await openApp();
  await using _ = app;
  const { kiosk } = device.open();
  deepEqual([await kiosk.pair("12"), await kiosk.pair("000000")], ["wrong", "wrong"]);
  device.net.isCut = true;
  equal(await kiosk.pair("000000"), "offline");
  device.net.isCut = false;
  // From everywhere: each is one try of all.
  const guesses = Array.from({ length: 40 }, () => app.docent.kiosks.pair("000000"));
  await Promise.allSettled(guesses);
  deepEqual([await kiosk.pair("000000"), kiosk.status().paired], ["locked", null]);
  deepEqual(device.net.tries.filter((it) => it.endsWith("heartbeat")), []);
  await kiosk.close();
});

Deno.test("[M-04] of two tabs of a device one tells the registry, and the other does when that is closed", async () => {
  const { app, clock, device } = await openApp();
  await using _ = app;
  const { kiosk: one, kioskId } = await pairedPage(app, device);
  await shows(app, kioskId, { page: "/home" });
  const { kiosk: other } = device.open({ page: () => "/other" });
  for (let i = 0; i < 5; i++) {
    clock.advance(20_000);
    const told = device.net.tries.length;
    await eventually(() => device.net.tries.length > told, "the next heartbeat");
    equal((await readKiosk(app, kioskId)).page, "/home");
  }
  await one.close();
  await shows(app, kioskId, { page: "/other" });
  await other.close();
});

Deno.test("[M-04] a heartbeat that something else answers, as a portal does, ends nothing", async () => {
  const { app, clock, device } = await openApp();
  await using _ = app;
  const { kiosk, kioskId } = await pairedPage(app, device);
  await shows(app, kioskId, { queue: 0 });
  const { post } = device.net;
  let answered = 0;
  device.net.post = () => {
    answered++;
    return Promise.resolve({ status: 200, body: null, retryAfterMs: 0 });
  };
  clock.advance(45_000);
  await eventually(() => answered > 1, "it is tried again");
  equal(app.docent.kiosks.get(kioskId).state, "unknown");
  device.net.post = post;
  await shows(app, kioskId, { state: "online" });
  await kiosk.close();
});
