import { AppError } from "../../lib/errors.ts";
import type { AppContext } from "./context.ts";

/** The hidden field that carries the session's token. */
export const CSRF_FIELD = "_csrf";

/**
 * The text fields of a form; a missing one reads as empty, files are left out. It may be read more
 * than once.
 * @throws AppError VALIDATION_ERROR
 */
export async function readForm(c: AppContext): Promise<(field: string) => string> {
  const fields = await c.req.parseBody().catch((cause) => {
    throw new AppError("VALIDATION_ERROR", "Form cannot be read", { cause });
  });
  return (field) => {
    const value = Object.hasOwn(fields, field) ? fields[field] : "";
    return typeof value === "string" ? value : "";
  };
}
