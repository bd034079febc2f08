/** A half-open span of time, epoch milliseconds. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The calendar day that holds a moment, in an IANA time zone; 23 to 25 hours long (T-M21). */
export function dayOf(atMs: number, timeZone: string): Span {
  const at = Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(timeZone);
  // A day may begin at one o'clock, and the next one all the same at midnight.
  const next = at.add({ days: 1 }).startOfDay();
  return { from: at.startOfDay().epochMilliseconds, to: next.epochMilliseconds };
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
