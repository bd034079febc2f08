import { z } from "@hono/zod-openapi";
import type { Identity } from "../../../lib/auth/identity.ts";
import { AppError } from "../../../lib/errors.ts";
import { idSchema } from "../../../lib/ids.ts";
import type { AppContext } from "../../middleware/context.ts";
import { whoOf } from "../../middleware/guards.ts";

/** Ids carry their kind, so that no word of an address is ever taken for one (X-01, T-L01). */
function idParam(name: string, prefix: string) {
  return idSchema(prefix).openapi({
    param: { name, in: "path" },
  });
}

export const personParams = z.object({ userId: idParam("userId", "user") });
export const activityParams = z.object({ activityId: idParam("activityId", "activity") });
export const notificationParams = z.object({
  notificationId: idParam("notificationId", "notification"),
});

/** `limit` and `skip` of document 3 (T-L05). */
export function pageQuery(defaultLimit: number) {
  return z.object({
    limit: z.coerce.number().int().min(1).max(100).default(defaultLimit),
    skip: z.coerce.number().int().min(0).max(1_000_000).default(0),
  });
}

/**
 * Lets a person at what is theirs, and the administrator at everybody's (T-L02).
 * @throws AppError FORBIDDEN
 */
export function requireOwner(c: AppContext, userId: string): void {
  if (!mayAct(whoOf(c), userId)) throw new AppError("FORBIDDEN", "This belongs to another person");
}

/**
 * The same for what is named by its own id: somebody else's is as unknown as one that never was.
 * @throws AppError NOT_FOUND
 */
export function requireOwned(c: AppContext, { userId }: { readonly userId: string }): void {
  if (!mayAct(whoOf(c), userId)) throw new AppError("NOT_FOUND", "There is nothing of that id");
}

function mayAct(who: Identity, userId: string): boolean {
  return who.userId === userId || who.role === "admin";
}
