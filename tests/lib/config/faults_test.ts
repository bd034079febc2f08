import assert from "node:assert/strict";
import { parseConfig } from "../../../lib/config/mod.ts";

const FAULT = "is-not right";

/** What parseConfig() says of each fault, by the variable at fault. */
const EXPECTED: Record<string, string> = {
  NODE_ENV: "one of development, staging, production, test",
  PORT: "a whole number from 0 to 65535",
  WS_PORT: "a whole number from 0 to 65535",
  PUBLIC_URL: "a URL that begins with http:// or https://",
  WS_URL: "a URL that begins with ws:// or wss://",
  ENABLE_CORS: "true or false",
  ALLOWED_ORIGINS: "a list of origins such as https://app.example",
  CLIENT_URL: "a list of origins such as https://app.example",
  CORS_ORIGIN: "a list of origins such as https://app.example",
  CORS_ORIGINS: "a list of origins such as https://app.example",
  TRUSTED_PROXIES: "a list of addresses or subnets such as 10.0.0.0/8",
  LOG_KEPT: "seconds, or a time such as 10m or 24h",
  RETAIN_EVENTS_DAYS: "a whole number from 1 to 36500",
  BACKUP_EVERY: "seconds, or a time such as 10m or 24h",
  BACKUP_KEPT: "a whole number from 1 to 10000",
  JWT_SECRET: "at least 32 characters long",
  JWT_EXPIRES_IN: "seconds, or a time such as 10m or 24h",
  WS_TOKEN_EXPIRES_IN: "seconds, or a time such as 10m or 24h",
  ADMIN_PASSWORD_HASH: "a hash of bcrypt or Argon2id (in a shell, in single quotes)",
  KIOSK_KEYS: "a list of name:key, the key of 16 characters or more",
  REQUIRE_KIOSK_KEY: "true or false",
  EXHIBITION_TZ: "a time zone such as Asia/Seoul",
  EXHIBITION_COUNTRY: "two capital letters of ISO 3166 such as KR",
  DEMO_KIOSK: "true or false",
  DEMO_KIOSK_PIN: "4 to 8 digits",
  COUNTRY_HEADER: "the name of a header such as CF-IPCountry",
  PUBLIC_ACTIVITIES:
    "a list of login, log_created, goal_completed, skill_added, portfolio_updated, email_sent",
  RATE_ANONYMOUS_PER_15_MIN: "a whole number from 1 to 1000000000",
  RATE_KIOSK_PER_MIN: "a whole number from 1 to 1000000000",
  RATE_STARTS_PER_MIN: "a whole number from 1 to 1000000000",
  RATE_FAILED_CONNECTIONS_PER_MIN: "a whole number from 1 to 1000000000",
  RATE_RECONNECTS_PER_MIN: "a whole number from 1 to 1000000000",
  RATE_EVENTS_PER_SEC: "a whole number from 1 to 1000000000",
  RATE_EVENT_BURST: "a whole number from 1 to 1000000000",
  RATE_EVENT_REQUESTS_PER_MIN: "a whole number from 1 to 1000000000",
  RATE_KEY_EVENTS_PER_MIN: "a whole number from 1 to 1000000000",
  MAX_CONNECTIONS: "a whole number from 1 to 1000000000",
  SOCKET_REQUIRE_AUTH: "true or false",
  ENABLE_TEST_ENDPOINTS: "true or false",
  REDIS_URL: "a URL that begins with redis:// or rediss://",
  REDIS_HOST: "a host name or an address",
  REDIS_PORT: "a whole number from 1 to 65535",
  INTERVIEW_MAX_DURATION: "seconds, or a time such as 10m or 24h",
  INTERVIEW_WARNING: "seconds, or a time such as 10m or 24h",
  INTERVIEW_MAX_QUESTIONS: "a whole number from 1 to 100",
  INTERVIEW_SESSIONS_PER_DAY: "a whole number from 1 to 1000000",
  RETAIN_INTERVIEWS_DAYS: "a whole number from 1 to 36500",
  INTERVIEW_ANSWERS_PER_MIN: "a whole number from 1 to 1000000",
  RATE_ANALYSES_PER_MIN: "a whole number from 1 to 1000000",
  RECORDING_MAX_MB: "a whole number from 1 to 1000000000",
  RECORDINGS_PER_PERSON_MB: "a whole number from 1 to 1000000000",
  RECORDINGS_IN_ALL_MB: "a whole number from 1 to 1000000000",
  RECORDING_UPLOADS: "a whole number from 1 to 100",
  RECORDING_UPLOAD_MAX_AGE: "seconds, or a time such as 10m or 24h",
  OPENAI_BASE_URL: "a URL that begins with http:// or https://",
  OPENAI_TIMEOUT: "seconds, or a time such as 10m or 24h",
  OPENAI_TRANSCRIBE_TIMEOUT: "seconds, or a time such as 10m or 24h",
  OPENAI_TRANSCRIBE_MAX_MB: "a whole number from 1 to 1000000000",
  OPENAI_TRANSCRIBE_CENTS: "a whole number from 0 to 1000000",
  OPENAI_INPUT_CENTS: "a whole number from 0 to 1000000",
  OPENAI_OUTPUT_CENTS: "a whole number from 0 to 1000000",
  RATE_QUESTIONS_PER_MIN: "a whole number from 1 to 1000000",
  INTERVIEW_PREMIUM_SESSIONS_PER_DAY: "a whole number from 1 to 1000000",
  INTERVIEW_STRICT_ASCII: "true or false",
  RATE_EXPORTS_PER_HOUR: "a whole number from 1 to 1000000",
  LOG_LEVEL: "one of debug, info, warn, error",
  ENABLE_METRICS: "true or false",
};

/** The faults that parseConfig() tells, one by one; none when it is content. */
function faultsOf(env: Record<string, string>): string[] {
  try {
    parseConfig(env);
    return [];
  } catch (error) {
    const { message } = error as Error;
    assert.match(message, /^Settings are not right: /);
    return message.slice("Settings are not right: ".length).split("; ");
  }
}

Deno.test("[M-64] parseConfig() tells every fault in one message and never a value", () => {
  const env = Object.fromEntries(Object.keys(EXPECTED).map((name) => [name, FAULT]));
  const faults = faultsOf(env);
  const expected = Object.entries(EXPECTED).map(([name, what]) => `${name} must be ${what}`);
  assert.deepEqual(faults.toSorted(), expected.toSorted());
  assert.ok(!faults.some((fault) => fault.includes(FAULT)));
});

Deno.test("[M-64] parseConfig() names the variable that was set, not its other name", () => {
  assert.deepEqual(faultsOf({ ACCESS_TOKEN_SECRET: "short" }), [
    "ACCESS_TOKEN_SECRET must be at least 32 characters long",
  ]);
});

Deno.test("[M-64][M-70] parseConfig() refuses a schedule of backups for a store without a file", () => {
  assert.deepEqual(faultsOf({ BACKUP_EVERY: "1d", KV_PATH: ":memory:" }), [
    "BACKUP_EVERY must be unset when KV_PATH is :memory:, which has no file",
  ]);
});

Deno.test("[M-64][P-23] parseConfig() refuses a warning that comes before an interview begins", () => {
  assert.deepEqual(faultsOf({ INTERVIEW_MAX_DURATION: "10m", INTERVIEW_WARNING: "10m" }), [
    "INTERVIEW_WARNING must be shorter than INTERVIEW_MAX_DURATION",
  ]);
  assert.deepEqual(faultsOf({ INTERVIEW_MAX_DURATION: "2m" }), []);
});

Deno.test("[M-64] parseConfig() refuses a log that keeps events longer than they are retained", () => {
  assert.deepEqual(faultsOf({ LOG_KEPT: "25h", RETAIN_EVENTS_DAYS: "1" }), [
    "LOG_KEPT must be at most RETAIN_EVENTS_DAYS, as the log has events too",
  ]);
  assert.deepEqual(faultsOf({ LOG_KEPT: "24h", RETAIN_EVENTS_DAYS: "1" }), []);
});

Deno.test("[M-64] parseConfig() refuses what is only nearly right", () => {
  const table: [name: string, values: string[]][] = [
    ["PORT", ["-1", "65536", "3000.5", "0x10", "1e3", "3 000"]],
    ["RATE_STARTS_PER_MIN", ["0", "-1", "many", "1000000001"]],
    ["WS_TOKEN_EXPIRES_IN", ["0", "0m", "-5", "10 m", "10min", "1.5h", "1w", "1234567890"]],
    ["REDIS_HOST", ["a b", "host:6379", "a/b", "user@host"]],
    ["REDIS_URL", ["http://host", "localhost:6379", "redis"]],
    ["ENABLE_METRICS", ["maybe", "2", "truee"]],
    ["ALLOWED_ORIGINS", [
      "*",
      "app.example",
      "https://a.example/path",
      "null",
      "https://a.example, *",
    ]],
    ["PUBLIC_URL", ["a.example", "ftp://a.example", "//a.example"]],
    ["WS_URL", ["https://a.example"]],
    ["TRUSTED_PROXIES", ["10.0.0.0/", "10.0.0.0/33", "proxy.example", "10.0.0.1, all"]],
    ["KIOSK_KEYS", ["hall-a", "hall-a:short", "Hall:0123456789abcdef", ":0123456789abcdef"]],
    ["ADMIN_PASSWORD_HASH", [
      "correct horse",
      "$2b$12$",
      "$2x$12$" + "a".repeat(53),
      "$argon2id$v=19$m=12288,t=3,p=1$c2FsdA$aGFzaA",
    ]],
    ["EXHIBITION_TZ", ["Seoul", "+9"]],
    ["NODE_ENV", ["prod", "Production"]],
  ];
  for (const [name, values] of table) {
    for (const value of values) {
      const faults = faultsOf({ [name]: value });
      assert.deepEqual(faults, [`${name} must be ${EXPECTED[name]}`], `${name}=${value}`);
    }
  }
});

Deno.test("parseConfig() reads yes and no in the usual ways", () => {
  for (const value of ["true", "TRUE", "1", "yes", "on"]) {
    assert.equal(parseConfig({ ENABLE_METRICS: value }).observation.metricsEnabled, true, value);
  }
  for (const value of ["false", "False", "0", "no", "off"]) {
    assert.equal(parseConfig({ ENABLE_METRICS: value }).observation.metricsEnabled, false, value);
  }
});
