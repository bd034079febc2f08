import type { Words } from "../words.ts";

export const exportKo: Words["export"] = {
  title: "내보내기",
  lead: "기록한 자료를 스프레드시트나 스크립트용으로 내려받습니다.",
  what: "내용",
  entities: {
    attempts: { name: "시도", hint: "한 건에 한 줄, 평가 포함" },
    events: { name: "이벤트", hint: "한 건에 한 줄" },
    reviews: { name: "평가", hint: "평점과 의견" },
  },
  format: "형식",
  formats: {
    csv: { name: "CSV", hint: "엑셀에서 한글까지 바로 열립니다" },
    json: { name: "JSON", hint: "스크립트와 노트북용" },
  },
  scope: "범위",
  mission: "미션",
  allMissions: "모든 미션",
  period: "기간",
  from: "시작일",
  to: "종료일",
  periodHint: (zone) => `${zone} 기준 하루 단위입니다. 비워 두면 전체 기간입니다.`,
  download: "내려받기",
  privacyTitle: "파일을 공유하기 전에",
  privacyWords: "의견은 관람객이 직접 쓴 글이라 이름이 들어 있을 수 있습니다.",
  privacyFormulas: "수식으로 실행될 수 있는 칸은 일반 글자로 바꿉니다.",
};
