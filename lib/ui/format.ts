import type { Locale } from "./locale.ts";

/** Numbers and times as one reader reads them: by language, and in the exhibition's time zone. */
export interface Format {
  /** `1,234`; at most `digits` decimals, none unless told. */
  number(value: number, digits?: number): string;
  /** Always that many decimals: `3.8`. */
  fixed(value: number, digits: number): string;
  /** A share from 0 to 1 as `80.0%`. */
  percent(share: number): string;
  /** A duration as the documents write it: `12.5s`, and from a minute on `390.0s (6m 30s)`. */
  duration(seconds: number): string;
  /** A duration in a card or a cell: `85.4s`, from two minutes on `6m 30s`, `1h 05m`. */
  shortDuration(seconds: number): string;
  /** `10:35:45`, 24 hours, in the exhibition's zone. */
  time(at: string | number): string;
  /** Day and time to the second. */
  dateTime(at: string | number): string;
  /** Day without the year, and time to the minute: for lists, where all is recent. */
  shortDateTime(at: string | number): string;
  /** The day of an instant, in the exhibition's zone. */
  date(at: string | number): string;
  /** A calendar day `2025-01-19` in short: `Jan 19`; it has no zone of its own. */
  day(day: string): string;
}

const TAGS: Record<Locale, string> = { ko: "ko-KR", en: "en-GB" };

/**
 * Formats for a language and an IANA zone. `Intl` objects are dear to make (some 50 µs each) and
 * cheap to use, so a server makes one per pair and keeps it.
 */
export function createFormat(locale: Locale, timeZone: string): Format {
  const tag = TAGS[locale];
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
  const number = numbersOf(tag);
  const fixed = (value: number, digits: number) => number(value, digits, digits);
  return {
    number: (value, digits = 0) => number(value, 0, digits),
    fixed,
    percent: (share) => `${fixed(share * 100, 1)}%`,
    duration(seconds) {
      const exact = `${fixed(seconds, 1)}s`;
      return seconds < 60 ? exact : `${exact} (${minutesAndSeconds(seconds)})`;
    },
    shortDuration: (seconds) =>
      seconds < 120 ? `${fixed(seconds, 1)}s` : minutesAndSeconds(seconds),
    time: (at) => time.format(new Date(at)),
    dateTime: (at) => dateTime.format(new Date(at)),
    shortDateTime: (at) => short.format(new Date(at)),
    date: (at) => date.format(new Date(at)),
    day: (text) => day.format(new Date(`${text}T00:00:00Z`)),
  };
}

function numbersOf(tag: string): (value: number, min: number, max: number) => string {
  const formats = new Map<string, Intl.NumberFormat>();
  return (value, minimumFractionDigits, maximumFractionDigits) => {
    const key = `${minimumFractionDigits}-${maximumFractionDigits}`;
    const known = formats.get(key);
    const format = known ??
      new Intl.NumberFormat(tag, { minimumFractionDigits, maximumFractionDigits });
    if (known === undefined) formats.set(key, format);
    return format.format(value);
  };
}

/** `6m 30s`; from an hour on `1h 05m`. Rounded first, so that 59.96 s more is a minute more. */
function minutesAndSeconds(seconds: number): string {
  const whole = Math.round(seconds);
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  if (hours > 0) return `${hours}h ${String(minutes).padStart(2, "0")}m`;
  return `${minutes}m ${String(whole % 60).padStart(2, "0")}s`;
}
