import type { Locale } from "./locale.ts";
import { createNumbers, type Numbers, tagOf } from "./numbers.ts";

/** Numbers and times as one reader reads them: by language, and in the exhibition's time zone. */
export interface Format extends Numbers {
  /** `10:35:45`, 24 hours, in the exhibition's zone. */
  time(at: string | number): string;
  /** Day and time to the second. */
  dateTime(at: string | number): string;
  /** Day without the year, and time to the minute: for lists, where all is recent. */
  shortDateTime(at: string | number): string;
  /** The day of an instant, in the exhibition's zone. */
  date(at: string | number): string;
  /** A calendar day `2025-01-19` in short: `19 Jan`; it has no zone of its own. */
  day(day: string): string;
  /** A calendar month `2025-01`: `Jan 2025`. */
  month(month: string): string;
}

/**
 * Formats for a language and an IANA zone. `Intl` objects are dear to make (some 50 µs each) and
 * cheap to use, so a server makes one per pair and keeps it.
 */
export function createFormat(locale: Locale, timeZone: string): Format {
  const tag = tagOf(locale);
  const clock = {
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  } as const;
  const calendar = { year: "numeric", month: "short", day: "numeric" } as const;
  const time = new Intl.DateTimeFormat(tag, { timeZone, ...clock });
  const dateTime = new Intl.DateTimeFormat(tag, { timeZone, ...calendar, ...clock });
  const short = new Intl.DateTimeFormat(tag, {
    timeZone,
    month: "short",
    day: "numeric",
    hour: clock.hour,
    minute: clock.minute,
    hourCycle: clock.hourCycle,
  });
  const date = new Intl.DateTimeFormat(tag, { timeZone, ...calendar, weekday: "short" });
  const day = new Intl.DateTimeFormat(tag, { timeZone: "UTC", month: "short", day: "numeric" });
  const month = new Intl.DateTimeFormat(tag, { timeZone: "UTC", year: "numeric", month: "short" });
  return {
    ...createNumbers(locale),
    time: (at) => time.format(new Date(at)),
    dateTime: (at) => dateTime.format(new Date(at)),
    shortDateTime: (at) => short.format(new Date(at)),
    date: (at) => date.format(new Date(at)),
    day: (text) => day.format(new Date(`${text}T00:00:00Z`)),
    month: (text) => month.format(new Date(`${text}-01T00:00:00Z`)),
  };
}
