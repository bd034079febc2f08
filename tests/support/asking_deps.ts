import { systemClock } from "../../lib/clock.ts";
import type { AiSettings } from "../../lib/config/interviews.ts";
import type { AskingDeps, ServiceCall } from "../../lib/interviews/mod.ts";

/** How a stand-in service is asked, without waiting between tries; each request is noted. */
export function askingDeps(
  baseUrl: string,
  settings: Partial<AiSettings> = {},
): { readonly deps: AskingDeps; readonly noted: ServiceCall[] } {
  const noted: ServiceCall[] = [];
  const deps: AskingDeps = {
    settings: {
      baseUrl,
      apiKey: "sk-test",
      model: "gpt-test",
      timeoutSec: 5,
      writeTimeoutSec: 5,
      inputCents: 0,
      outputCents: 0,
      transcription: null,
      ...settings,
    },
    clock: systemClock,
    unique: () => crypto.randomUUID(),
    onCall: (call) => noted.push(call),
    pausesMs: [1, 1],
  };
  return { deps, noted };
}
