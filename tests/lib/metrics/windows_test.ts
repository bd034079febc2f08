import assert from "node:assert/strict";
import { toWindow, volumeHours, windowOf } from "../../../lib/metrics/windows.ts";
import type { WindowName } from "../../../lib/metrics/view.ts";

const SEOUL = "Asia/Seoul";

/** What a window and its comparison are at a moment. */
const CASES: readonly [
  name: WindowName,
  now: string,
  zone: string,
  from: string,
  compareFrom: string,
  compareTo: string,
][] = [
  // 19:30 in Seoul: its day began at 15:00 UTC.
  [
    "today",
    "2025-01-19T10:30:00Z",
    SEOUL,
    "2025-01-18T15:00:00Z",
    "2025-01-17T15:00:00Z",
    "2025-01-18T10:30:00Z",
  ],
  // A zone that is half an hour off.
  [
    "today",
    "2025-01-19T10:30:10Z",
    "Asia/Kolkata",
    "2025-01-18T18:30:00Z",
    "2025-01-17T18:30:00Z",
    "2025-01-18T10:30:00Z",
  ],
  // The day after the clocks were set forward: yesterday had 23 hours.
  [
    "today",
    "2025-03-31T10:00:00Z",
    "Europe/Berlin",
    "2025-03-30T22:00:00Z",
    "2025-03-29T23:00:00Z",
    "2025-03-30T11:00:00Z",
  ],
  // The minute under way has hardly begun: four are compared with four.
  [
    "5m",
    "2025-01-19T10:30:10Z",
    SEOUL,
    "2025-01-19T10:26:00Z",
    "2025-01-19T10:22:00Z",
    "2025-01-19T10:26:00Z",
  ],
  // It is nearly over: five are compared with five.
  [
    "5m",
    "2025-01-19T10:30:50Z",
    SEOUL,
    "2025-01-19T10:26:00Z",
    "2025-01-19T10:21:00Z",
    "2025-01-19T10:26:00Z",
  ],
  [
    "1h",
    "2025-01-19T10:30:50Z",
    SEOUL,
    "2025-01-19T09:31:00Z",
    "2025-01-19T08:31:00Z",
    "2025-01-19T09:31:00Z",
  ],
  [
    "24h",
    "2025-01-19T10:30:50Z",
    SEOUL,
    "2025-01-18T10:31:00Z",
    "2025-01-17T10:31:00Z",
    "2025-01-18T10:31:00Z",
  ],
];

for (const [name, now, zone, from, compareFrom, compareTo] of CASES) {
  Deno.test(`[T-E02] the window ${name} at ${now} in ${zone}`, () => {
    const iso = (text: string) => new Date(text).toISOString();
    assert.deepEqual(toWindow(windowOf(name, { now: Date.parse(now), timeZone: zone })), {
      from: iso(from),
      to: iso(now),
      compareFrom: iso(compareFrom),
      compareTo: iso(compareTo),
    });
  });
}

Deno.test("[T-E02] a day that has just begun is compared with nothing", () => {
  const now = Date.parse("2025-01-18T15:00:10Z");
  const { before } = windowOf("today", { now, timeZone: SEOUL });
  assert.equal(before.from, before.to);
});

Deno.test("[E-11][T-E07] the volume has 24 whole hours, the one under way the last", () => {
  for (const now of ["2025-01-19T10:30:00.000Z", "2025-01-19T10:00:00.000Z"]) {
    const { from, to } = volumeHours(Date.parse(now));
    assert.equal(to - from, 24 * 3_600_000);
    assert.equal(new Date(to).toISOString(), "2025-01-19T11:00:00.000Z");
  }
});
