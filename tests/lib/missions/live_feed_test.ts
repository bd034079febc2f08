import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import type { LiveFeed } from "../../../lib/missions/mod.ts";
import { eventually } from "../../support/eventually.ts";
import { failingKv } from "../../support/failing_kv.ts";
import { arrivalOf, START_AT } from "../../support/mission_facts.ts";
import { type MissionsOptions, openTestMissions } from "../../support/open_missions.ts";
import { SESSION_ID } from "../../support/test_app.ts";

const KEPT = 400;
const A_SECOND = 1_000;

async function setUp(options: MissionsOptions = {}) {
  const app = await openTestMissions(options);
  const { missions, log } = app;
  const { feed } = missions;
  return {
    ...app,
    feed,
    async start(missionType = "portfolio") {
      const input = { sessionId: SESSION_ID, missionType, timestamp: START_AT };
      return (await missions.start(input, { kioskId: null, idempotencyKey: null })).attemptId;
    },
    async tell(attemptId: string, eventTypes: readonly string[]) {
      await Promise.all(
        eventTypes.map((eventType, index) =>
          missions.record(attemptId, arrivalOf(eventType, index + 1))
        ),
      );
    },
    /** Resolves when the feed is where the log is. */
    caughtUp: () => eventually(() => feed.position() === log.head(), "the feed has caught up"),
    async [Symbol.asyncDispose]() {
      await feed.close();
      await app[Symbol.asyncDispose]();
    },
  };
}

function typesOf(events: ReturnType<LiveFeed["since"]>): string[] | null {
  return events === null ? null : events.map(({ event }) => event.eventType);
}

Deno.test("[M-48] the feed has events in the order of the log, as pages get them", async () => {
  await using app = await setUp();
  const { feed } = app;
  const leave = await feed.watch();
  const attemptId = await app.start();
  const before = app.log.head();
  await app.tell(attemptId, ["page_view", "button_clicked", "card_clicked"]);
  await app.caughtUp();
  deepEqual(typesOf(feed.since(before)), ["page_view", "button_clicked", "card_clicked"]);
  deepEqual(typesOf(feed.since(before + 2)), ["card_clicked"]);
  deepEqual(feed.since(feed.position()), []);
  equal(feed.since(feed.position() + 1), null, "a position of the future");
  const [{ event, json }] = feed.since(before)!;
  deepEqual(JSON.parse(json), event);
  deepEqual([event.attemptId, event.missionType], [attemptId, "portfolio"]);
  leave();
});

Deno.test("[M-48] who is too far behind is told so, and nothing queues", async () => {
  await using app = await setUp();
  const { feed } = app;
  const leave = await feed.watch();
  const attemptId = await app.start();
  const before = app.log.head();
  await app.tell(attemptId, Array.from({ length: 3 * KEPT }, () => "page_view"));
  await app.caughtUp();
  equal(feed.since(before), null);
  const { events, since } = feed.kept();
  equal(events.length, KEPT);
  deepEqual(
    feed.since(since)!.map(({ event }) => event.position),
    Array.from({ length: KEPT }, (_, index) => since + 1 + index),
  );
  leave();
});

Deno.test("[M-48] the feed begins near the head, and knows whose events those are", async () => {
  await using app = await setUp();
  const attempts = [await app.start(), await app.start("vocabulary")];
  await app.tell(attempts[0], Array.from({ length: 2 * KEPT }, () => "page_view"));
  await app.tell(attempts[1], ["button_clicked"]);
  // Rows follow a little later; the feed reads them.
  await app.missions.get(attempts[1]);
  const leave = await app.feed.watch();
  const { events, since } = app.feed.kept();
  equal(since, app.log.head() - KEPT);
  equal(events.length, KEPT);
  const last = events[events.length - 1].event;
  deepEqual([last.attemptId, last.missionType], [attempts[1], "vocabulary"]);
  leave();
});

Deno.test("[M-48] facts of other kinds do not hide the events before them", async () => {
  await using app = await setUp();
  const attemptId = await app.start();
  await app.tell(attemptId, ["page_view", "card_clicked"]);
  await app.log.append(Array.from({ length: 3 * KEPT }, () => ({ type: "metrics.heard" })));
  const leave = await app.feed.watch();
  deepEqual(typesOf(app.feed.kept().events), ["page_view", "card_clicked"]);
  equal(app.feed.kept().since, 0);
  leave();
});

Deno.test("[M-48] what each page was told joins without a gap or a repeat while events pour in", async () => {
  await using app = await setUp();
  const { feed } = app;
  const leave = await feed.watch();
  const attemptId = await app.start();
  await app.caughtUp();
  const before = app.log.head();
  const all = 900;
  let position = before;
  const pouring = (async () => {
    for (let sent = 0; sent < all; sent += 30) {
      await app.tell(attemptId, Array.from({ length: 30 }, () => "button_clicked"));
      // As fast as the feed can be followed.
      await eventually(() => app.log.head() - position < KEPT / 2, "the page follows");
    }
  })();
  const seen: number[] = [];
  while (seen.length < all) {
    const events = feed.since(position);
    ok(events !== null, `behind at ${position}`);
    seen.push(...events.map(({ event }) => event.position));
    position = feed.position();
    await feed.wait(position, AbortSignal.timeout(A_SECOND), A_SECOND);
  }
  await pouring;
  deepEqual(seen, Array.from({ length: all }, (_, index) => before + 1 + index));
  leave();
});

Deno.test("[M-48] the feed rests when the last one leaves, and begins again with the next", async () => {
  await using app = await setUp();
  const { feed } = app;
  const attemptId = await app.start();
  for (const eventType of ["page_view", "button_clicked"]) {
    const leave = await feed.watch();
    await app.tell(attemptId, [eventType]);
    await app.caughtUp();
    equal(typesOf(feed.kept().events)?.at(-1), eventType);
    leave();
  }
  // Nobody watches: the feed notices it within a second and stands still.
  await eventually(async () => {
    const { position } = feed;
    const before = position();
    await app.tell(attemptId, ["card_clicked"]);
    await feed.wait(before, AbortSignal.timeout(100), 100);
    return position() === before;
  }, "the feed rests");
  const leave = await feed.watch();
  equal(feed.position(), app.log.head());
  leave();
});

Deno.test("[M-46][M-48] a feed that cannot begin says so, and begins when it can", async () => {
  using real = await Deno.openKv(":memory:");
  const { kv, breakDown, mend } = failingKv(real);
  await using app = await setUp({ kv });
  const attemptId = await app.start();
  await app.tell(attemptId, Array.from({ length: 2 * KEPT }, () => "page_view"));
  await app.missions.get(attemptId);
  breakDown("all");
  await rejects(app.feed.watch(), /disk/);
  mend();
  const leave = await app.feed.watch();
  equal(app.feed.kept().events.length, KEPT);
  leave();
});
