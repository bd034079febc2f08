import { z } from "zod";
import type { Clock } from "../clock.ts";
import { sha256 } from "../digest.ts";
import { decodeJson, encodeJson } from "../kv/json_value.ts";
import type { Kv } from "../kv/port.ts";
import { authKeys, type LinkPurpose } from "./keys.ts";
import { randomToken } from "./random_token.ts";
import { isSameText } from "./same_text.ts";

const linkSchema = z.object({ tokenHash: z.string(), expiresAt: z.number() });

/** Links that are sent to a person's address; each is good once, and ends with the next one. */
export interface Links {
  /** Gives the token of a new link. */
  open(purpose: LinkPurpose, userId: string): Promise<string>;
  /** Uses a link up and says whose it was; null for one that is not, or no longer, good. */
  take(purpose: LinkPurpose, token: string): Promise<string | null>;
}

const TTL_MS: Readonly<Record<LinkPurpose, number>> = {
  reset: 30 * 60_000,
  verify: 7 * 86_400_000,
};

const MAX_TOKEN_CHARS = 200;

export function createLinks({ kv, clock }: { readonly kv: Kv; readonly clock: Clock }): Links {
  return {
    async open(purpose, userId) {
      const secret = randomToken();
      const row = { tokenHash: await sha256(secret), expiresAt: clock.now() + TTL_MS[purpose] };
      const key = authKeys.link(purpose, userId);
      await kv.set(key, encodeJson(row), { expireIn: TTL_MS[purpose] });
      return `${userId}.${secret}`;
    },
    async take(purpose, token) {
      // Longer than any of ours, and than a key of the store may be.
      if (token.length > MAX_TOKEN_CHARS) return null;
      const [userId, secret = ""] = token.split(".", 2);
      const entry = await kv.get(authKeys.link(purpose, userId));
      if (entry.value === null) return null;
      const { tokenHash, expiresAt } = decodeJson(entry.key, entry.value, linkSchema);
      const isGood = isSameText(tokenHash, await sha256(secret)) && clock.now() < expiresAt;
      if (!isGood) return null;
      // Of two at the same time one comes through.
      const { ok } = await kv.atomic().check(entry).delete(entry.key).commit();
      return ok ? userId : null;
    },
  };
}
