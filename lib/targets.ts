import { Gauge, Histogram, type Registry } from "prom-client";

/** Seconds within which answers are to come, by what is asked for (P-32). */
export const TARGETS_SEC = { auth: 0.2, questions: 0.3, analysis: 5, analytics: 1, export: 30 };
export type Target = keyof typeof TARGETS_SEC;

/** A target's edge is an edge of a bucket: how many were in time can be read off. */
const BUCKETS_SEC = [0.005, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 5, 10, 30, 60];

/** What is asked for at an address; a provider's time to answer is not ours. */
const ROUTES: readonly (readonly [pattern: RegExp, target: Target])[] = [
  [/^\/api\/auth\/(?!oauth)/, "auth"],
  [/^\/api\/questions(?!\/generate)/, "questions"],
  [/^\/api\/sessions\/:sessionId\/next$/, "questions"],
  [/^\/api\/analytics\/(user-stats|progress|skills|benchmarks)$/, "analytics"],
];

/** Null for a route that has no target, or is measured to the end of what it streams. */
export function targetOf(route: string): Target | null {
  return ROUTES.find(([pattern]) => pattern.test(route))?.[1] ?? null;
}

/** Shows targets and how long things took; the result notes one more. */
export function createTargets(registry: Registry): (target: Target, seconds: number) => void {
  const registers = [registry];
  const took = new Histogram({
    name: "docent_target_duration_seconds",
    help: "How long that took for which there is a target, from the request to the last byte",
    labelNames: ["target"],
    buckets: BUCKETS_SEC,
    registers,
  });
  const targets = new Gauge({
    name: "docent_target_seconds",
    help: "Within which time that is to be done",
    labelNames: ["target"],
    registers,
  });
  for (const [target, seconds] of Object.entries(TARGETS_SEC)) targets.set({ target }, seconds);
  return (target, seconds) => took.observe({ target }, seconds);
}
