import { deepEqual, equal, ok } from "node:assert/strict";
import type { RunningMission } from "../../../client/kiosk/mod.ts";
import type { Touch } from "../../../client/kiosk/touches.ts";
import {
  createVisitors,
  type VisitorOptions,
  type VisitorState,
} from "../../../client/kiosk/visitors.ts";
import { eventually } from "../../support/eventually.ts";
import { kioskDevice } from "../../support/kiosks.ts";
import { storedVisits } from "../../support/stored_visits.ts";
import { testApp } from "../../support/test_app.ts";
import { testClock } from "../../support/test_clock.ts";

const FINGER: Touch = { durationMs: 80, movedPx: 2, sizePx: 30, contacts: 1 };

/** Visitors of a kiosk that only remembers what it was told. */
function scene(options: Partial<VisitorOptions> = {}, mission: RunningMission | null = null) {
  const clock = testClock();
  const told: string[] = [];
  const states: VisitorState[] = [];
  const place = { page: "/home" };
  const visitors = createVisitors({
    kiosk: {
      newVisitor: (kind = "reset") => Promise.resolve(void told.push(kind)),
      resumed: () => Promise.resolve(mission),
    },
    page: () => place.page,
    onState: (state) => states.push(state),
    ...options,
  }, { clock, timers: { after: () => () => {} } });
  const wait = async (sec: number) => {
    for (let i = 0; i < sec; i++) {
      clock.advance(1_000);
      await visitors.tick();
    }
  };
  return { visitors, told, states, place, wait, clock };
}

Deno.test("[T-M29] thirty visitors in one tab are thirty sessions, and who walks away is quitKind idle", async () => {
  const clock = testClock();
  await using app = await testApp({ parts: { clock } });
  const device = kioskDevice(await app.listen(), clock);
  const { kiosk } = device.open();
  const visitors = createVisitors(
    { kiosk, page: () => "/home", onState() {} },
    { clock, timers: { after: () => () => {} } },
  );
  for (let i = 0; i < 30; i++) {
    clock.advance(5_000);
    ok(visitors.touch(FINGER));
    await kiosk.startMission(i % 2 === 0 ? "portfolio" : "vocabulary");
    clock.advance(20_000);
    visitors.touch(FINGER);
    await kiosk.track("page_view", { url: "/home" });
    if (i % 3 === 0) {
      clock.advance(121_000);
      await visitors.tick();
    } else {
      await kiosk.complete();
      await visitors.finish();
    }
    equal(visitors.state().kind, "attract");
  }
  await kiosk.drained();
  const visits = await storedVisits(app);
  equal(visits.length, 30);
  equal(new Set(visits.map(({ attempt }) => attempt.sessionId)).size, 30);
  const ends = visits.map(({ attempt }) => attempt.quitKind ?? attempt.status);
  deepEqual(ends, Array.from({ length: 30 }, (_, i) => i % 3 === 0 ? "idle" : "completed"));
  visitors.close();
  await kiosk.close();
});

Deno.test("[T-M29] after 90 seconds a countdown of 30 begins, any touch ends it, and at its end the visit is over", async () => {
  const { visitors, told, states, wait } = scene();
  visitors.touch(FINGER);
  await wait(89);
  deepEqual(states, [{ kind: "active" }]);
  await wait(1);
  deepEqual(visitors.state(), { kind: "warning", secondsLeft: 30 });
  await wait(10);
  deepEqual(visitors.state(), { kind: "warning", secondsLeft: 20 });
  visitors.touch(FINGER);
  deepEqual([visitors.state().kind, told], ["active", []]);
  await wait(119);
  deepEqual([visitors.state(), told], [{ kind: "warning", secondsLeft: 1 }, []]);
  await wait(1);
  deepEqual([visitors.state().kind, told], ["attract", ["idle"]]);
  await wait(500);
  deepEqual(told, ["idle"]);
});

Deno.test("[T-M29] on an excluded page nobody is warned, and a visit that is left there ends all the same", async () => {
  const { visitors, told, states, place, wait } = scene({
    excludedPages: ["/mission-rating", "/onboarding*"],
  });
  visitors.touch(FINGER);
  await wait(95);
  equal(visitors.state().kind, "warning");
  place.page = "/onboarding/2";
  await wait(1);
  equal(visitors.state().kind, "active");
  place.page = "/mission-rating";
  await wait(24);
  deepEqual([visitors.state().kind, told], ["attract", ["idle"]]);
  equal(states.filter(({ kind }) => kind === "warning").length, 6);
});

Deno.test("[M-04] palms, cloths, drops and bags begin no visit, and what is no finger keeps none alive", async () => {
  const { visitors, wait, told } = scene();
  const accidents: Partial<Touch>[] = [
    { sizePx: 200 },
    { movedPx: 300 },
    { durationMs: 4 },
    { durationMs: 9_000 },
    { contacts: 2 },
    { contacts: 8 },
  ];
  for (const accident of accidents) {
    equal(visitors.touch({ ...FINGER, ...accident }), false, JSON.stringify(accident));
  }
  equal(visitors.state().kind, "attract");
  ok(visitors.touch(FINGER));
  await wait(60);
  equal(visitors.touch({ ...FINGER, sizePx: 200 }), false);
  await wait(60);
  deepEqual(told, ["idle"]);
  // Just after the end a brush of the glass begins nothing.
  equal(visitors.touch(FINGER), false);
  await wait(1);
  equal(visitors.touch(FINGER), true);
  // Scrolling is a sign of life.
  await wait(60);
  ok(visitors.touch({ ...FINGER, movedPx: 400 }));
});

Deno.test("[M-04] staff leaves by a pin: it ends the visit, and three wrong ones have to wait", async () => {
  const { visitors, told, clock } = scene({ pin: "4711" });
  visitors.touch(FINGER);
  equal(await visitors.enterPin("1"), "wrong");
  equal(await visitors.enterPin("2"), "wrong");
  equal(await visitors.enterPin("3"), "locked");
  equal(await visitors.enterPin("4711"), "locked");
  deepEqual([visitors.state().kind, told], ["active", []]);
  clock.advance(30_000);
  equal(await visitors.enterPin("4711"), "opened");
  deepEqual([visitors.state().kind, told], ["staff", ["reset"]]);
  clock.advance(5_000);
  equal(visitors.touch(FINGER), false);
  visitors.resume();
  equal(visitors.state().kind, "attract");
  const none = scene();
  equal(await none.visitors.enterPin(""), "wrong");
});

Deno.test("[M-04] a page that is loaded again in the middle of a visit goes on with it, and not after its end", async () => {
  const mission = { attemptId: "a", missionType: "portfolio", startedAt: 0, hasEnded: false };
  const running = scene({}, mission);
  await eventually(() => running.visitors.state().kind === "active", "the visit goes on");
  await running.wait(120);
  deepEqual(running.told, ["idle"]);
  const ended = scene({}, { ...mission, hasEnded: true });
  await ended.wait(1);
  equal(ended.visitors.state().kind, "attract");
});
