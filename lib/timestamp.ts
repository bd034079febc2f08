import { z } from "zod";

/** Years outside of 2000 to 2100 are those of a clock that has lost its time. */
export function isCredible(at: number): boolean {
  return at >= 946_684_800_000 && at < 4_102_444_800_000;
}

const isoSchema = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

/** ISO 8601 with a zone, to epoch milliseconds; between 2000 and 2100, or it is a broken clock. */
export const timestampSchema = isoSchema.refine(isCredible, "a time between 2000 and 2100");

/** The same of a kiosk, whose clock may have lost its time: any year. */
export const kioskTimeSchema = isoSchema.refine((at) => !Number.isNaN(at), "a time");
