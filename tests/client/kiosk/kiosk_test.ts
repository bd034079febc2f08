import { deepEqual, equal, notEqual, rejects } from "node:assert/strict";
import { eventually } from "../../support/eventually.ts";
import { kioskDevice } from "../../support/kiosks.ts";
import { storedVisits, told } from "../../support/stored_visits.ts";
import { testApp } from "../../support/test_app.ts";

const VISIT = ["1 mission_started", "2 page_view", "3 mission_completed"];

Deno.test("[M-04][M-05][M-06][M-28] a visit goes over the socket as it happens, with its rating", async () => {
  await using app = await testApp();
  const device = kioskDevice(await app.listen());
  const { kiosk } = device.open();
  const mission = await kiosk.startMission("portfolio");
  equal(await kiosk.track("page_view", { url: "/portfolio/create/auto" }), true);
  equal(await kiosk.complete({ rating: 4 }), true);
  equal(await kiosk.track("page_view", { url: "/mission-complete" }), false);
  equal(await kiosk.review(4, "쉬웠어요"), true);
  await kiosk.drained();
  equal(kiosk.status().mission?.attemptId, mission.attemptId);
  const [visit] = await storedVisits(app);
  deepEqual(told(visit), [...VISIT, "4 mission_rating_submitted"]);
  const { status, review, totalDuration, startTime } = visit.attempt;
  deepEqual([status, review.rating, review.feedback], ["completed", 4, "쉬웠어요"]);
  equal(Date.parse(startTime), mission.startedAt);
  equal(totalDuration, visit.events[2].data.totalDuration);
  deepEqual(device.net.tries, ["/api/missions/start", "socket"]);
  await kiosk.close();
});

Deno.test("[M-04][T-M03] without a network a visit begins all the same, and comes when there is one", async () => {
  await using app = await testApp();
  const device = kioskDevice(await app.listen());
  device.net.isCut = true;
  const { kiosk, signs } = device.open();
  await kiosk.startMission("portfolio");
  await kiosk.track("page_view");
  await kiosk.complete();
  await eventually(() => device.net.tries.length > 3, "it tries again and again");
  deepEqual([kiosk.status().connection, kiosk.status().queued], ["offline", 3]);
  deepEqual(await storedVisits(app), []);
  device.net.isCut = false;
  signs.online();
  await kiosk.drained();
  const [visit] = await storedVisits(app);
  deepEqual([told(visit), visit.attempt.status], [VISIT, "completed"]);
  await kiosk.close();
});

Deno.test("[M-04][T-M06] where sockets do not get through, batches carry everything", async () => {
  await using app = await testApp();
  const device = kioskDevice(await app.listen());
  device.net.hasSockets = false;
  const { kiosk } = device.open();
  await kiosk.startMission("vocabulary");
  await kiosk.track("page_view");
  await kiosk.drained();
  equal(kiosk.status().connection, "batch");
  await kiosk.complete();
  await kiosk.drained();
  deepEqual((await storedVisits(app)).map(told), [VISIT]);
  await kiosk.close();
});

Deno.test("[M-04][T-M07] a page that is loaded again, or has crashed, goes on with its attempt and sequence", async () => {
  await using app = await testApp();
  const device = kioskDevice(await app.listen());
  const before = device.open();
  const mission = await before.kiosk.startMission("portfolio");
  await before.kiosk.drained();
  device.net.isCut = true;
  await before.kiosk.track("page_view");
  before.crash();
  const { kiosk } = device.open({ tab: before.tab });
  equal(await kiosk.track("button_clicked"), true);
  deepEqual(await kiosk.resumed(), mission);
  deepEqual(kiosk.status().mission, mission);
  device.net.isCut = false;
  await kiosk.complete();
  await kiosk.drained();
  const visits = await storedVisits(app);
  // By their numbers: corrected by the clock's offset, times of a few milliseconds may cross.
  deepEqual(visits.map((visit) => told(visit).toSorted()), [
    ["1 mission_started", "2 page_view", "3 button_clicked", "4 mission_completed"],
  ]);
  equal(visits[0].attempt.sessionId, kiosk.status().sessionId);
  await kiosk.close();
});

Deno.test("[M-04] what a page left behind is sent by the next one, also by another tab", async () => {
  await using app = await testApp();
  const device = kioskDevice(await app.listen());
  await device.leaveBehind();
  device.net.isCut = false;
  const { kiosk } = device.open();
  await kiosk.drained();
  equal(kiosk.status().mission, null);
  deepEqual((await storedVisits(app)).map(told), [VISIT]);
  await kiosk.close();
});

Deno.test("[M-04] two tabs are two visits, and neither sends what the other has", async () => {
  await using app = await testApp();
  const device = kioskDevice(await app.listen());
  const [one, other] = [device.open(), device.open()];
  for (const { kiosk } of [one, other]) {
    await kiosk.startMission("portfolio");
    await kiosk.track("page_view");
  }
  for (const { kiosk } of [one, other]) {
    await kiosk.complete();
    await kiosk.drained();
  }
  const visits = await storedVisits(app);
  deepEqual(visits.map(told), [VISIT, VISIT]);
  notEqual(visits[0].attempt.sessionId, visits[1].attempt.sessionId);
  // Two greetings and three events each: nothing was sent twice.
  equal(device.net.frames, 8);
  deepEqual(device.net.tries.filter((it) => it.endsWith("batch")), []);
  await one.kiosk.close();
  await other.kiosk.close();
});

Deno.test("[M-04][T-M03] a lost answer, and a lost line, repeat nothing that is stored", async () => {
  await using app = await testApp();
  const device = kioskDevice(await app.listen());
  let asked = 0;
  device.net.losesAnswer = () => asked++ % 2 === 0;
  const { kiosk, signs } = device.open();
  await kiosk.startMission("portfolio");
  for (let i = 0; i < 20; i++) {
    await kiosk.track("page_view", { i });
    if (i % 5 === 0) device.net.cutSockets();
    if (i % 7 === 0) signs.hidden();
  }
  await kiosk.quit({ quitReason: "포기" });
  await kiosk.drained();
  const [{ events, attempt }] = await storedVisits(app);
  deepEqual(events.slice(1, -1).map(({ seq, data }) => [seq, data.i]), [
    ...Array.from({ length: 20 }, (_, i) => [i + 2, i]),
  ]);
  deepEqual([attempt.status, attempt.quitKind, attempt.quitReason], ["quitted", "user", "포기"]);
  await kiosk.close();
});

Deno.test("[M-04] a page that goes away leaves what is queued to the browser", async () => {
  await using app = await testApp();
  const device = kioskDevice(await app.listen());
  device.net.isCut = true;
  const { kiosk, signs } = device.open();
  await kiosk.startMission("portfolio");
  await kiosk.track("page_view");
  device.net.isCut = false;
  signs.hidden();
  await eventually(async () => (await storedVisits(app)).length === 1, "the beacon arrives");
  deepEqual((await storedVisits(app)).map(told), [VISIT.slice(0, 2)]);
  await kiosk.close();
});

Deno.test("[T-M29][M-06] a mission that is started over another quits it as a reset, and so does the next visitor", async () => {
  await using app = await testApp();
  const device = kioskDevice(await app.listen());
  const { kiosk } = device.open();
  await kiosk.startMission("portfolio");
  await kiosk.startMission("vocabulary");
  const { sessionId } = kiosk.status();
  await kiosk.newVisitor();
  notEqual(kiosk.status().sessionId, sessionId);
  deepEqual([kiosk.status().mission, await kiosk.track("page_view")], [null, false]);
  await kiosk.drained();
  const visits = await storedVisits(app);
  deepEqual(visits.map(({ attempt }) => attempt.quitKind), ["reset", "reset"]);
  await kiosk.close();
});

Deno.test("[M-60] what the server does not take is counted, and holds nothing up", async () => {
  await using app = await testApp();
  const device = kioskDevice(await app.listen());
  const { kiosk } = device.open();
  await kiosk.startMission("chess");
  await eventually(() => kiosk.status().refused === 1, "the mission is refused");
  equal(await kiosk.track("page_view"), false);
  await kiosk.startMission("portfolio");
  await kiosk.track("page_view", { note: "a\0b" });
  await kiosk.track("x".repeat(60));
  const circle: Record<string, unknown> = {};
  circle.self = circle;
  await kiosk.track("page_view", circle);
  await kiosk.track("page_view", { long: "x".repeat(50_000) });
  await kiosk.complete();
  await kiosk.drained();
  equal(kiosk.status().refused, 3);
  const [{ events }] = await storedVisits(app);
  deepEqual(events.map(({ seq }) => seq), [1, 4, 5, 6]);
  deepEqual(events.map(({ data }) => data.dataDropped), [
    undefined,
    "not JSON",
    "too large",
    undefined,
  ]);
  await rejects(kiosk.review(6), RangeError);
  await kiosk.close();
});

Deno.test("[M-60] a name without an end is refused at its call, and long ones hold nothing up", async () => {
  await using app = await testApp();
  const device = kioskDevice(await app.listen());
  device.net.hasSockets = false;
  device.net.isCut = true;
  const { kiosk, signs } = device.open();
  const endless = "x".repeat(70_000);
  const mission = await kiosk.startMission("portfolio");
  await rejects(kiosk.startMission(endless), RangeError);
  await rejects(kiosk.track(endless), RangeError);
  deepEqual(kiosk.status().mission, mission);
  // As much of each as fits a batch, if names and not only data are counted.
  for (let i = 0; i < 100; i++) await kiosk.track("가".repeat(100), { note: "x".repeat(250) });
  await kiosk.complete();
  device.net.isCut = false;
  signs.online();
  await kiosk.drained();
  const [visit] = await storedVisits(app);
  deepEqual([told(visit), kiosk.status().refused], [
    ["1 mission_started", "102 mission_completed"],
    100,
  ]);
  await kiosk.close();
});

Deno.test("[M-04] above its limits the queue drops the oldest events and says how many", async () => {
  await using app = await testApp();
  const device = kioskDevice(await app.listen());
  device.net.isCut = true;
  const { kiosk, signs } = device.open({ limits: { maxEvents: 10 } });
  await kiosk.startMission("portfolio");
  for (let i = 0; i < 30; i++) await kiosk.track("page_view", { i });
  await kiosk.complete();
  const { dropped, queued } = kiosk.status();
  deepEqual([dropped, queued], [23, 10]);
  device.net.isCut = false;
  signs.online();
  await kiosk.drained();
  const [{ events, attempt }] = await storedVisits(app);
  const { eventType, data: { count, reason } } = events[0];
  deepEqual([eventType, count, reason], ["events_dropped", 23, "size"]);
  deepEqual(events.slice(1, -1).map(({ data }) => data.i), [22, 23, 24, 25, 26, 27, 28, 29]);
  equal(attempt.status, "completed");
  await kiosk.close();
});
