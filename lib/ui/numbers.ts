import type { Locale } from "./locale.ts";

/** Numbers and durations as one language writes them; the words of that language use it as well. */
export interface Numbers {
  /** `1,234`; at most `digits` decimals, none unless told. */
  number(value: number, digits?: number): string;
  /** Always that many decimals: `3.8`. */
  fixed(value: number, digits: number): string;
  /** A share from 0 to 1 as `80.0%`. */
  percent(share: number): string;
  /** A duration as the documents write it: `12.5s`, and from a minute on `390.0s (6m 30s)`. */
  duration(seconds: number): string;
  /** A duration in a sentence, a card or a cell: `45s`, `85.4s`, from two minutes on `6m 30s`. */
  shortDuration(seconds: number): string;
}

const TAGS: Record<Locale, string> = { ko: "ko-KR", en: "en-GB" };

interface Units {
  readonly hour: string;
  readonly minute: string;
  readonly second: string;
}

const UNITS: Record<Locale, Units> = {
  ko: { hour: "시간", minute: "분", second: "초" },
  en: { hour: "h", minute: "m", second: "s" },
};

/** By `Intl`'s own name of the language. */
export function tagOf(locale: Locale): string {
  return TAGS[locale];
}

export function createNumbers(locale: Locale): Numbers {
  const write = writerOf(tagOf(locale));
  const units = UNITS[locale];
  const fixed = (value: number, digits: number) => write(value, digits, digits);
  const seconds = (value: string) => `${value}${units.second}`;
  return {
    number: (value, digits = 0) => write(value, 0, digits),
    fixed,
    percent: (share) => `${fixed(share * 100, 1)}%`,
    duration(value) {
      const exact = seconds(fixed(value, 1));
      return value < 60 ? exact : `${exact} (${inUnits(value, units)})`;
    },
    shortDuration: (value) =>
      Math.round(value) < 120 ? seconds(write(value, 0, 1)) : inUnits(value, units),
  };
}

/** `Intl` objects are dear to make and cheap to use. */
function writerOf(tag: string): (value: number, min: number, max: number) => string {
  const formats = new Map<string, Intl.NumberFormat>();
  return (value, minimumFractionDigits, maximumFractionDigits) => {
    const key = `${minimumFractionDigits}-${maximumFractionDigits}`;
    const format = formats.get(key) ??
      new Intl.NumberFormat(tag, { minimumFractionDigits, maximumFractionDigits });
    formats.set(key, format);
    return format.format(value);
  };
}

/** `6m 30s`, `1h 5m`, `15m`. Rounded first, so that 59.96 s more is a minute more. */
function inUnits(seconds: number, units: Units): string {
  const whole = Math.round(seconds);
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const parts = [
    { count: hours, unit: units.hour },
    { count: minutes, unit: units.minute },
    // Of an hour and more, nobody wants the seconds.
    { count: hours > 0 ? 0 : whole % 60, unit: units.second },
  ];
  const said = parts.filter(({ count }) => count > 0);
  return said.map(({ count, unit }) => `${count}${unit}`).join(" ");
}
