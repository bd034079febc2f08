import { AppError } from "../errors.ts";
import type { Kv } from "../kv/port.ts";
import { peopleKeys } from "./keys.ts";

/** One value of the store holds it. */
export const MAX_AVATAR_BYTES = 48 * 1024;

/** How the three kinds of pictures begin (P-08, T-P11); what the sender calls it does not count. */
const KINDS = [
  { type: "image/png", begins: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], at: 0 },
  { type: "image/jpeg", begins: [0xff, 0xd8, 0xff], at: 0 },
  { type: "image/webp", begins: [0x57, 0x45, 0x42, 0x50], at: 8 },
] as const;

export type AvatarType = (typeof KINDS)[number]["type"];

export interface Avatar {
  readonly type: AvatarType;
  readonly bytes: Uint8Array;
}

/** @throws AppError PAYLOAD_TOO_LARGE; UNSUPPORTED_MEDIA for what is none of the three kinds */
export function parseAvatar(bytes: Uint8Array): Avatar {
  if (bytes.length > MAX_AVATAR_BYTES) {
    throw new AppError("PAYLOAD_TOO_LARGE", "Picture is too large", {
      details: { field: "body", expected: `at most ${MAX_AVATAR_BYTES} bytes` },
    });
  }
  const kind = KINDS.find(({ begins, at }) => begins.every((byte, i) => bytes[at + i] === byte));
  if (kind === undefined) {
    throw new AppError("UNSUPPORTED_MEDIA", "Picture is not of a known kind", {
      details: { field: "body", expected: "a PNG, JPEG or WebP picture as the body itself" },
    });
  }
  return { type: kind.type, bytes };
}

/** Pictures as they were sent; their kind is told anew from their first bytes. */
export function createAvatarStore(kv: Kv) {
  return {
    async find(userId: string): Promise<Avatar | null> {
      const { value } = await kv.get(peopleKeys.avatar(userId));
      return value instanceof Uint8Array ? parseAvatar(value) : null;
    },
    async set(userId: string, { bytes }: Avatar): Promise<void> {
      await kv.set(peopleKeys.avatar(userId), bytes);
    },
    async remove(userId: string): Promise<void> {
      await kv.delete(peopleKeys.avatar(userId));
    },
  };
}
