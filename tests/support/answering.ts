import { type Analyser, type Change } from "../../lib/interviews/mod.ts";
import { ended, NO_LIMITS } from "./analysing.ts";
import { type Person, person } from "./person.ts";
import { testApp } from "./test_app.ts";
import { testClock } from "./test_clock.ts";

/** A person who answers questions, and what is told of it. */
export async function answering(
  { env = {}, analyser }: { env?: Record<string, string>; analyser?: Analyser } = {},
) {
  const clock = testClock();
  const app = await testApp({ parts: { clock, analyser }, env: { ...NO_LIMITS, ...env } });
  const kim = await person(app);
  const changes: Change[] = [];
  app.docent.interviews.watch((_userId, change) => changes.push(change));
  const send = (body: unknown, who: Person = kim) => who.send("POST", "/api/analysis/answer", body);
  return {
    app,
    clock,
    kim,
    changes,
    send,
    kinds: () => changes.map(({ kind }) => kind),
    /** Sends an answer and waits for the end of its analysis. */
    async judged(body: unknown) {
      const { data } = (await send(body)).body;
      await ended(app, kim.userId, data.id);
      return (await kim.get(`/api/analysis/${data.id}`)).body.data;
    },
    [Symbol.asyncDispose]: () => app[Symbol.asyncDispose](),
  };
}
