import type { Clock } from "../../../lib/clock.ts";
import type { Asked, Interviews, Session } from "../../../lib/interviews/mod.ts";
import { toResult } from "./analysis_shapes.ts";
import { type AskedContent, toSession } from "./shapes.ts";

/** Gathers what is shown of a session: questions, answers, results. */
export function createSessionView(
  { clock, interviews }: { readonly clock: Clock; readonly interviews: Interviews },
) {
  const { sessions, catalogue, analyses, recordings } = interviews;

  async function contentOf(session: Session, { askedId, questionId, recordingId }: Asked) {
    const answer = await sessions.findAnswer(session, askedId);
    return {
      question: catalogue.find(questionId),
      answer: answer?.text ?? null,
      recording: recordingId === null ? null : await recordings.find({ ...session, recordingId }),
    } satisfies AskedContent;
  }

  return {
    contentOf,
    /** A session with all that is in it. */
    async shown(session: Session) {
      const contents = await Promise.all(session.asked.map((asked) => contentOf(session, asked)));
      const results = (await analyses.ofSession(session)).flatMap((analysis) => {
        const at = session.asked.findIndex(({ askedId }) => askedId === analysis.askedId);
        const { question, answer } = contents[at];
        const content = { answer: answer ?? "", sampleAnswer: question?.sampleAnswer ?? "" };
        return toResult(analysis, content) ?? [];
      });
      return toSession(session, { now: clock.now(), contents, results });
    },
  };
}

const PAGE = 50;

/** All interviews of a person, one by one, for the copy of their data (P-31). */
export async function* interviewLines(
  deps: { readonly clock: Clock; readonly interviews: Interviews },
  userId: string,
): AsyncGenerator<object> {
  const { shown } = createSessionView(deps);
  for (let offset = 0;; offset += PAGE) {
    const { sessions } = await deps.interviews.sessions.list(userId, { limit: PAGE, offset });
    for (const session of sessions) yield { kind: "interview", ...await shown(session) };
    if (sessions.length < PAGE) return;
  }
}
