import { isTimeZone } from "../time_zone.ts";
import { type AuthSettings, type OAuthClient, parseAuth, parseOAuth } from "./auth.ts";
import { type HttpSettings, parseHttp } from "./http.ts";
import { type InterviewSettings, parseInterviews } from "./interviews.ts";
import { parsePeople, type PeopleSettings } from "./people.ts";
import { createReader, type Reader } from "./readers.ts";
import { parseUrl } from "./url.ts";

export type { OAuthClient } from "./auth.ts";

export type Profile = "development" | "staging" | "production" | "test";
export type LogLevel = "debug" | "info" | "warn" | "error";

/** Everything that can be set, in domain words; the settings table of README names the variables. */
export interface Config {
  readonly profile: Profile;
  readonly http: HttpSettings;
  readonly storage: {
    readonly kvPath: string;
    /** Keys that seal what people answer; null for one that ends with the process. */
    readonly keyFile: string | null;
    /** Folder of recorded answers; null where none are kept. */
    readonly recordingsFolder: string | null;
    readonly logKeptSec: number;
    /** Of attempts that are older, the events are removed; null for never. */
    readonly retainEventsDays: number | null;
    readonly backups: {
      /** Null for none by themselves. */
      readonly everySec: number | null;
      readonly folder: string;
      /** How many. */
      readonly kept: number;
    };
  };
  readonly auth: AuthSettings;
  readonly exhibition: {
    readonly timeZone: string;
    /** Where its kiosks stand: ISO 3166 alpha-2; null for not told. */
    readonly country: string | null;
    /** Of `/kiosk`, an application that plays the missions; null where it is not served. */
    readonly demoKiosk: {
      /** Digits that staff type on it; null where nobody is asked. */
      readonly pin: string | null;
    } | null;
  };
  readonly metrics: {
    /** Names of events that are conversions; empty for completed attempts. */
    readonly conversionEvents: readonly string[];
  };
  readonly people: PeopleSettings;
  /** By provider; none without a client id. */
  readonly oauth: Readonly<Record<string, OAuthClient>>;
  readonly mail: {
    /** `smtp://user:password@host:port`; null to keep letters in the outbox. */
    readonly url: string | null;
    readonly from: string;
  };
  /** Socket.IO; `/ws` has no settings of its own. */
  readonly socketIo: {
    /** Refuses whoever comes without a token. */
    readonly requireAuth: boolean;
    /** Over which several processes reach each other's sockets; null for one alone. */
    readonly redisUrl: string | null;
    /** Lets administrators send events for tests (T-V06). */
    readonly testEndpoints: boolean;
  };
  readonly limits: {
    /** Anonymous requests in 15 minutes from one address (M-58). */
    readonly anonymousPer15Min: number;
    readonly kioskPerMin: number;
    readonly startsPerMin: number;
    /** Socket upgrades that failed, in a minute from one address (M-59). */
    readonly failedConnectionsPerMin: number;
    /** Connections of one attempt to `/ws`. */
    readonly reconnectsPerMin: number;
    readonly eventsPerSec: number;
    readonly eventBurst: number;
    /** Requests of one key or person to `/api/events`, and events in them (E-22). */
    readonly eventRequestsPerMin: number;
    readonly keyEventsPerMin: number;
    readonly maxConnections: number;
  };
  readonly interviews: InterviewSettings;
  readonly observation: {
    readonly logLevel: LogLevel;
    readonly metricsEnabled: boolean;
    /** Lets others than loopback read `/metrics`; null for none. */
    readonly metricsToken: string | null;
  };
  /** Said once at start; for what was set and has no effect. */
  readonly notices: readonly string[];
}

const PROFILES = ["development", "staging", "production", "test"] as const;
const LEVELS = ["debug", "info", "warn", "error"] as const;
const LEVEL_BY_PROFILE: Record<Profile, LogLevel> = {
  development: "debug",
  staging: "info",
  production: "warn",
  test: "error",
};
const DAY_SEC = 86_400;
const OWN_STORE = "data is kept in KV_PATH";
const OWN_MAIL = "letters go out by SMTP_URL";
/** Settings that documents name, and what stands in their place. */
const NOT_USED: Readonly<Record<string, string>> = {
  MONGODB_URI: OWN_STORE,
  POSTGRES_URI: OWN_STORE,
  DATABASE_URL: OWN_STORE,
  EMAIL_USER: OWN_MAIL,
  EMAIL_PASSWORD: OWN_MAIL,
};

/**
 * Environment to configuration. Pure.
 * @throws Error with every fault in one message; it names the variables, never their values
 */
export function parseConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const read = createReader(env);
  const profile = read.choice("NODE_ENV", PROFILES, "development");
  const config: Config = {
    profile,
    http: parseHttp(read),
    storage: parseStorage(read),
    auth: parseAuth(read),
    exhibition: {
      timeZone: parseTimeZone(read),
      country: parseCountry(read),
      demoKiosk: parseDemoKiosk(read, profile),
    },
    metrics: { conversionEvents: read.list("CONVERSION_EVENTS") },
    people: parsePeople(read),
    oauth: parseOAuth(read),
    mail: {
      url: parseUrl(read, "SMTP_URL", ["smtp:", "smtps:"]),
      from: read.text("MAIL_FROM", "Docent <docent@localhost>"),
    },
    socketIo: {
      requireAuth: read.flag("SOCKET_REQUIRE_AUTH", false),
      redisUrl: parseRedis(read),
      testEndpoints: read.flag("ENABLE_TEST_ENDPOINTS", profile !== "production"),
    },
    limits: parseLimits(read),
    interviews: parseInterviews(read),
    observation: {
      logLevel: read.choice("LOG_LEVEL", LEVELS, LEVEL_BY_PROFILE[profile]),
      metricsEnabled: read.flag("ENABLE_METRICS", true),
      metricsToken: read.optional("METRICS_TOKEN"),
    },
    notices: Object.entries(NOT_USED).filter(([name]) => read.optional(name) !== null)
      .map(([name, instead]) => `${name} is set and not used: ${instead}`),
  };
  if (read.faults.length > 0) {
    throw new Error(`Settings are not right: ${read.faults.join("; ")}`);
  }
  return deepFreeze(config);
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== "object" || value === null) return value;
  for (const inner of Object.values(value)) deepFreeze(inner);
  return Object.freeze(value);
}

function parseStorage(read: Reader): Config["storage"] {
  const kvPath = read.text("KV_PATH", "data/docent.kv");
  const inMemory = kvPath === ":memory:";
  const everySec = read.seconds("BACKUP_EVERY", null);
  if (everySec !== null && inMemory) {
    read.fault("BACKUP_EVERY", "unset when KV_PATH is :memory:, which has no file");
  }
  const logKeptSec = read.seconds("LOG_KEPT", DAY_SEC);
  const retainEventsDays = read.integer("RETAIN_EVENTS_DAYS", null, { min: 1, max: 36_500 });
  if (retainEventsDays !== null && logKeptSec > retainEventsDays * DAY_SEC) {
    read.fault("LOG_KEPT", "at most RETAIN_EVENTS_DAYS, as the log has events too");
  }
  const recordingsFolder = read.optional("RECORDINGS_DIR") ??
    (inMemory ? null : `${kvPath}.recordings`);
  return {
    kvPath,
    recordingsFolder: recordingsFolder?.replace(/(?<=.)\/+$/, "") ?? null,
    keyFile: inMemory ? null : read.text("KEY_FILE", `${kvPath}.key`),
    logKeptSec,
    retainEventsDays,
    backups: {
      everySec,
      folder: read.text("BACKUP_DIR", "data/backups").replace(/(?<=.)\/+$/, ""),
      kept: read.integer("BACKUP_KEPT", 7, { min: 1, max: 10_000 }),
    },
  };
}

/** `REDIS_URL`, or one made of the host and what goes with it (V-21). */
function parseRedis(read: Reader): string | null {
  const url = parseUrl(read, "REDIS_URL", ["redis:", "rediss:"]);
  const host = read.optional("REDIS_HOST");
  const port = read.integer("REDIS_PORT", 6379, { min: 1, max: 65_535 });
  const password = read.optional("REDIS_PASSWORD");
  if (url !== null || host === null) return url;
  const login = password === null ? "" : `:${encodeURIComponent(password)}@`;
  const made = `redis://${login}${host}:${port}`;
  if (URL.parse(made)?.host !== `${host}:${port}`) {
    read.fault("REDIS_HOST", "a host name or an address");
  }
  return made;
}

function parseTimeZone(read: Reader): string {
  const zone = read.text("EXHIBITION_TZ", "Asia/Seoul");
  if (!isTimeZone(zone)) read.fault("EXHIBITION_TZ", "a time zone such as Asia/Seoul");
  return zone;
}

function parseDemoKiosk(read: Reader, profile: Config["profile"]) {
  const pin = read.optional("DEMO_KIOSK_PIN");
  if (pin !== null && !/^\d{4,8}$/.test(pin)) read.fault("DEMO_KIOSK_PIN", "4 to 8 digits");
  // What is tried on it counts as a visit, which nobody wants among the real ones.
  return read.flag("DEMO_KIOSK", profile !== "production") ? { pin } : null;
}

function parseCountry(read: Reader): string | null {
  const country = read.optional("EXHIBITION_COUNTRY");
  if (country !== null && !/^[A-Z]{2}$/.test(country)) {
    read.fault("EXHIBITION_COUNTRY", "two capital letters of ISO 3166 such as KR");
  }
  return country;
}

function parseLimits(read: Reader): Config["limits"] {
  const range = { min: 1, max: 1_000_000_000 };
  return {
    anonymousPer15Min: read.integer("RATE_ANONYMOUS_PER_15_MIN", 100, range),
    kioskPerMin: read.integer("RATE_KIOSK_PER_MIN", 600, range),
    startsPerMin: read.integer("RATE_STARTS_PER_MIN", 30, range),
    failedConnectionsPerMin: read.integer("RATE_FAILED_CONNECTIONS_PER_MIN", 10, range),
    reconnectsPerMin: read.integer("RATE_RECONNECTS_PER_MIN", 30, range),
    eventsPerSec: read.integer("RATE_EVENTS_PER_SEC", 50, range),
    eventBurst: read.integer("RATE_EVENT_BURST", 200, range),
    eventRequestsPerMin: read.integer("RATE_EVENT_REQUESTS_PER_MIN", 1_000, range),
    keyEventsPerMin: read.integer("RATE_KEY_EVENTS_PER_MIN", 10_000, range),
    maxConnections: read.integer("MAX_CONNECTIONS", 10_000, range),
  };
}
