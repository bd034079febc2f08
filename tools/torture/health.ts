import { z } from "zod";
import { reached } from "../reached.ts";

const healthSchema = z.looseObject({ status: z.string(), timestamp: z.iso.datetime() });

/** What `/health` says. */
export async function readHealth(url: string): Promise<z.infer<typeof healthSchema>> {
  const response = await fetch(`${url}/health`);
  return healthSchema.parse(await response.json());
}

/** Waits until the server says that its storage works, or that it does not. */
export async function healthIs(
  url: string,
  status: "ok" | "degraded",
  signal: AbortSignal,
): Promise<void> {
  const isIt = async () => (await readHealth(url)).status === status;
  await reached(isIt, `health is ${status}`, { signal });
}
