import { configure, getConsoleSink, getLogger, type LogRecord } from "@logtape/logtape";
import type { Config } from "./config/mod.ts";
import { AppError } from "./errors.ts";

export interface Logger {
  debug(message: string, properties?: Record<string, unknown>): void;
  info(message: string, properties?: Record<string, unknown>): void;
  warn(message: string, properties?: Record<string, unknown>): void;
  error(message: string, properties?: Record<string, unknown>): void;
}

/** Logs nothing; for tests. */
export const silentLogger: Logger = { debug() {}, info() {}, warn() {}, error() {} };

/**
 * The process's logger (M-68): JSON lines in production and staging, one short line otherwise.
 * `debug` and `info` go to standard output, `warn` and `error` to standard error, which alone is
 * the error log; the host keeps both together as the combined one.
 */
export async function createLogger({ profile, observation }: Config): Promise<Logger> {
  const json = profile === "production" || profile === "staging";
  const level = observation.logLevel === "warn" ? "warning" : observation.logLevel;
  await configure({
    reset: true,
    sinks: {
      console: getConsoleSink({ formatter: json ? jsonLine : shortLine }),
    },
    loggers: [
      { category: ["logtape", "meta"], lowestLevel: "error", sinks: ["console"] },
      { category: ["docent"], lowestLevel: level, sinks: ["console"] },
    ],
  });
  const logger = getLogger(["docent"]);
  return {
    debug: (message, properties) => logger.debug(message, properties),
    info: (message, properties) => logger.info(message, properties),
    warn: (message, properties) => logger.warn(message, withErrors(properties)),
    error: (message, properties) => logger.error(message, withErrors(properties)),
  };
}

const SERVICE = "docent";

/**
 * A line as document 5 has it (P-34): what was done, for whom, in which interview and in how many
 * milliseconds, where the properties say so; the others are metadata.
 */
function jsonLine({ timestamp, level, message, properties }: LogRecord): string {
  const said = message.join("");
  const { operation = said, userId, sessionId, duration, ...metadata } = properties;
  return JSON.stringify({
    timestamp: new Date(timestamp).toISOString(),
    level: level === "warning" ? "warn" : level,
    service: SERVICE,
    operation,
    message: said,
    userId,
    sessionId,
    duration,
    metadata,
  });
}

/** Time, level, message and what belongs to it, on one line. */
function shortLine({ timestamp, level, message, properties }: LogRecord): string {
  const time = new Date(timestamp).toISOString().slice(11, 19);
  const more = Object.keys(properties).length === 0 ? "" : ` ${JSON.stringify(properties)}`;
  return `${time} ${level.padEnd(7)} ${message.join("")}${more}`;
}

/** Errors do not survive JSON by themselves. */
function withErrors(properties: Record<string, unknown> = {}): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [
      name,
      value instanceof Error ? describe(value) : value,
    ]),
  );
}

function describe(error: Error): Record<string, unknown> {
  const { name, message, stack, cause } = error;
  const told = error instanceof AppError ? { code: error.code, details: error.details } : {};
  return { name, message, ...told, stack, cause: cause instanceof Error ? describe(cause) : cause };
}
