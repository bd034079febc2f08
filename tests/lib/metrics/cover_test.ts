import assert from "node:assert/strict";
import fc from "fast-check";
import { addToSum, type Bucket, bucketOf } from "../../../lib/metrics/bucket.ts";
import {
  type BucketStore,
  floorTo,
  HOUR_MS,
  MINUTE_MS,
  MINUTES_KEPT_MS,
  STEP_MS,
} from "../../../lib/metrics/bucket_store.ts";
import { cover, rounded, sumSpan } from "../../../lib/metrics/cover.ts";
import type { CountedEvent } from "../../../lib/metrics/mod.ts";
import { countedEvents } from "../../support/counted_events.ts";

const NOW = Date.parse("2025-01-19T10:30:20.000Z");
const FROM = NOW - 80 * HOUR_MS;

/** A store of what is counted, whose minutes are forgotten after their time. */
function storeOf(events: readonly CountedEvent[]): Pick<BucketStore, "read"> {
  return {
    read(kind, { from, to }) {
      const step = STEP_MS[kind];
      const found = new Map<number, { position: number; bucket: Bucket }>();
      for (const [start, each] of Map.groupBy(events, ({ at }) => floorTo(at, step))) {
        const isGone = kind === "minute" && start < NOW - MINUTES_KEPT_MS;
        if (isGone || start < from || start >= to) continue;
        found.set(start, { position: 1, bucket: bucketOf(each) });
      }
      return Promise.resolve(found);
    },
  };
}

const span = fc.tuple(
  fc.integer({ min: FROM, max: NOW - 1 }),
  fc.integer({ min: 1, max: 80 * HOUR_MS }),
).map(([from, length]) => ({ from, to: Math.min(NOW, from + length) }));

Deno.test("[T-E02] minutes and hours together hold every event of a span, and no other", async () => {
  await fc.assert(
    fc.asyncProperty(countedEvents({ from: FROM, to: NOW }), span, async (events, asked) => {
      const counted = rounded(asked, NOW);
      const inside = events.filter(({ at }) => at >= counted.from && at < counted.to);
      const sum = await sumSpan(storeOf(events) as BucketStore, {
        span: asked,
        now: NOW,
        add: addToSum,
      });
      assert.equal(sum.events, inside.length);
      assert.equal(sum.people.size, new Set(inside.flatMap(({ person }) => person ?? [])).size);
    }),
  );
});

Deno.test("[T-E02] a span is rounded outwards, by minutes while they are kept, then by hours", () => {
  fc.assert(fc.property(span, (asked) => {
    const { from, to } = rounded(asked, NOW);
    assert.ok(from <= asked.from && to >= asked.to);
    const step = (at: number) => at < NOW - MINUTES_KEPT_MS + HOUR_MS ? HOUR_MS : MINUTE_MS;
    assert.ok(asked.from - from < step(asked.from) && to - asked.to < step(asked.to));
  }));
});

Deno.test("[T-E02] a day costs at most 119 minutes and its hours", () => {
  fc.assert(fc.property(span, (asked) => {
    const parts = cover(asked, NOW);
    const count = (kind: "minute" | "hour") =>
      parts.filter((part) => part.kind === kind)
        .reduce((sum, part) => sum + (part.span.to - part.span.from) / STEP_MS[kind], 0);
    assert.ok(count("minute") < 120, `${count("minute")} minutes`);
    assert.ok(count("hour") <= Math.ceil((asked.to - asked.from) / HOUR_MS) + 1);
  }));
});
