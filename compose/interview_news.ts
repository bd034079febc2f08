import { type Change, type Interviews, totalScoreOf } from "../lib/interviews/mod.ts";
import { createOneAtATime } from "../lib/one_at_a_time.ts";
import type { People } from "../lib/people/mod.ts";

/** What a person reads of their interviews in the notification centre, in their language. */
interface Words {
  readonly practised: string;
  readonly practisedMore: (answers: number) => string;
  readonly report: string;
  readonly reportMore: (score: number) => string;
  readonly reportWithout: string;
  readonly ending: string;
  readonly endingMore: string;
  readonly failed: string;
  readonly failedMore: string;
}

const WORDS: Readonly<Record<"ko" | "en", Words>> = {
  ko: {
    practised: "면접 연습을 마침",
    practisedMore: (answers) => `답변 ${answers}개`,
    report: "면접 연습 결과가 나왔습니다",
    reportMore: (score) => `100점 만점에 ${score}점입니다.`,
    reportWithout: "분석된 답변이 없습니다.",
    ending: "면접 연습 시간이 곧 끝납니다",
    endingMore: "쓰고 있는 답변은 저장되어 있습니다.",
    failed: "답변을 분석하지 못했습니다",
    failedMore: "답변은 저장되어 있으니 다시 보내 주세요.",
  },
  en: {
    practised: "Finished an interview",
    practisedMore: (answers) => `Answers: ${answers}`,
    report: "Your interview report is ready",
    reportMore: (score) => `It has ${score} of 100 points.`,
    reportWithout: "No answer could be analysed.",
    ending: "Your interview is nearly over",
    endingMore: "The answer you are writing is kept.",
    failed: "An answer could not be analysed",
    failedMore: "It is kept, send it once more.",
  },
};

export interface InterviewNewsDeps {
  readonly interviews: Pick<Interviews, "watch">;
  readonly people: Pick<People, "profiles" | "report" | "addActivity">;
  readonly onError: (error: unknown) => void;
}

export interface InterviewNews {
  /** Hears no more, and resolves when all that was heard is told. */
  close(): Promise<void>;
}

/**
 * Interviews in people's feeds: a finished one is an activity; a report, the end of the time
 * and a failure are notifications, for who has not switched them off.
 */
export function startInterviewNews(
  { interviews, people, onError }: InterviewNewsDeps,
): InterviewNews {
  const turns = createOneAtATime();
  const telling = new Set<Promise<void>>();

  async function tell(userId: string, change: Change): Promise<void> {
    const { preferences } = await people.profiles.find(userId);
    const words = WORDS[preferences.language];
    const activity = toActivity(change, words);
    if (activity !== null) await people.addActivity({ userId, ...activity });
    const notification = toNotification(change, words);
    if (notification !== null) await people.report({ userId, ...notification });
  }

  const stop = interviews.watch((userId, change) => {
    const told = turns.run(userId, () => tell(userId, change)).catch(onError)
      .finally(() => telling.delete(told));
    telling.add(told);
  });

  return {
    async close() {
      stop();
      await Promise.all(telling);
    },
  };
}

function toActivity(change: Change, words: Words) {
  if (change.kind !== "interview:completed") return null;
  const { sessionId, category, asked } = change.session;
  const answers = asked.filter(({ answeredAt }) => answeredAt !== null).length;
  return {
    type: "log_created" as const,
    title: words.practised,
    description: words.practisedMore(answers),
    data: { interviewId: sessionId, category, answers },
  };
}

function toNotification(change: Change, words: Words) {
  switch (change.kind) {
    case "report:generated": {
      const score = totalScoreOf(change.session);
      const message = score === null ? words.reportWithout : words.reportMore(score);
      const actionUrl = pageOf(change.session.sessionId);
      return { type: "milestone" as const, title: words.report, message, actionUrl };
    }
    case "interview:warning": {
      const actionUrl = pageOf(change.session.sessionId);
      const expiresAt = change.session.deadlineAt;
      const told = { title: words.ending, message: words.endingMore, actionUrl, expiresAt };
      return { type: "reminder" as const, ...told };
    }
    case "analysis:failed": {
      const actionUrl = pageOf(change.analysis.sessionId);
      const told = { title: words.failed, message: words.failedMore, actionUrl };
      return { type: "system" as const, ...told };
    }
    default:
      return null;
  }
}

function pageOf(sessionId: string): string {
  return `/app/practice/${sessionId}`;
}
