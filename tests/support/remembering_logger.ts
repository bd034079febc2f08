import type { Logger } from "../../lib/logger.ts";

/** A logger that keeps all that it is told, as text with everything that belongs to it. */
export function rememberingLogger() {
  const lines: string[] = [];
  const keep = (message: string, properties?: Record<string, unknown>) =>
    void lines.push(
      `${message} ${Deno.inspect(properties, { depth: 20, strAbbreviateSize: 1e6 })}`,
    );
  const logger: Logger = { debug: keep, info: keep, warn: keep, error: keep };
  return { logger, lines };
}
