import assert from "node:assert/strict";
import { parseConfig } from "../../../lib/config/mod.ts";

Deno.test("[P-37] the settings of document 5 are read under its names", () => {
  const config = parseConfig({
    NODE_ENV: "staging",
    DATABASE_URL: "postgresql://staging.example/practice",
    REDIS_URL: "redis://staging.example:6379",
    OPENAI_API_KEY: "sk-staging",
    JWT_SECRET: "a secret of at least thirty-two bytes",
    CORS_ORIGINS: "https://staging.interview-practice.com",
    LOG_LEVEL: "debug",
  });
  assert.equal(config.interviews.ai?.apiKey, "sk-staging");
  assert.equal(config.interviews.ai?.baseUrl, "https://api.openai.com/v1");
  assert.deepEqual(config.http.allowedOrigins, ["https://staging.interview-practice.com"]);
  assert.equal(config.observation.logLevel, "debug");
  assert.notEqual(config.auth.jwtSecret, null);
  assert.equal(config.notices.length, 1, "of the address of another database alone");
  assert.match(config.notices[0], /DATABASE_URL/);
  assert.ok(!JSON.stringify(config.notices).includes("staging.example"), "and not its value");
});
