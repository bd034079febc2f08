import { deepEqual, equal } from "node:assert/strict";
import { createFormat } from "../../../lib/ui/format.ts";

const seoul = createFormat("ko", "Asia/Seoul");
const berlin = createFormat("en", "Europe/Berlin");

interface Duration {
  readonly seconds: number;
  readonly en: readonly [exact: string, short: string];
  readonly ko: readonly [exact: string, short: string];
}

const DURATIONS: readonly Duration[] = [
  { seconds: 0, en: ["0.0s", "0s"], ko: ["0.0초", "0초"] },
  { seconds: 12.5, en: ["12.5s", "12.5s"], ko: ["12.5초", "12.5초"] },
  { seconds: 60, en: ["60.0s (1m)", "60s"], ko: ["60.0초 (1분)", "60초"] },
  { seconds: 85.44, en: ["85.4s (1m 25s)", "85.4s"], ko: ["85.4초 (1분 25초)", "85.4초"] },
  { seconds: 119.96, en: ["120.0s (2m)", "2m"], ko: ["120.0초 (2분)", "2분"] },
  { seconds: 390, en: ["390.0s (6m 30s)", "6m 30s"], ko: ["390.0초 (6분 30초)", "6분 30초"] },
  {
    seconds: 3900,
    en: ["3,900.0s (1h 5m)", "1h 5m"],
    ko: ["3,900.0초 (1시간 5분)", "1시간 5분"],
  },
];

for (const { seconds, en, ko } of DURATIONS) {
  Deno.test(`[M-49] a duration of ${seconds} s is ${en[0]}`, () => {
    deepEqual([berlin.duration(seconds), berlin.shortDuration(seconds)], en);
    deepEqual([seoul.duration(seconds), seoul.shortDuration(seconds)], ko);
  });
}

Deno.test("[T-M21][X-15] times and days are those of the exhibition's zone", () => {
  equal(seoul.time("2025-01-19T01:35:45.000Z"), "10:35:45");
  equal(berlin.time("2025-01-19T01:35:45.000Z"), "02:35:45");
  equal(seoul.date("2025-01-18T15:00:00.000Z"), "2025년 1월 19일 (일)");
  equal(berlin.date("2025-01-18T15:00:00.000Z"), "Sat, 18 Jan 2025");
  equal(berlin.time("2025-07-19T23:00:00.000Z"), "01:00:00");
  equal(seoul.time("2025-01-18T15:00:00.000Z"), "00:00:00");
});

Deno.test("[T-M21] a calendar day has no zone of its own", () => {
  equal(createFormat("en", "America/Los_Angeles").day("2025-01-19"), "19 Jan");
  equal(seoul.day("2025-01-19"), "1월 19일");
});

Deno.test("[M-47] numbers and shares have the language's marks", () => {
  equal(berlin.number(1234567), "1,234,567");
  equal(berlin.number(12.345, 1), "12.3");
  equal(seoul.fixed(3.8, 1), "3.8");
  equal(seoul.percent(0.8), "80.0%");
});
