import { type Permission, permits, ROLES } from "../lib/auth/roles.ts";
import { isMissionFact } from "../lib/missions/mod.ts";
import { ACTIVITY_TITLES, type NotificationInput } from "../lib/people/mod.ts";
import type { Maintenance } from "../ws/protocol.ts";
import type { Base } from "./base.ts";
import type { Domains } from "./domains.ts";
import { REPORT_WORDS, type ReportWords } from "./report_words.ts";

export type Reports = ReturnType<typeof createReports>;

/** Ratings up to this are told to those who operate. */
const LOW_RATING = 2;
const MAX_FACTS = 500;

type Report = (words: ReportWords) => Omit<NotificationInput, "userId">;

/**
 * What missions and the system have to say: each is stored as a notification and pushed, or
 * as an activity; `interview_news.ts` does it for interviews. Nobody waits for it, and who
 * asked for no notifications is told nothing.
 */
export function createReports(
  { log, fault }: Pick<Base, "log" | "fault">,
  { auth, people }: Pick<Domains, "auth" | "people">,
) {
  const underWay = new Set<Promise<void>>();
  const failed = fault("Report could not be stored");
  let position = log.head();

  function start(work: () => Promise<unknown>): void {
    const done = work().then(() => {}, failed).finally(() => underWay.delete(done));
    underWay.add(done);
  }

  async function report(userId: string, toReport: Report): Promise<void> {
    const { language } = (await people.profiles.find(userId)).preferences;
    await people.report({ userId, ...toReport(REPORT_WORDS[language]) });
  }

  async function reportToStaff(permission: Permission, toReport: Report): Promise<void> {
    for (const role of ROLES.filter((role) => permits(role, permission))) {
      for await (const { userId } of auth.accounts.byRole(role)) await report(userId, toReport);
    }
  }

  return {
    signedIn(userId: string): void {
      const activity = { userId, type: "login", title: ACTIVITY_TITLES.login } as const;
      start(() => people.addActivity({ ...activity, description: "", data: {} }));
    },
    maintenance({ enabled, message }: Pick<Maintenance, "enabled" | "message">): void {
      if (!enabled) return;
      start(() =>
        reportToStaff("read", ({ maintenance }) => ({
          type: "system",
          title: maintenance.title,
          message: message.trim() || maintenance.message,
        }))
      );
    },
    /** Tells of low ratings since the last time; the timer's step. */
    async readMissions(): Promise<void> {
      const records = await log.read(position, MAX_FACTS);
      for (const { fact, position: at } of records) {
        position = at;
        if (!isMissionFact(fact) || fact.type !== "missions.reviewed") continue;
        if (fact.rating > LOW_RATING) continue;
        await reportToStaff("operate", ({ lowRating }) => ({
          type: "system",
          title: lowRating.title(fact.rating),
          message: fact.feedback?.trim() || lowRating.message,
          actionUrl: `/admin/attempts/${fact.attemptId}`,
        }));
      }
    },
    /** Resolves when all that is under way is told. */
    async settled(): Promise<void> {
      await Promise.all(underWay);
    },
  };
}
