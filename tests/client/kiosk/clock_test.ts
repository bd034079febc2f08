import { deepEqual, equal, ok } from "node:assert/strict";
import { eventually } from "../../support/eventually.ts";
import { kioskDevice } from "../../support/kiosks.ts";
import { storedVisits, told } from "../../support/stored_visits.ts";
import { testApp } from "../../support/test_app.ts";
import { testClock } from "../../support/test_clock.ts";

const VISIT = ["1 mission_started", "2 page_view", "3 mission_completed"];

Deno.test("[T-M09][T-M10] a clock three hours fast and ten minutes without a line: durations are right to 50 ms", async () => {
  const clock = testClock();
  await using app = await testApp({ parts: { clock } });
  const device = kioskDevice(await app.listen(), clock);
  const aheadMs = device.aheadMs = 3 * 3_600_000;
  device.net.isCut = true;
  const { kiosk, signs } = device.open();
  const startedAt = clock.now();
  await kiosk.startMission("portfolio");
  clock.advance(85_500);
  await kiosk.track("portfolio_created", { portfolioId: "p1" });
  // Somebody sets the clock right, and back again: an attempt goes by the clock it began with.
  device.aheadMs = 0;
  clock.advance(30_000);
  await kiosk.complete();
  device.aheadMs = aheadMs;
  clock.advance(600_000);
  device.net.isCut = false;
  signs.online();
  await kiosk.drained();
  const [{ attempt, events }] = await storedVisits(app);
  const isNear = (seconds: number, expected: number) => Math.abs(seconds - expected) < 0.05;
  ok(isNear(attempt.totalDuration, 115.5), `${attempt.totalDuration}`);
  ok(isNear(attempt.timeOnTask, 85.5), `${attempt.timeOnTask}`);
  ok(isNear(attempt.reportedDuration, 115.5), `${attempt.reportedDuration}`);
  for (const [i, waitedMs] of [715_500, 630_000, 600_000].entries()) {
    const { timestamp, clockOffsetMs, receivedAt, processingTime, delivery } = events[i];
    // Raw by the kiosk, corrected by the offset, and received.
    equal(Date.parse(timestamp), startedAt + aheadMs + 715_500 - waitedMs);
    ok(isNear(clockOffsetMs / 1000, aheadMs / 1000), `${clockOffsetMs}`);
    equal(Date.parse(receivedAt), startedAt + 715_500);
    ok(isNear(processingTime / 1000, waitedMs / 1000), `${processingTime}`);
    equal(delivery, "queued");
  }
  ok(isNear(kiosk.status().clockOffsetMs! / 1000, aheadMs / 1000));
  await kiosk.close();
});

Deno.test("[T-M09][M-60] a kiosk that has lost its clock is taken: its times are set right, what it said is kept", async () => {
  const clock = testClock();
  await using app = await testApp({ parts: { clock } });
  const device = kioskDevice(await app.listen(), clock);
  // Switched on again, it goes on from 1970.
  device.aheadMs = 3_600_000 - clock.now();
  const startedAt = clock.now();
  for (const isCut of [true, false]) {
    device.net.isCut = isCut;
    const { kiosk, signs } = device.open();
    await kiosk.startMission("portfolio");
    if (!isCut) await eventually(() => kiosk.status().connection === "socket", "it is live");
    clock.advance(85_500);
    await kiosk.track("portfolio_created", { portfolioId: "p1" });
    clock.advance(30_000);
    await kiosk.complete();
    if (isCut) clock.advance(600_000);
    device.net.isCut = false;
    signs.online();
    await kiosk.drained();
    await kiosk.close();
  }
  const visits = await storedVisits(app);
  for (const [i, begins] of [startedAt, startedAt + 715_500].entries()) {
    const { attempt, events } = visits[i];
    equal(Date.parse(attempt.startTime), begins);
    deepEqual([attempt.status, attempt.totalDuration, attempt.timeOnTask], [
      "completed",
      115.5,
      85.5,
    ]);
    const after = [0, 85_500, 115_500];
    deepEqual(events.map(({ timestamp }) => Date.parse(timestamp) - begins), after);
    deepEqual(
      events.map(({ clientTimestamp }) => Date.parse(clientTimestamp)),
      after.map((ms) => begins + device.aheadMs + ms),
    );
  }
});

Deno.test("[T-M09][M-04] what a kiosk without a clock kept is not taken for old once its clock is set", async () => {
  await using app = await testApp();
  const device = kioskDevice(await app.listen());
  device.aheadMs = 3_600_000 - Date.now();
  await device.leaveBehind();
  device.aheadMs = 0;
  const { kiosk, signs } = device.open();
  await kiosk.newVisitor();
  deepEqual([kiosk.status().dropped, kiosk.status().queued], [0, 3]);
  device.net.isCut = false;
  signs.online();
  await kiosk.drained();
  deepEqual((await storedVisits(app)).map(told), [VISIT]);
  await kiosk.close();
});
