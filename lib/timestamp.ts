import { z } from "zod";

/** ISO 8601 with a zone, to epoch milliseconds; between 2000 and 2100, or it is a broken clock. */
export const timestampSchema = z.iso.datetime({ offset: true }).transform((text, context) => {
  const at = Date.parse(text);
  if (at >= 946_684_800_000 && at < 4_102_444_800_000) return at;
  context.addIssue({ code: "custom", message: "a time between 2000 and 2100" });
  return z.NEVER;
});
