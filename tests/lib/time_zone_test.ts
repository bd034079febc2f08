import assert from "node:assert/strict";
import fc from "fast-check";
import { dayOf, isTimeZone } from "../../lib/time_zone.ts";

const HOUR = 3_600_000;

Deno.test("[T-M21] dayOf() is the calendar day of the zone, 23 to 25 hours long", () => {
  const table: [at: string, zone: string, from: string, to: string, hours: number][] = [
    ["2025-11-21T03:00Z", "Asia/Seoul", "2025-11-20T15:00Z", "2025-11-21T15:00Z", 24],
    ["2025-11-20T15:00Z", "Asia/Seoul", "2025-11-20T15:00Z", "2025-11-21T15:00Z", 24],
    ["2025-11-21T14:59:59.999Z", "Asia/Seoul", "2025-11-20T15:00Z", "2025-11-21T15:00Z", 24],
    ["2025-11-21T15:00Z", "Asia/Seoul", "2025-11-21T15:00Z", "2025-11-22T15:00Z", 24],
    ["2025-10-26T12:00Z", "Europe/Berlin", "2025-10-25T22:00Z", "2025-10-26T23:00Z", 25],
    ["2025-03-30T12:00Z", "Europe/Berlin", "2025-03-29T23:00Z", "2025-03-30T22:00Z", 23],
    ["2025-11-21T03:00Z", "UTC", "2025-11-21T00:00Z", "2025-11-22T00:00Z", 24],
    // Days that begin at one o'clock: midnight is skipped when summer time begins.
    ["2018-11-04T12:00Z", "America/Sao_Paulo", "2018-11-04T03:00Z", "2018-11-05T02:00Z", 23],
    ["2018-11-03T12:00Z", "America/Sao_Paulo", "2018-11-03T03:00Z", "2018-11-04T03:00Z", 24],
    ["2025-09-07T12:00Z", "America/Santiago", "2025-09-07T04:00Z", "2025-09-08T03:00Z", 23],
    // Zones off by a part of an hour.
    ["2025-11-21T03:00Z", "Asia/Kathmandu", "2025-11-20T18:15Z", "2025-11-21T18:15Z", 24],
  ];
  for (const [at, zone, from, to, hours] of table) {
    const day = dayOf(Date.parse(at), zone);
    assert.deepEqual(day, { from: Date.parse(from), to: Date.parse(to) }, `${at} in ${zone}`);
    assert.equal((day.to - day.from) / HOUR, hours);
  }
});

Deno.test("[T-M21] dayOf() gives days that follow one another without a gap", () => {
  const zones = ["Asia/Seoul", "Europe/Berlin", "America/Sao_Paulo", "America/Santiago", "UTC"];
  const at = fc.integer({ min: Date.parse("2015-01-01"), max: Date.parse("2030-01-01") });
  fc.assert(fc.property(at, fc.constantFrom(...zones), (at, zone) => {
    const { from, to } = dayOf(at, zone);
    assert.ok(from <= at && at < to);
    assert.ok(to - from >= 23 * HOUR && to - from <= 25 * HOUR);
    assert.deepEqual(dayOf(from, zone), { from, to });
    assert.equal(dayOf(to, zone).from, to);
    assert.equal(dayOf(from - 1, zone).to, from);
  }));
});

Deno.test("isTimeZone() knows IANA names", () => {
  for (const name of ["Asia/Seoul", "UTC", "Europe/Berlin"]) assert.ok(isTimeZone(name), name);
  for (const name of ["", "Mars/Base", "KST+9", "Asia/Seoul "]) assert.ok(!isTimeZone(name), name);
});
