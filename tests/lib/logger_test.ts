import assert from "node:assert/strict";
import { parseConfig } from "../../lib/config/mod.ts";
import { AppError } from "../../lib/errors.ts";
import { createLogger, type Logger } from "../../lib/logger.ts";

interface Line {
  /** The console's method: debug and info are standard output, warn and error standard error. */
  readonly method: string;
  readonly text: string;
}

/** What a logger of these settings writes while `use` runs. */
async function linesOf(env: Record<string, string>, use: (logger: Logger) => void) {
  const lines: Line[] = [];
  const real = { ...console };
  const catching = (method: string) => (text: string) => void lines.push({ method, text });
  for (const method of ["debug", "info", "warn", "error", "log"] as const) {
    console[method] = catching(method);
  }
  try {
    use(await createLogger(parseConfig(env)));
  } finally {
    Object.assign(console, real);
  }
  return lines;
}

function logAll(logger: Logger): void {
  logger.debug("one");
  logger.info("two");
  logger.warn("three");
  logger.error("four");
}

Deno.test("[M-65] createLogger() takes its level from the profile, unless one is set", async () => {
  const table: [env: Record<string, string>, methods: string[]][] = [
    [{ NODE_ENV: "development" }, ["debug", "info", "warn", "error"]],
    [{ NODE_ENV: "staging" }, ["info", "warn", "error"]],
    [{ NODE_ENV: "production" }, ["warn", "error"]],
    [{ NODE_ENV: "test" }, ["error"]],
    [{ NODE_ENV: "production", LOG_LEVEL: "debug" }, ["debug", "info", "warn", "error"]],
    [{ NODE_ENV: "development", LOG_LEVEL: "warn" }, ["warn", "error"]],
  ];
  for (const [env, methods] of table) {
    const lines = await linesOf(env, logAll);
    assert.deepEqual(lines.map(({ method }) => method), methods, JSON.stringify(env));
  }
});

Deno.test("[M-68] a line in production is JSON with time, level, message and properties", async () => {
  const [{ text, method }, ...more] = await linesOf({ NODE_ENV: "production" }, (logger) => {
    logger.warn("Log is behind", { lag: 12, mission: "단어" });
  });
  assert.deepEqual(more, []);
  assert.equal(method, "warn");
  const { timestamp: at, ...line } = JSON.parse(text);
  assert.match(at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  assert.deepEqual(line, {
    level: "warn",
    service: "docent",
    operation: "Log is behind",
    message: "Log is behind",
    metadata: { lag: 12, mission: "단어" },
  });
});

Deno.test("[P-34] a line tells what was done for whom, in which interview and how long it took", async () => {
  const [{ text }] = await linesOf({ NODE_ENV: "staging" }, (logger) => {
    const whose = { userId: "user_1", sessionId: "interview_1" };
    logger.info("Answer judged", { operation: "analysis", ...whose, duration: 12, model: "m" });
  });
  const { timestamp: _, ...line } = JSON.parse(text);
  assert.deepEqual(line, {
    level: "info",
    service: "docent",
    operation: "analysis",
    message: "Answer judged",
    userId: "user_1",
    sessionId: "interview_1",
    duration: 12,
    metadata: { model: "m" },
  });
});

Deno.test("[M-68] a line tells an error with its code, details and all its causes", async () => {
  const error = new AppError("DATABASE_ERROR", "Stored value cannot be read", {
    details: { key: "log/head" },
    cause: new TypeError("Value is not bytes", { cause: "a text" }),
  });
  const [{ text }] = await linesOf({ NODE_ENV: "staging" }, (logger) => {
    logger.error("Request failed", { error, requestId: "req_1" });
  });
  const { error: told, requestId } = JSON.parse(text).metadata;
  assert.equal(requestId, "req_1");
  assert.match(told.stack, /logger_test\.ts/);
  assert.match(told.cause.stack, /^TypeError: Value is not bytes/);
  delete told.stack;
  delete told.cause.stack;
  assert.deepEqual(told, {
    name: "AppError",
    message: "Stored value cannot be read",
    code: "DATABASE_ERROR",
    details: { key: "log/head" },
    cause: { name: "TypeError", message: "Value is not bytes", cause: "a text" },
  });
});

Deno.test("[M-68] a line in development is short and plain", async () => {
  const lines = await linesOf({ NODE_ENV: "development" }, (logger) => {
    logger.info("Listening");
    logger.warn("Slow", { ms: 12 });
  });
  const texts = lines.map(({ text }) => text.trimEnd());
  assert.match(texts[0], /^\d\d:\d\d:\d\d info {4}Listening$/);
  assert.match(texts[1], /^\d\d:\d\d:\d\d warning Slow \{"ms":12\}$/);
});
