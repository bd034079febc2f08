import assert from "node:assert/strict";
import { AppError } from "../../lib/errors.ts";
import { parsePeriod, type PeriodOptions } from "../../lib/period.ts";

const NOW = Date.parse("2025-01-19T10:30:00.000Z");
const WEEK: PeriodOptions = { now: NOW, timeZone: "Asia/Seoul", defaultDays: 7 };
const ALL: PeriodOptions = { ...WEEK, defaultDays: null };

function periodOf(start: string | undefined, end: string | undefined, options: PeriodOptions) {
  const { from, to } = parsePeriod(start, end, options);
  return [new Date(from).toISOString(), new Date(to).toISOString()];
}

const PERIODS: readonly [
  name: string,
  start: string | undefined,
  end: string | undefined,
  options: PeriodOptions,
  from: string,
  to: string,
][] = [
  [
    "[T-M21] nothing asked for is seven days up to now",
    ...[undefined, undefined, WEEK] as const,
    ...["2025-01-12T10:30:00.000Z", "2025-01-19T10:30:00.000Z"] as const,
  ],
  [
    "[M-18] nothing asked for is everything",
    ...[undefined, undefined, ALL] as const,
    ...["2000-01-01T00:00:00.000Z", "2100-01-01T00:00:00.000Z"] as const,
  ],
  [
    "[T-M21] a date is a whole day in the exhibition's time zone, the end's included",
    ...["2025-01-18", "2025-01-19", WEEK] as const,
    ...["2025-01-17T15:00:00.000Z", "2025-01-19T15:00:00.000Z"] as const,
  ],
  [
    "[T-M21] one date is that day",
    ...["2025-01-19", "2025-01-19", { ...WEEK, timeZone: "UTC" }] as const,
    ...["2025-01-19T00:00:00.000Z", "2025-01-20T00:00:00.000Z"] as const,
  ],
  [
    "[T-M21] a day without an hour has 23",
    ...["2025-03-30", "2025-03-30", { ...WEEK, timeZone: "Europe/Berlin" }] as const,
    ...["2025-03-29T23:00:00.000Z", "2025-03-30T22:00:00.000Z"] as const,
  ],
  [
    "[T-M21] an instant is the moment itself",
    ...["2025-01-19T09:00:00+09:00", "2025-01-19T10:30:00.001Z", WEEK] as const,
    ...["2025-01-19T00:00:00.000Z", "2025-01-19T10:30:00.001Z"] as const,
  ],
  [
    "[T-M21] an instant whose plus sign the query made a space is read all the same",
    ...["2025-01-19T09:00:00 09:00", undefined, WEEK] as const,
    ...["2025-01-19T00:00:00.000Z", "2025-01-19T10:30:00.000Z"] as const,
  ],
  [
    "[T-M21] only an end has seven days before it",
    ...[undefined, "2024-12-31", WEEK] as const,
    ...["2024-12-24T15:00:00.000Z", "2024-12-31T15:00:00.000Z"] as const,
  ],
  [
    "[T-M21] seven days are counted by the calendar where clocks change",
    ...[undefined, "2025-03-30", { ...WEEK, timeZone: "Europe/Berlin" }] as const,
    ...["2025-03-23T23:00:00.000Z", "2025-03-30T22:00:00.000Z"] as const,
  ],
  [
    "[M-18] only a start goes on without an end",
    ...["2025-01-19", undefined, ALL] as const,
    ...["2025-01-18T15:00:00.000Z", "2100-01-01T00:00:00.000Z"] as const,
  ],
];

for (const [name, start, end, options, from, to] of PERIODS) {
  Deno.test(name, () => assert.deepEqual(periodOf(start, end, options), [from, to]));
}

const REFUSED: readonly [start: string | undefined, end: string | undefined, field: string][] = [
  ["yesterday", undefined, "startDate"],
  ["2025-02-30", undefined, "startDate"],
  ["2025-1-9", undefined, "startDate"],
  ["2025-01-19T10:30:00", undefined, "startDate"],
  ["1737282600000", undefined, "startDate"],
  [undefined, "2025-13-01", "endDate"],
  [undefined, "", "endDate"],
  ["2025-01-20", "2025-01-19", "startDate"],
  ["2025-01-19T10:00:00Z", "2025-01-19T10:00:00Z", "startDate"],
  ["2025-02-01", undefined, "startDate"],
];

for (const [start, end, field] of REFUSED) {
  Deno.test(`[M-18][T-M21] from ${start} to ${end} is refused by its field`, () => {
    assert.throws(() => parsePeriod(start, end, WEEK), (error) => {
      assert.ok(error instanceof AppError);
      assert.equal(error.code, "VALIDATION_ERROR");
      assert.equal(error.details?.field, field);
      assert.match(error.details?.expected ?? "", /^a (date|time)/);
      return true;
    });
  });
}

Deno.test("[M-18] an end of before all time is refused by its field", () => {
  assert.throws(() => parsePeriod(undefined, "1999-01-01", ALL), (error) => {
    assert.ok(error instanceof AppError);
    assert.equal(error.details?.field, "endDate");
    return true;
  });
});
