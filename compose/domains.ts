import { openAuth } from "../lib/auth/mod.ts";
import { openPeople } from "../lib/people/mod.ts";
import { toMail } from "../lib/auth/letters.ts";
import type { Config } from "../lib/config/mod.ts";
import { openMissions, SHIPPED_MISSIONS } from "../lib/missions/mod.ts";
import type { Base } from "./base.ts";
import type { Parts } from "./parts.ts";

export type Domains = Awaited<ReturnType<typeof composeDomains>>;

/** Opens the domains, and hands one what it needs of another. */
export async function composeDomains(base: Base, parts: Parts) {
  const { config } = base;
  const missions = await openMissions({
    ...base,
    definitions: parts.definitions ?? SHIPPED_MISSIONS,
    timeZone: config.exhibition.timeZone,
    onRefusal: base.observation.refusal,
    onFeedError: base.fault("Live feed could not read on, it tries again"),
  });
  const auth = await openAuth({
    ...base,
    settings: config.auth,
    requireVerifiedEmail: config.auth.requireVerifiedEmail,
    async write(letter) {
      const mail = toMail(letter, publicUrlOf(config));
      if (mail !== null) await base.mailer.send(mail);
    },
    onLetterError: base.fault("Letter could not be sent"),
  });
  const people = await openPeople({
    ...base,
    timeZone: config.exhibition.timeZone,
    isPerson: async (userId) => await auth.accounts.find(userId) !== null,
  });
  return { missions, auth, people };
}

/** Where links in letters lead. */
function publicUrlOf({ http: { publicUrl, port } }: Config): string {
  return publicUrl ?? `http://localhost:${port}`;
}
