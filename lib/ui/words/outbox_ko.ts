import type { Words } from "../words.ts";

/** `/admin/outbox`의 말. */
export const outboxKo: Words["outbox"] = {
  title: "보낸 편지함",
  lead: "최근 7일 동안 보낸 메일이며, 최신 100통까지 보여 줍니다.",
  notConnected:
    "메일 서버(SMTP_URL)가 설정되지 않아 메일이 여기에 남습니다. 링크를 직접 전달해 주세요. 링크를 가진 사람은 누구나 쓸 수 있습니다.",
  list: "메일, 최신순",
  states: { sent: "보냄", kept: "보내지 않음", failed: "실패" },
  meta: (to, time) => `받는 사람 ${to} · ${time}`,
  show: "내용 보기",
  empty: "메일이 없습니다",
  emptyHint: "주소 확인이나 비밀번호 재설정 링크가 여기에 나타납니다.",
};
