import fc from "fast-check";
import type { CountedEvent } from "../../lib/metrics/mod.ts";
import { DEVICES } from "../../lib/metrics/view.ts";

let lastId = 0;

/** An event that is counted at a moment. */
export function countedEvent(at: number, more: Partial<CountedEvent> = {}): CountedEvent {
  return {
    eventId: `event_${++lastId}`,
    eventName: "login",
    userId: "user_1",
    person: "user user_1",
    timestamp: at,
    at,
    receivedAt: at,
    country: "KR",
    device: "web",
    referrer: "direct",
    kioskId: null,
    ...more,
  };
}

/** Events of a span; few names, so that they meet. */
export function countedEvents(
  span: { readonly from: number; readonly to: number },
  maxLength = 200,
): fc.Arbitrary<CountedEvent[]> {
  const person = fc.option(fc.nat(40).map((n) => `user ${n}`));
  const event = fc.record({
    at: fc.integer({ min: span.from, max: span.to - 1 }),
    eventName: fc.constantFrom("login", "구매", "__proto__", "constructor", "page_view"),
    person,
    country: fc.constantFrom("KR", "US", "unknown"),
    device: fc.constantFrom(...DEVICES),
    referrer: fc.constantFrom("direct", "google.com"),
    kioskId: fc.constantFrom(null, "kiosk_a", "kiosk_b"),
  }).map(({ at, ...more }) => countedEvent(at, more));
  return fc.array(event, { maxLength });
}

/** How often each value comes, counted the plain way. */
export function countsBy<T>(items: readonly T[], value: (item: T) => string | null) {
  const counts: [string, number][] = [];
  for (const [name, each] of Map.groupBy(items, value)) {
    if (name !== null) counts.push([name, each.length]);
  }
  return counts.sort(([a], [b]) => a < b ? -1 : 1);
}
