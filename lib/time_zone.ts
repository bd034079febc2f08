/** A half-open span of time, epoch milliseconds. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The calendar day that holds a moment, in an IANA time zone; 23 to 25 hours long (T-M21). */
export function dayOf(atMs: number, timeZone: string): Span {
  const start = Temporal.Instant.fromEpochMilliseconds(atMs)
    .toZonedDateTimeISO(timeZone)
    .startOfDay();
  return { from: start.epochMilliseconds, to: start.add({ days: 1 }).epochMilliseconds };
}

/** The calendar date of a moment in an IANA time zone, as `YYYY-MM-DD`. */
export function dateOf(atMs: number, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(timeZone).toPlainDate()
    .toString();
}

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
