import assert from "node:assert/strict";
import { type Config, parseConfig } from "../../../lib/config/mod.ts";
import { FLAGGED_WORDS } from "../../../lib/config/interviews.ts";
import { SETTING_NAMES } from "../../../lib/config/names.ts";

const SECRET = "s".repeat(32);
const HASH = "$2b$12$C6UzMDM.H6dfI/f/IKcEeO5yhyvS1IlRcLx1Ur3Bk5c2aOkMFv5Ha";
const KEYS = "hall-a:0123456789abcdef,hall-b:fedcba9876543210";

const TIER = {
  maxDurationSec: 7_200,
  maxQuestions: 20,
  sessionsPerDay: 5,
  answersPerMin: 2,
  writtenPerDay: 10,
};

Deno.test("[M-64][M-65][T-M26] parseConfig() has a default for everything", () => {
  const expected: Config = {
    profile: "development",
    http: {
      port: 3000,
      wsPort: null,
      publicUrl: null,
      wsUrl: null,
      allowedOrigins: [],
      trustedProxies: [],
      countryHeader: null,
    },
    storage: {
      kvPath: "data/docent.kv",
      keyFile: "data/docent.kv.key",
      recordingsFolder: "data/docent.kv.recordings",
      logKeptSec: 86_400,
      retainEventsDays: null,
      backups: { everySec: null, folder: "data/backups", kept: 7 },
    },
    auth: {
      jwtSecret: null,
      loginTtlSec: 86_400,
      accessTtlSec: 900,
      refreshTtlSec: 2_592_000,
      requireVerifiedEmail: false,
      wsTokenTtlSec: 600,
      adminUsername: null,
      adminPasswordHash: null,
      kioskKeys: new Map(),
      requireKioskKey: false,
    },
    exhibition: { timeZone: "Asia/Seoul", country: null, demoKiosk: { pin: null } },
    people: { publicActivities: [] },
    metrics: { conversionEvents: [] },
    oauth: {},
    mail: { url: null, from: "Docent <docent@localhost>" },
    socketIo: { requireAuth: false, redisUrl: null, testEndpoints: true },
    limits: {
      anonymousPer15Min: 100,
      kioskPerMin: 600,
      startsPerMin: 30,
      failedConnectionsPerMin: 10,
      reconnectsPerMin: 30,
      eventsPerSec: 50,
      eventBurst: 200,
      eventRequestsPerMin: 1_000,
      keyEventsPerMin: 10_000,
      maxConnections: 10_000,
    },
    interviews: {
      free: TIER,
      premium: TIER,
      warningSec: 300,
      retainDays: null,
      analysesPerMin: 10,
      questionsPerMin: 30,
      exportsPerHour: 2,
      strictAscii: false,
      flaggedWords: FLAGGED_WORDS,
      recordings: {
        maxBytes: 500_000_000,
        maxBytesPerPerson: 2_000_000_000,
        maxBytesInAll: 20_000_000_000,
        maxUnfinished: 3,
        uploadMaxAgeSec: 86_400,
      },
      ai: null,
    },
    observation: { logLevel: "debug", metricsEnabled: true, metricsToken: null },
    notices: [],
  };
  assert.deepEqual(parseConfig({}), expected);
});

Deno.test("[M-64] parseConfig() takes an empty setting for none", () => {
  const empty = Object.fromEntries(SETTING_NAMES.map((name) => [name, "  "]));
  assert.deepEqual(parseConfig(empty), parseConfig({}));
});

/** A setting, where it goes, and what becomes of it. */
type Row = [env: Record<string, string>, read: (config: Config) => unknown, expected: unknown];

const SETTINGS: Row[] = [
  [{ SOCKET_REQUIRE_AUTH: "true" }, ({ socketIo }) => socketIo.requireAuth, true],
  [{ NODE_ENV: "production" }, ({ socketIo }) => socketIo.testEndpoints, false],
  [
    { NODE_ENV: "production", ENABLE_TEST_ENDPOINTS: "true" },
    ({ socketIo }) => socketIo.testEndpoints,
    true,
  ],
  [{ NODE_ENV: "production" }, ({ profile }) => profile, "production"],
  [{ NODE_ENV: "staging" }, ({ observation }) => observation.logLevel, "info"],
  [{ NODE_ENV: "production" }, ({ observation }) => observation.logLevel, "warn"],
  [{ NODE_ENV: "test" }, ({ observation }) => observation.logLevel, "error"],
  [{ LOG_LEVEL: "warn" }, ({ observation }) => observation.logLevel, "warn"],
  [{ PORT: "8080" }, ({ http }) => [http.port, http.wsPort], [8080, null]],
  [{ PORT: "0" }, ({ http }) => http.port, 0],
  [{ WS_PORT: "3001" }, ({ http }) => [http.port, http.wsPort], [3000, 3001]],
  [{ PORT: "3001", WS_PORT: "3001" }, ({ http }) => http.wsPort, null],
  [{ PUBLIC_URL: "https://a.example//" }, ({ http }) => http.publicUrl, "https://a.example"],
  [{ WS_URL: "wss://a.example/ws" }, ({ http }) => http.wsUrl, "wss://a.example/ws"],
  [{ TRUSTED_PROXIES: "10.0.0.0/8, ::1" }, ({ http }) => http.trustedProxies, [
    "10.0.0.0/8",
    "::1",
  ]],
  [{ KV_PATH: "/srv/a.kv" }, ({ storage }) => storage.kvPath, "/srv/a.kv"],
  [{ KV_PATH: "/srv/a.kv" }, ({ storage }) => storage.keyFile, "/srv/a.kv.key"],
  [{ KEY_FILE: "/srv/a.key" }, ({ storage }) => storage.keyFile, "/srv/a.key"],
  [{ INTERVIEW_MAX_DURATION: "30m" }, ({ interviews }) => interviews.free.maxDurationSec, 1_800],
  [{ INTERVIEW_WARNING: "1m" }, ({ interviews }) => interviews.warningSec, 60],
  [{ INTERVIEW_MAX_QUESTIONS: "7" }, ({ interviews }) => interviews.free.maxQuestions, 7],
  [{ INTERVIEW_SESSIONS_PER_DAY: "7" }, ({ interviews }) => interviews.free.sessionsPerDay, 7],
  [{ RETAIN_INTERVIEWS_DAYS: "7" }, ({ interviews }) => interviews.retainDays, 7],
  [{ INTERVIEW_ANSWERS_PER_MIN: "7" }, ({ interviews }) => interviews.free.answersPerMin, 7],
  [{ RATE_ANALYSES_PER_MIN: "7" }, ({ interviews }) => interviews.analysesPerMin, 7],
  [{ OPENAI_API_KEY: "k" }, ({ interviews }) => interviews.ai, {
    baseUrl: "https://api.openai.com/v1",
    apiKey: "k",
    model: "gpt-4o-mini",
    timeoutSec: 5,
    writeTimeoutSec: 30,
    inputCents: 0,
    outputCents: 0,
    transcription: null,
  }],
  [{ OPENAI_BASE_URL: "http://127.0.0.1:11434/v1/" }, ({ interviews }) => [
    interviews.ai?.baseUrl,
    interviews.ai?.apiKey,
  ], ["http://127.0.0.1:11434/v1", null]],
  [{ OPENAI_API_KEY: "k", OPENAI_MODEL: "m", OPENAI_TIMEOUT: "20s" }, ({ interviews }) => [
    interviews.ai?.model,
    interviews.ai?.timeoutSec,
  ], ["m", 20]],
  [
    { OPENAI_API_KEY: "k", OPENAI_TRANSCRIBE_MODEL: "whisper-1" },
    ({ interviews }) => interviews.ai?.transcription,
    {
      model: "whisper-1",
      timeoutSec: 120,
      maxBytes: 25_000_000,
      centsPerHour: 0,
    },
  ],
  [{ RECORDINGS_DIR: "/mnt/voices/" }, ({ storage }) => storage.recordingsFolder, "/mnt/voices"],
  [{ KV_PATH: ":memory:" }, ({ storage }) => storage.recordingsFolder, null],
  [{ OPENAI_API_KEY: "k", OPENAI_INPUT_CENTS: "15", OPENAI_OUTPUT_CENTS: "60" }, (
    { interviews },
  ) => [interviews.ai?.inputCents, interviews.ai?.outputCents], [15, 60]],
  [{ RATE_QUESTIONS_PER_MIN: "7" }, ({ interviews }) => interviews.questionsPerMin, 7],
  [
    {
      INTERVIEW_MAX_QUESTIONS: "7",
      INTERVIEW_PREMIUM_MAX_DURATION: "3h",
      INTERVIEW_PREMIUM_ANSWERS_PER_MIN: "6",
      INTERVIEW_PREMIUM_GENERATED_PER_DAY: "40",
    },
    ({ interviews }) => interviews.premium,
    { ...TIER, maxQuestions: 7, maxDurationSec: 10_800, answersPerMin: 6, writtenPerDay: 40 },
  ],
  [{ INTERVIEW_PREMIUM_MAX_QUESTIONS: "30" }, ({ interviews }) => [
    interviews.free.maxQuestions,
    interviews.premium.maxQuestions,
  ], [20, 30]],
  [{ INTERVIEW_PREMIUM_SESSIONS_PER_DAY: "20" }, ({ interviews }) => [
    interviews.free.sessionsPerDay,
    interviews.premium.sessionsPerDay,
  ], [5, 20]],
  [{ INTERVIEW_STRICT_ASCII: "true" }, ({ interviews }) => interviews.strictAscii, true],
  [
    { INTERVIEW_FLAGGED_WORDS: "darn, heck" },
    ({ interviews }) => interviews.flaggedWords,
    ["darn", "heck"],
  ],
  [{ RATE_EXPORTS_PER_HOUR: "7" }, ({ interviews }) => interviews.exportsPerHour, 7],
  [{ LOG_KEPT: "2d" }, ({ storage }) => storage.logKeptSec, 172_800],
  [{ RETAIN_EVENTS_DAYS: "90" }, ({ storage }) => storage.retainEventsDays, 90],
  [{ BACKUP_EVERY: "12h" }, ({ storage }) => storage.backups.everySec, 43_200],
  [{ BACKUP_DIR: "/mnt/b/" }, ({ storage }) => storage.backups.folder, "/mnt/b"],
  [{ BACKUP_DIR: "/" }, ({ storage }) => storage.backups.folder, "/"],
  [{ BACKUP_KEPT: "30" }, ({ storage }) => storage.backups.kept, 30],
  [{ JWT_SECRET: SECRET }, ({ auth }) => auth.jwtSecret, SECRET],
  [{ JWT_EXPIRES_IN: "24h" }, ({ auth }) => auth.loginTtlSec, 86_400],
  [{ ADMIN_USERNAME: "kim" }, ({ auth }) => auth.adminUsername, "kim"],
  [{ ADMIN_PASSWORD_HASH: HASH }, ({ auth }) => [auth.adminUsername, auth.adminPasswordHash], [
    "admin",
    HASH,
  ]],
  [{ KIOSK_KEYS: KEYS, REQUIRE_KIOSK_KEY: "true" }, ({ auth }) => auth.requireKioskKey, true],
  [{ KIOSK_KEYS: KEYS }, ({ auth }) => [...auth.kioskKeys], [
    ["0123456789abcdef", "kiosk_hall-a"],
    ["fedcba9876543210", "kiosk_hall-b"],
  ]],
  [{ EXHIBITION_TZ: "Europe/Berlin" }, ({ exhibition }) => exhibition.timeZone, "Europe/Berlin"],
  [{ EXHIBITION_COUNTRY: "KR" }, ({ exhibition }) => exhibition.country, "KR"],
  [{ DEMO_KIOSK_PIN: "2468" }, ({ exhibition }) => exhibition.demoKiosk?.pin, "2468"],
  [{ COUNTRY_HEADER: "CF-IPCountry" }, ({ http }) => http.countryHeader, "CF-IPCountry"],
  [{ CONVERSION_EVENTS: "purchase, signup" }, ({ metrics }) => metrics.conversionEvents, [
    "purchase",
    "signup",
  ]],
  [
    { PUBLIC_ACTIVITIES: "skill_added,goal_completed" },
    ({ people }) => people.publicActivities,
    ["goal_completed", "skill_added"],
  ],
  [{ RATE_ANONYMOUS_PER_15_MIN: "7" }, ({ limits }) => limits.anonymousPer15Min, 7],
  [{ RATE_KIOSK_PER_MIN: "7" }, ({ limits }) => limits.kioskPerMin, 7],
  [{ RATE_STARTS_PER_MIN: "7" }, ({ limits }) => limits.startsPerMin, 7],
  [{ RATE_FAILED_CONNECTIONS_PER_MIN: "7" }, ({ limits }) => limits.failedConnectionsPerMin, 7],
  [{ RATE_RECONNECTS_PER_MIN: "8" }, ({ limits }) => limits.reconnectsPerMin, 8],
  [{ RATE_EVENTS_PER_SEC: "7" }, ({ limits }) => limits.eventsPerSec, 7],
  [{ RATE_EVENT_BURST: "7" }, ({ limits }) => limits.eventBurst, 7],
  [{ RATE_EVENT_REQUESTS_PER_MIN: "7" }, ({ limits }) => limits.eventRequestsPerMin, 7],
  [{ RATE_KEY_EVENTS_PER_MIN: "7" }, ({ limits }) => limits.keyEventsPerMin, 7],
  [{ MAX_CONNECTIONS: "7" }, ({ limits }) => limits.maxConnections, 7],
  [{ ENABLE_METRICS: "off" }, ({ observation }) => observation.metricsEnabled, false],
  [{ METRICS_TOKEN: "m" }, ({ observation }) => observation.metricsToken, "m"],
];

Deno.test("[M-64] parseConfig() puts each setting in its place", () => {
  for (const [env, read, expected] of SETTINGS) {
    assert.deepEqual(read(parseConfig(env)), expected, JSON.stringify(env));
  }
});

Deno.test("parseConfig() freezes all of it", () => {
  const config = parseConfig({ ALLOWED_ORIGINS: "https://a.example", KIOSK_KEYS: KEYS });
  const parts = [
    config,
    ...Object.values(config),
    config.http.allowedOrigins,
    config.auth.kioskKeys,
  ];
  for (const part of parts) assert.ok(Object.isFrozen(part));
  assert.throws(() => Object.assign(config.http, { port: 1 }), TypeError);
});
