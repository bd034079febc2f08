import { openAuth } from "../lib/auth/mod.ts";
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
  const auth = await openAuth({ ...base, settings: config.auth });
  return { missions, auth };
}
