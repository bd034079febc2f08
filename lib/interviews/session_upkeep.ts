import type { SessionPlace } from "./keys.ts";
import type { SessionCommits } from "./session_commits.ts";
import { asOf } from "./session_life.ts";
import type { SessionsDeps } from "./sessions.ts";

/** Looked at together by the timer's step. */
const MAX_DUE = 100;
const DAY_MS = 86_400_000;

/** What happens to sessions by itself. */
export function createSessionUpkeep(deps: SessionsDeps, { commit, remove }: SessionCommits) {
  const { clock: { now }, settings, store, turns, tell } = deps;

  async function settle(place: SessionPlace): Promise<void> {
    const session = await store.find(place);
    if (session === null) return;
    const ended = asOf(session, now());
    if (ended !== session || session.warnedAt !== null) return await commit(session, ended);
    const warned = { ...session, warnedAt: now() };
    await commit(session, warned);
    tell(place.userId, { kind: "interview:warning", session: warned });
  }

  return {
    /** Removes sessions that began longer ago than is set; the timer's step. */
    async removeOld(): Promise<void> {
      if (settings.retainDays === null) return;
      const cutoff = now() - settings.retainDays * DAY_MS;
      for (const place of await store.startedBefore(cutoff, MAX_DUE)) {
        await turns.run(place.userId, () => remove(place));
      }
    },
    /** Warns of sessions whose time is nearly over and ends those whose time is; the timer's step. */
    async settleDue(): Promise<void> {
      for (const place of await store.due(now(), MAX_DUE)) {
        await turns.run(place.userId, () => settle(place));
      }
    },
  };
}
