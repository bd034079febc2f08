import { match } from "node:assert/strict";
import { ANSWER, NO_LIMITS } from "./analysing.ts";
import { eventually } from "./eventually.ts";
import { type PeopleApp, peopleApp, type Visitor } from "./signed_up.ts";
import type { TestAppOptions } from "./test_app.ts";

export const START_FORM = {
  category: "other",
  customCategory: "Guide",
  difficulty: "medium",
  language: "en",
  userLevel: "entry",
  maxQuestions: "3",
};

/** Somebody who practises by the pages. */
export interface Practising extends Visitor {
  /** Starts an interview; gives its address. */
  start(fields?: Record<string, string>): Promise<string>;
  /** Sends an answer to the question that waits; gives the answer of the server. */
  answer(interview: string, text?: string): Promise<Response>;
  /** The same, and waits until it is judged; gives the address of the feedback. */
  judged(interview: string, text?: string): Promise<string>;
}

/** The whole program, and somebody at its pages; no limit is in the way. */
export async function practising({ env, parts }: TestAppOptions = {}): Promise<
  PeopleApp & { kim: Practising; join(name: string): Promise<Practising> }
> {
  const app = await peopleApp({ env: { ...NO_LIMITS, ...env }, parts });
  const join = async (name: string) => practisingAs(await app.signUp(name));
  return { ...app, kim: await join("Kim"), join };
}

function practisingAs(visitor: Visitor): Practising {
  const { read, submit } = visitor;

  async function answer(interview: string, text = ANSWER) {
    const questionId = /name="questionId" value="([^"]+)"/.exec(await read(interview))?.[1] ?? "";
    return await submit(`${interview}/answer`, { questionId, answer: text });
  }

  return {
    ...visitor,
    answer,
    async start(fields = {}) {
      const { headers } = await submit("/app/practice", { ...START_FORM, ...fields });
      const interview = headers.get("location") ?? "";
      match(interview, /^\/app\/practice\/interview_\d+$/);
      return interview;
    },
    async judged(interview, text) {
      const feedback = (await answer(interview, text)).headers.get("location") ?? "";
      match(feedback, /\/answers\/\d+$/);
      await eventually(async () => /of 100/.test(await read(feedback)), "the answer is judged");
      return feedback;
    },
  };
}
