import { type Child, startChild } from "./child.ts";
import { startPostgres } from "./postgres.ts";

/** The reference stack, ready to be measured; null where PostgreSQL or Node is not there. */
export interface Reference {
  readonly server: Child;
  stop(): Promise<void>;
}

/** Starts the reference server, with Node, on a PostgreSQL of its own. */
export async function startReference(report: (line: string) => void): Promise<Reference | null> {
  const postgres = await startPostgres(undefined, report);
  if (postgres === null) return null;
  const program = postgres.programPath("server.mjs");
  const server = await startChild("node", [program], { POSTGRES_URI: postgres.uri });
  return {
    server,
    async stop() {
      await server.stop();
      await postgres.stop();
    },
  };
}
