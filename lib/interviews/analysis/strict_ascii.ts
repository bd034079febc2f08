import { AppError } from "../../errors.ts";

/** What document 5 allows; no Korean, no quotes, so it holds only where it is asked for (T-P01). */
const STRICT_ASCII = /^[a-zA-Z0-9\s.,!?-]+$/;

/** @throws AppError VALIDATION_ERROR */
export function requireAscii(answer: string): void {
  if (STRICT_ASCII.test(answer)) return;
  throw new AppError("VALIDATION_ERROR", "Answer has other characters than are allowed", {
    details: { field: "answer", expected: "English letters, digits, spaces and . , ! ? -" },
  });
}
