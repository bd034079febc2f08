import { z } from "zod";
import { JOB_CATEGORIES } from "../job_categories.ts";
import { decodeJson, encodeJson } from "../kv/json_value.ts";
import type { Kv } from "../kv/port.ts";
import { createOneAtATime } from "../one_at_a_time.ts";
import { peopleKeys } from "./keys.ts";

export const preferencesSchema = z.object({
  jobCategory: z.enum(JOB_CATEGORIES),
  difficulty: z.enum(["easy", "medium", "hard"]),
  notifications: z.boolean(),
  language: z.enum(["ko", "en"]),
});

export const settingsSchema = z.object({
  /** Shows the name on the leaderboard (T-L08). */
  showOnLeaderboard: z.boolean(),
});

export const profileSchema = z.object({
  preferences: preferencesSchema,
  settings: settingsSchema,
  subscription: z.object({ type: z.enum(["free", "premium"]), expiresAt: z.number().nullable() }),
  /** Of the picture's bytes; null without one. */
  avatarHash: z.string().nullable(),
});
/** What a person has set (P-14). */
export type Profile = z.infer<typeof profileSchema>;

const BEGINNING: Profile = {
  preferences: { jobCategory: "other", difficulty: "medium", notifications: true, language: "ko" },
  settings: { showOnLeaderboard: false },
  subscription: { type: "free", expiresAt: null },
  avatarHash: null,
};

export interface ProfileStore {
  /** The beginning for who has set nothing. */
  find(userId: string): Promise<Profile>;
  change(userId: string, change: (profile: Profile) => Profile): Promise<Profile>;
  remove(userId: string): Promise<void>;
}

export function createProfileStore(kv: Kv): ProfileStore {
  const turns = createOneAtATime();

  async function find(userId: string): Promise<Profile> {
    const { key, value } = await kv.get(peopleKeys.profile(userId));
    return value === null ? BEGINNING : decodeJson(key, value, profileSchema);
  }

  return {
    find,
    change: (userId, change) =>
      turns.run(userId, async () => {
        const changed = change(await find(userId));
        await kv.set(peopleKeys.profile(userId), encodeJson(changed));
        return changed;
      }),
    remove: (userId) => turns.run(userId, () => kv.delete(peopleKeys.profile(userId))),
  };
}
