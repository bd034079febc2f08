import type { Words } from "../words.ts";

/** `/admin/keys`의 말. */
export const keysKo: Words["keys"] = {
  title: "API 키",
  lead: "프로그램은 키로 자신을 증명합니다. 키는 만들 때 한 번만 보여 줍니다.",
  make: "새 키",
  name: "이름",
  nameHint: "사용하는 곳, 예: 웹 쇼핑몰",
  scopesLegend: "허용할 일",
  scopes: {
    "events:write": { name: "이벤트 보내기", hint: "POST /api/events" },
    "metrics:read": { name: "지표 읽기", hint: "GET /api/metrics, 실시간 대시보드" },
  },
  submit: "키 만들기",
  made: (name) => `"${name}" 키를 만들었습니다. 다시 보여 주지 않으니 지금 복사해 주세요.`,
  problems: {
    name: "키 이름을 60자 이내로 입력해 주세요.",
    scopes: "키가 할 수 있는 일을 하나 이상 선택해 주세요.",
    tooMany: "키가 너무 많습니다. 쓰지 않는 키를 폐기해 주세요.",
  },
  caption: "API 키, 최신순",
  ending: "끝자리",
  created: "만든 때",
  by: (name) => `${name} 생성`,
  lastUsed: "마지막 사용",
  never: "없음",
  state: "상태",
  good: "사용 가능",
  revoked: "폐기됨",
  revoke: "폐기",
  revokeLabel: (name) => `${name} 키 폐기`,
  empty: "아직 키가 없습니다",
  emptyHint: "프로그램이 이벤트를 보내거나 지표를 읽으려면 키가 필요합니다.",
  revokedNow: (name) => `"${name}" 키를 폐기했습니다. 이 키로는 더 이상 아무것도 할 수 없습니다.`,
};

/** `/admin/audit`의 말. */
export const auditKo: Words["audit"] = {
  title: "감사 기록",
  lead: "누가 무엇을 바꾸었는지 최신순으로 보여 줍니다. 기록은 바뀌거나 지워지지 않습니다.",
  caption: "감사 기록, 최신순",
  at: "때",
  by: "누가",
  action: "무엇을",
  target: "대상",
  actions: {
    "api_key.created": "API 키를 만듦",
    "api_key.revoked": "API 키를 폐기함",
    "attempt.excluded": "시도를 집계에서 제외함",
    "attempt.included": "시도를 집계에 다시 포함함",
    "annotation.created": "메모를 남김",
    "annotation.deleted": "메모를 지움",
    "facts.imported": "기록을 가져옴",
    "question.added": "면접 질문을 추가함",
    "question.changed": "면접 질문을 고침",
    "question.retired": "면접 질문을 내림",
  },
  older: "이전 기록",
  newest: "최신 기록으로",
  empty: "아직 바뀐 것이 없습니다",
  emptyHint: "관리자가 바꾼 내용이 여기에 기록됩니다.",
};
