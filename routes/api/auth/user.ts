import { z } from "@hono/zod-openapi";
import type { Account } from "../../../lib/auth/accounts.ts";
import { ROLES } from "../../../lib/auth/roles.ts";
import { toIso } from "../../../lib/clock.ts";
import { preferencesSchema, type Profile } from "../../../lib/people/mod.ts";

/** A person as document 5 shows them to themselves (P-14). */
export const userSchema = z.object({
  id: z.string(),
  email: z.string().nullable(),
  name: z.string(),
  avatar: z.string().optional(),
  role: z.enum(ROLES),
  preferences: preferencesSchema,
  subscription: z.object({
    type: z.enum(["free", "premium"]),
    expiresAt: z.iso.datetime().optional(),
  }),
  emailVerified: z.boolean(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  lastLoginAt: z.iso.datetime().nullable(),
}).openapi("User");

export function toUser(account: Account, profile: Profile): z.infer<typeof userSchema> {
  const { userId, email, name, role, emailVerifiedAt, lastLoginAt } = account;
  const { preferences, subscription: { type, expiresAt }, avatarHash } = profile;
  return {
    id: userId,
    email,
    name,
    ...(avatarHash !== null && { avatar: `/api/users/${userId}/avatar?v=${avatarHash}` }),
    role,
    preferences,
    subscription: { type, ...(expiresAt !== null && { expiresAt: toIso(expiresAt) }) },
    emailVerified: emailVerifiedAt !== null,
    createdAt: toIso(account.createdAt),
    updatedAt: toIso(account.updatedAt),
    lastLoginAt: lastLoginAt === null ? null : toIso(lastLoginAt),
  };
}
