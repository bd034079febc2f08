import { AppError } from "./errors.ts";
import type { Span } from "./time_zone.ts";

export interface PeriodOptions {
  /** Epoch milliseconds. */
  readonly now: number;
  /** IANA name; a date without a time is a day there (T-M21). */
  readonly timeZone: string;
  /**
   * So many days up to now when nothing is asked for, and before the end when only that is; null
   * for all there is.
   */
  readonly defaultDays: number | null;
}

/** Times lie between 2000 and 2100, or their clock is broken and they are refused. */
const ALL: Span = { from: Date.UTC(2000, 0), to: Date.UTC(2100, 0) };

/**
 * The half-open span that `startDate` and `endDate` ask for. A date is a whole day, the one of the
 * end included; an instant is the moment itself, and what starts at the end's is not included.
 * @throws AppError VALIDATION_ERROR for what is neither, and for a start that is not before the end
 */
export function parsePeriod(
  startDate: string | undefined,
  endDate: string | undefined,
  { now, timeZone, defaultDays }: PeriodOptions,
): Span {
  const start = startDate === undefined ? null : parseBound(startDate, "startDate", timeZone);
  const end = endDate === undefined ? null : parseBound(endDate, "endDate", timeZone);
  const to = end?.to ?? (defaultDays === null ? ALL.to : now);
  const from = start?.from ?? (defaultDays === null ? ALL.from : daysBefore(to, defaultDays));
  if (from < to) return { from, to };
  throw new AppError("VALIDATION_ERROR", "Period ends before it begins", {
    details: start === null
      ? { field: "endDate", expected: "a time after the year 2000" }
      : { field: "startDate", expected: "a time before the end of the period" },
  });

  /** By the calendar: a day with a change of clocks is not 24 hours long. */
  function daysBefore(atMs: number, days: number): number {
    return Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(timeZone)
      .subtract({ days }).epochMilliseconds;
  }
}

/** A day as the span that it is, an instant as an empty one. */
function parseBound(text: string, field: string, timeZone: string): Span {
  try {
    if (/^\d{4}-\d\d-\d\d$/.test(text)) {
      const day = Temporal.PlainDate.from(text);
      const startOf = (date: Temporal.PlainDate) =>
        date.toZonedDateTime(timeZone).epochMilliseconds;
      return { from: startOf(day), to: startOf(day.add({ days: 1 })) };
    }
    // An unescaped plus sign of a zone arrives in a query as a space.
    const at = Temporal.Instant.from(text.replace(/ (?=\d\d:\d\d$)/, "+")).epochMilliseconds;
    return { from: at, to: at };
  } catch (cause) {
    throw new AppError("VALIDATION_ERROR", `Date "${field}" cannot be read`, {
      details: {
        field,
        expected: "a date such as 2025-01-19, or a time with a zone such as 2025-01-19T10:30:00Z",
      },
      cause,
    });
  }
}
