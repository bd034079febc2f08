import { openMetrics } from "../lib/metrics/mod.ts";
import {
  type AskingDeps,
  createRemoteAnalyser,
  createRemoteTranscriber,
  createRemoteWriter,
  localAnalyser,
  noTranscriber,
  openInterviews,
  type ServiceCall,
  type Transcriber,
} from "../lib/interviews/mod.ts";
import { openKiosks } from "../lib/kiosks/mod.ts";
import { chance } from "../lib/jitter.ts";
import { openAuth } from "../lib/auth/mod.ts";
import { openPeople, type Profile } from "../lib/people/mod.ts";
import { toMail } from "../lib/auth/letters.ts";
import type { Config } from "../lib/config/mod.ts";
import { openMissions, SHIPPED_MISSIONS } from "../lib/missions/mod.ts";
import type { Base } from "./base.ts";
import { observeInterviews } from "./interview_log.ts";
import { missionEvents } from "./mission_events.ts";
import type { Parts } from "./parts.ts";
import { createReports } from "./reports.ts";

export type Domains = Awaited<ReturnType<typeof composeDomains>>;

/** Opens the domains, and hands one what it needs of another. */
export async function composeDomains(base: Base, parts: Parts) {
  const { config } = base;
  const missions = await openMissions({
    ...base,
    definitions: parts.definitions ?? SHIPPED_MISSIONS,
    timeZone: config.exhibition.timeZone,
    retainEventsDays: config.storage.retainEventsDays,
    onRefusal: base.observation.refusal,
    onFeedError: base.fault("Live feed could not read on, it tries again"),
    onRebuild: () => base.logger.info("Rows of attempts are made anew, then the server listens"),
    onUnreadable: base.fault("History of an attempt cannot be read, the attempt is left out"),
  });
  const metrics = await openMetrics({
    ...base,
    timeZone: config.exhibition.timeZone,
    conversionEvents: config.metrics.conversionEvents,
    readForeign: missionEvents(missions.eventSource, config.exhibition.country),
    async attemptsEnded(span) {
      const { ended, completed } = await missions.endedIn(span);
      return { converted: completed, total: ended };
    },
    measured: base.recentWork.measured,
    onOutcomes: base.observation.events,
    onListenerError: base.fault("Listener of the metrics failed"),
  });
  const auth = await openAuth({
    ...base,
    settings: config.auth,
    oauthClients: config.oauth,
    requireVerifiedEmail: config.auth.requireVerifiedEmail,
    async write(letter) {
      const mail = toMail(letter, publicUrlOf(config));
      if (mail !== null) await base.mailer.send(mail);
    },
    onSignIn: (userId) => reports.signedIn(userId),
    onLetterError: base.fault("Letter could not be sent"),
  });
  const people = await openPeople({
    ...base,
    timeZone: config.exhibition.timeZone,
    isPerson: async (userId) => await auth.accounts.find(userId) !== null,
  });
  const service = serviceOf(base);
  const interviews = await openInterviews({
    ...base,
    settings: config.interviews,
    recordingsFolder: config.storage.recordingsFolder,
    timeZone: config.exhibition.timeZone,
    random: chance,
    // The service that is set, else the rubric.
    analyser: parts.analyser ?? (service ? createRemoteAnalyser(service) : localAnalyser),
    transcriber: parts.transcriber ?? transcriberOf(base, service),
    writer: service && createRemoteWriter(service),
    onAnalysisError: base.fault("Answer could not be analysed, it is tried again"),
    onUnreadable: base.fault("Stored row of interview practice cannot be read, it is left out"),
    async preferencesOf(userId) {
      const { preferences, subscription } = await people.profiles.find(userId);
      return { ...preferences, isPremium: isPremium(subscription, base.clock.now()) };
    },
  });
  const kiosks = await openKiosks({ ...base, fixed: config.auth.kioskKeys });
  const { queue } = interviews;
  const { gauge } = base.observation;
  observeInterviews(base, interviews);
  gauge("docent_analyses_waiting", "Answers that wait for their analysis", queue.waiting);
  gauge("docent_analyses_dead", "Answers whose analysis was given up", queue.dead);
  const reports = createReports(base, { auth, people });
  return { missions, metrics, auth, people, interviews, kiosks, reports };
}

function isPremium({ type, expiresAt }: Profile["subscription"], now: number): boolean {
  return type === "premium" && (expiresAt === null || now < expiresAt);
}

/** Where links in letters lead. */
function publicUrlOf({ http: { publicUrl, port } }: Config): string {
  return publicUrl ?? `http://localhost:${port}`;
}

/** How the service is asked; null where none is set. */
function serviceOf({ config, clock, ids, observation }: Base): AskingDeps | null {
  const { ai } = config.interviews;
  if (ai === null) return null;
  const onCall = ({ soundSec, ...call }: ServiceCall) => {
    const words = call.inputTokens * ai.inputCents + call.outputTokens * ai.outputCents;
    const sound = soundSec / 3_600 * (ai.transcription?.centsPerHour ?? 0);
    observation.aiCall({ ...call, dollars: (words / 1_000_000 + sound) / 100 });
  };
  return { settings: ai, clock, unique: ids.unique, onCall };
}

/** The service, where what people say may be sent to it. */
function transcriberOf({ config }: Base, service: AskingDeps | null): Transcriber {
  const transcription = config.interviews.ai?.transcription ?? null;
  if (service === null || transcription === null) return noTranscriber;
  return createRemoteTranscriber({ ...service, transcription });
}
