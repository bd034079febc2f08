import { deepEqual, equal, ok } from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { backOffMs } from "../../../client/kiosk/back_off.ts";
import { batchBody, nextBatch, readAnswer } from "../../../client/kiosk/batch.ts";
import { createClockOffset } from "../../../client/kiosk/clock_offset.ts";
import { createQueue } from "../../../client/kiosk/queue.ts";
import { testApp } from "../../support/test_app.ts";

const BUILT = new URL("../../../static/_built/client/", import.meta.url);
const AT = Date.UTC(2026, 0, 19, 10, 30);
const limits = { maxEvents: 1_000, maxBytes: 1_000_000, maxAgeMs: 60_000 };

function queueOf(attempts: number, events: number, data = {}) {
  let ids = 0;
  const queue = createQueue({ limits, uuid: () => `id-${++ids}` });
  for (let a = 1; a <= attempts; a++) {
    queue.add({
      attemptId: `a${a}`,
      sessionId: "s",
      missionType: "portfolio",
      startedAt: 1_000,
      test: false,
      lastSeq: 0,
      endedAt: null,
      known: false,
    });
    for (let e = 1; e <= events; e++) {
      queue.push(`a${a}`, { eventType: "page_view", at: AT + e, data });
    }
  }
  return queue;
}

Deno.test("[M-04] each of the kiosk's modules is under 8 KiB as it is sent, and served with its types", async () => {
  for (const name of ["kiosk.js", "visitors.js", "export.js"]) {
    const bytes = gzipSync(await readFile(new URL(name, BUILT)), { level: 9 }).length;
    ok(bytes > 1_000 && bytes < 8 * 1024, `${name}: ${bytes} bytes`);
  }
  await using app = await testApp();
  const module = await app.request("/client/kiosk.js");
  equal(module.headers.get("content-type"), "text/javascript; charset=utf-8");
  equal(module.headers.get("access-control-allow-origin"), "*");
  const types = await app.request(module.headers.get("x-typescript-types")!);
  ok((await types.text()).includes("./kiosk/mod.ts"));
  await module.body?.cancel();
  equal((await app.request("/client/src/kiosk/mod.ts")).status, 200);
});

Deno.test("[M-04] waiting doubles up to half a minute, is never over, and is up to chance", () => {
  const most = Array.from({ length: 12 }, (_, failures) => backOffMs(failures, () => 1));
  deepEqual(most.slice(0, 7), [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000]);
  equal(backOffMs(1_000_000, () => 1), 30_000);
  deepEqual(Array.from({ length: 3 }, (_, it) => backOffMs(it, () => 0)), [250, 500, 1_000]);
});

Deno.test("[T-M09] the ping with the shortest round trip tells the clock's offset, and old ones are forgotten", () => {
  let now = 0;
  const offset = createClockOffset({ now: () => now });
  const ping = (sentAt: number, answeredAt: number, serverAt: number) => {
    now = answeredAt;
    offset.answered(sentAt, new Date(serverAt).toISOString());
  };
  equal(offset.value(), null);
  ping(10_000, 10_800, 5_000);
  equal(offset.value(), 5_400);
  ping(20_000, 20_020, 15_000);
  equal(offset.value(), 5_010);
  ping(30_000, 31_000, 25_000);
  ping(40_000, 39_000, 35_000);
  equal(offset.value(), 5_010);
  for (let i = 0; i < 8; i++) ping(0, 100, 0);
  equal(offset.value(), 50);
});

Deno.test("[M-04] an event may be sent once it is stored, and a change names it once", () => {
  const queue = queueOf(1, 2);
  const [first, second] = queue.entries.get("a1")!.events.values();
  equal(queue.isSaved(first), false);
  const change = queue.takeChange()!;
  deepEqual([change.attempts.length, change.events.length], [1, 2]);
  equal(queue.takeChange(), null);
  queue.saved(change);
  equal(queue.isSaved(first) && queue.isSaved(second), true);
  equal(queue.remove("a1", 1), true);
  equal(queue.remove("a1", 1), false);
  deepEqual(queue.takeChange()!.removedEvents, [first]);
  deepEqual([queue.size.events, queue.entries.get("a1")!.attempt.lastSeq], [1, 2]);
});

Deno.test("[M-04] what is too old is dropped, ends stay, and one note says how much", () => {
  const queue = queueOf(1, 5);
  queue.push("a1", { eventType: "mission_completed", at: AT + 6, data: {} });
  equal(queue.enforce(AT + 60_000), 0);
  equal(queue.enforce(AT + 90_000), 5);
  deepEqual(
    [...queue.entries.get("a1")!.events.values()].map(({ seq, eventType, data }) => [
      seq,
      eventType,
      data,
    ]),
    [[5, "events_dropped", { count: 5, reason: "age" }], [6, "mission_completed", {}]],
  );
  equal(queue.enforce(AT + 90_000), 0);
});

Deno.test("[M-04] a queue of nothing but ends is bounded as well: whole attempts go, the oldest first", () => {
  const queue = queueOf(0, 0);
  const ends = 1_200;
  for (let i = 0; i < ends; i++) {
    const marks = { startedAt: 0, test: false, lastSeq: 0, endedAt: 1, known: true };
    queue.add({ attemptId: `e${i}`, sessionId: "s", missionType: "portfolio", ...marks });
    queue.push(`e${i}`, { eventType: "mission_completed", at: AT, data: {} });
  }
  equal(queue.enforce(AT), 200);
  deepEqual([queue.size.events, queue.entries.size, queue.entries.has("e199")], [
    1_000,
    1_000,
    false,
  ]);
});

Deno.test("[M-04] a batch is bounded by attempts, events and bytes, and a start alone is one too", () => {
  const isReady = () => true;
  const all = (parts: ReturnType<typeof nextBatch>) => parts.map(({ events }) => events.length);
  deepEqual(all(nextBatch({ entries: queueOf(1, 150).entries.values(), isReady })), [100]);
  deepEqual(
    all(nextBatch({ entries: queueOf(30, 1).entries.values(), isReady })),
    Array(20).fill(1),
  );
  deepEqual(all(nextBatch({ entries: queueOf(1, 0).entries.values(), isReady })), [0]);
  const data = { text: "가".repeat(5_000) };
  const parts = nextBatch({ entries: queueOf(2, 5, data).entries.values(), isReady });
  deepEqual(all(parts), [3, 0]);
  const body = new TextEncoder().encode(JSON.stringify(batchBody(parts, () => 0))).length;
  ok(body < 64 * 1024, `${body}`);
});

Deno.test("[M-04] of an answer, what will never be taken is let go and what may be is kept", () => {
  const parts = nextBatch({ entries: queueOf(3, 4).entries.values(), isReady: () => true });
  const error = (code: string, retryAfterMs?: number) => ({
    error: { code, details: { retryAfterMs } },
  });
  const seen: string[] = [];
  const stored = { eventId: "event_1", duplicate: false };
  const waitMs = readAnswer(parts, {
    attempts: [
      { results: [stored, error("INVALID_EVENT"), error("RATE_LIMIT", 700), error("RATE_LIMIT")] },
      error("CONFLICT"),
      error("AUTH_FAILED"),
    ],
  }, {
    known: (attemptId) => seen.push(`known ${attemptId}`),
    settled: ({ seq }, taken) => seen.push(`${seq} ${taken}`),
    refused: (attemptId) => seen.push(`refused ${attemptId}`),
  });
  deepEqual(seen, ["known a1", "1 true", "2 false", "4 false", "refused a2"]);
  equal(waitMs, 1_000);
});
