import { sha256 } from "../digest.ts";
import type { Kv } from "../kv/port.ts";
import { createAvatarStore, parseAvatar } from "./avatar.ts";
import type { ProfileStore } from "./profile.ts";

/** People's pictures; the profile has a hash of each, so that browsers ask anew for another. */
export function createPictures(kv: Kv, profiles: Pick<ProfileStore, "change">) {
  const avatars = createAvatarStore(kv);
  return {
    findPicture: avatars.find,
    removePicture: avatars.remove,
    /** @throws AppError PAYLOAD_TOO_LARGE; UNSUPPORTED_MEDIA for what is no picture of a known kind */
    async setPicture(userId: string, bytes: Uint8Array): Promise<void> {
      const avatar = parseAvatar(bytes);
      await avatars.set(userId, avatar);
      const avatarHash = sha256(avatar.bytes).slice(0, 16);
      await profiles.change(userId, (profile) => ({ ...profile, avatarHash }));
    },
  };
}
