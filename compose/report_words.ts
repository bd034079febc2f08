/** What reports say, in the language of who reads them. */
export interface ReportWords {
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
    maintenance: { title: "Maintenance", message: "The server is under maintenance." },
    lowRating: {
      title: (rating) => `A visitor gave ${rating} of 5`,
      message: "Without a comment.",
    },
  },
  ko: {
    maintenance: { title: "점검 안내", message: "서버 점검 중입니다." },
    lowRating: {
      title: (rating) => `관람객이 5점 중 ${rating}점을 주었습니다`,
      message: "의견은 없습니다.",
    },
  },
};
