import type { Change } from "../../lib/interviews/mod.ts";
import { type Person, person } from "./person.ts";
import { testApp } from "./test_app.ts";
import { testClock } from "./test_clock.ts";

/** Half past seven in the evening in Seoul. */
const NOW = "2025-01-19T10:30:00.000Z";
/** What an interview in English is begun with. */
export const ENGLISH = { category: "backend", language: "en" };

/** A person who practises, on a server with a clock of its own, and what that person is told. */
export async function interviewee(env: Record<string, string> = {}) {
  const clock = testClock(Date.parse(NOW));
  const app = await testApp({ parts: { clock }, env: { JWT_EXPIRES_IN: "60d", ...env } });
  const kim = await person(app);
  const changes: { userId: string; change: Change }[] = [];
  app.docent.interviews.watch((userId, change) => changes.push({ userId, change }));
  return {
    app,
    clock,
    kim,
    changes,
    kinds: () => changes.map(({ change }) => change.kind),
    start: async (body: unknown = ENGLISH, who: Person = kim) =>
      (await who.send("POST", "/api/sessions", body)).body.data,
    [Symbol.asyncDispose]: () => app[Symbol.asyncDispose](),
  };
}
