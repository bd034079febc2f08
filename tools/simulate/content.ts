/** What the simulated application shows: pages, things to choose, and what visitors write. */

export interface Page {
  readonly url: string;
  readonly name: string;
}

export const PAGES = {
  missionStart: { url: "/mission-start", name: "Mission Start" },
  home: { url: "/home", name: "Home" },
  portfolio: { url: "/portfolio", name: "Portfolio" },
  createMethod: { url: "/portfolio/create/method", name: "Create Method" },
  vocabulary: { url: "/vocabulary", name: "Vocabulary" },
  search: { url: "/search", name: "Search" },
  etfList: { url: "/etf", name: "ETF List" },
  rating: { url: "/mission-rating", name: "Mission Rating" },
  complete: { url: "/mission-complete", name: "Mission Complete" },
  quit: { url: "/mission-quit", name: "Mission Quit" },
} as const satisfies Record<string, Page>;

/** The five pages of the portfolio mission, in order. */
export const STEP_PAGES: readonly Page[] = ["", "/step2", "/step3", "/step4", "/step5"].map(
  (tail, i) => ({ url: `/portfolio/create/auto${tail}`, name: `AutoCreate Step ${i + 1}` }),
);

export const STEP_NAMES = [
  "risk_type_selection",
  "style_selection",
  "weight_adjustment",
  "portfolio_naming",
  "target_profit_selection",
] as const;

export interface Option {
  readonly value: string;
  readonly label: string;
}

export const RISK_TYPES: readonly Option[] = [
  { value: "stable", label: "안정형" },
  { value: "neutral", label: "중립형" },
  { value: "aggressive", label: "공격형" },
];

export const STYLES: readonly Option[] = [
  { value: "growth", label: "성장 추구" },
  { value: "dividend", label: "배당 중심" },
  { value: "balanced", label: "균형 투자" },
];

export const ETFS: readonly { readonly id: string; readonly name: string }[] = [
  { id: "069500", name: "KODEX 200" },
  { id: "133690", name: "TIGER 미국나스닥100" },
  { id: "360750", name: "TIGER 미국S&P500" },
  { id: "114260", name: "KODEX 국고채3년" },
  { id: "132030", name: "KODEX 골드선물(H)" },
];

export const CARDS: readonly { readonly id: string; readonly title: string }[] = [
  { id: "card_etf", title: "ETF" },
  { id: "card_dividend", title: "배당금" },
  { id: "card_volatility", title: "변동성" },
  { id: "card_rebalancing", title: "리밸런싱" },
  { id: "card_expense_ratio", title: "총보수" },
];

export const PORTFOLIO_NAMES = [
  "나의 첫 포트폴리오",
  "노후 준비 🐢",
  "커피값 모으기",
  "A안",
  "떡상 가즈아",
];

/** With characters that break careless tables and exports: quotes, lines, formulas, mark-up, emoji. */
export const FEEDBACKS: readonly string[] = [
  "처음에는 어려웠지만 따라하기 쉬웠어요",
  "비중 조정이 조금 헷갈렸습니다.",
  "단어 설명이 친절해서 좋았어요 👍",
  "버튼이 작아서 누르기 힘들었어요",
  "글씨가 더 컸으면 좋겠어요\n그래도 재미있었습니다",
  '"리밸런싱"이 무슨 뜻인지 이제 알겠네요, 감사합니다!',
  "=1+1 이라고 써도 되나요?",
  "<b>굿</b> & 최고 👨‍👩‍👧",
];

export const QUIT_REASONS = [
  "너무 어려워요",
  "시간이 부족해요",
  "재미가 없어요",
  "버튼을 못 찾겠어요",
];

/** What the application itself writes after two minutes without a touch. */
export const IDLE_REASON = "자동 포기 (2분 비활동)";

/** The scale is of ease: five is very easy (trap T-M12). */
export const RATING_TEXTS: Readonly<Record<number, string>> = {
  1: "아주 어려움",
  2: "어려움",
  3: "보통",
  4: "쉬움",
  5: "아주 쉬움",
};
