/** What reports say, in the language of who reads them. */
export interface ReportWords {
  readonly interviewEnds: Said;
  readonly interviewReport: Said;
  readonly analysisFailed: Said;
  readonly maintenance: Said;
  readonly lowRating: {
    readonly title: (rating: number) => string;
    readonly message: string;
  };
}

interface Said {
  readonly title: string;
  readonly message: string;
}

export const REPORT_WORDS: Readonly<Record<"ko" | "en", ReportWords>> = {
  en: {
    interviewEnds: {
      title: "Your interview ends soon",
      message: "What you have written so far is kept.",
    },
    interviewReport: {
      title: "Your interview report is ready",
      message: "All your answers have been looked at.",
    },
    analysisFailed: {
      title: "An answer could not be analysed",
      message: "Send it in again a little later.",
    },
    maintenance: { title: "Maintenance", message: "The server is under maintenance." },
    lowRating: {
      title: (rating) => `A visitor gave ${rating} of 5`,
      message: "Without a comment.",
    },
  },
  ko: {
    interviewEnds: {
      title: "면접 연습이 곧 끝납니다",
      message: "지금까지 작성한 내용은 저장되어 있습니다.",
    },
    interviewReport: {
      title: "면접 리포트가 준비되었습니다",
      message: "모든 답변의 분석이 끝났습니다.",
    },
    analysisFailed: {
      title: "답변을 분석하지 못했습니다",
      message: "잠시 후 다시 제출해 주세요.",
    },
    maintenance: { title: "점검 안내", message: "서버 점검 중입니다." },
    lowRating: {
      title: (rating) => `관람객이 5점 중 ${rating}점을 주었습니다`,
      message: "의견은 없습니다.",
    },
  },
};
