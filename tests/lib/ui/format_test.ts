import { equal } from "node:assert/strict";
import { createFormat } from "../../../lib/ui/format.ts";

const seoul = createFormat("ko", "Asia/Seoul");
const berlin = createFormat("en", "Europe/Berlin");

const DURATIONS: [seconds: number, text: string, short: string][] = [
  [0, "0.0s", "0.0s"],
  [12.5, "12.5s", "12.5s"],
  [60, "60.0s (1m 00s)", "60.0s"],
  [85.44, "85.4s (1m 25s)", "85.4s"],
  [119.96, "120.0s (2m 00s)", "120.0s"],
  [390, "390.0s (6m 30s)", "6m 30s"],
  [3900, "3,900.0s (1h 05m)", "1h 05m"],
];

for (const [seconds, text, short] of DURATIONS) {
  Deno.test(`[M-49] duration of ${seconds} s is ${text}`, () => {
    equal(seoul.duration(seconds), text);
    equal(berlin.shortDuration(seconds), short);
  });
}

Deno.test("[T-M21] times and days are those of the exhibition's zone", () => {
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
