import type { Localized } from "../../lib/ui/locale.ts";

/** Pictures that stand beside words; `art.tsx` draws them. */
export type ArtName =
  | "sprout"
  | "scales"
  | "kite"
  | "tree"
  | "coins"
  | "bricks"
  | "basket"
  | "card"
  | "medal"
  | "door";

/** Something to choose, as it is shown and as events name it. */
export interface Option {
  readonly value: string;
  readonly label: Localized;
  readonly hint: Localized;
  readonly art: ArtName;
}

export const RISKS: readonly Option[] = [
  {
    value: "stable",
    label: { ko: "안정형", en: "Steady" },
    hint: { ko: "천천히, 흔들림 없이", en: "Slow, and little up and down" },
    art: "sprout",
  },
  {
    value: "neutral",
    label: { ko: "중립형", en: "Balanced" },
    hint: { ko: "오르내림도 조금은 괜찮아요", en: "Some up and down is fine" },
    art: "scales",
  },
  {
    value: "aggressive",
    label: { ko: "공격형", en: "Bold" },
    hint: { ko: "크게 흔들려도 높이", en: "High, even if it shakes" },
    art: "kite",
  },
];

export const STYLES: readonly Option[] = [
  {
    value: "growth",
    label: { ko: "성장 추구", en: "Growth" },
    hint: { ko: "앞으로 커질 회사에", en: "Companies that will be larger" },
    art: "tree",
  },
  {
    value: "dividend",
    label: { ko: "배당 중심", en: "Dividends" },
    hint: { ko: "꾸준히 나누어 받기", en: "A regular share of the profit" },
    art: "coins",
  },
  {
    value: "balanced",
    label: { ko: "균형 투자", en: "A mix" },
    hint: { ko: "주식과 채권을 고르게", en: "Shares and bonds alike" },
    art: "bricks",
  },
];

/** Made up, as no visitor should take the exhibition for advice. */
export interface Etf {
  readonly id: string;
  readonly name: Localized;
  readonly about: Localized;
  /** A year, in percent. */
  readonly fee: number;
  readonly dividend: number;
  readonly swing: number;
}

export const ETFS: readonly Etf[] = [
  {
    id: "korea-200",
    name: { ko: "한국 큰 회사 200", en: "Korea Large 200" },
    about: { ko: "한국의 큰 회사 200곳", en: "200 large Korean companies" },
    fee: 0.15,
    dividend: 2.1,
    swing: 18,
  },
  {
    id: "world-tech",
    name: { ko: "세계 기술", en: "World Tech" },
    about: { ko: "여러 나라의 기술 회사", en: "Technology of many countries" },
    fee: 0.3,
    dividend: 0.8,
    swing: 26,
  },
  {
    id: "korea-bonds",
    name: { ko: "국채 3년", en: "Bonds 3 Years" },
    about: { ko: "나라에 빌려주는 돈", en: "Money lent to the state" },
    fee: 0.07,
    dividend: 3.2,
    swing: 3,
  },
  {
    id: "gold",
    name: { ko: "금", en: "Gold" },
    about: { ko: "금값을 그대로", en: "The price of gold" },
    fee: 0.4,
    dividend: 0,
    swing: 14,
  },
];

/** By the type of risk, in the order of the ETFs; each adds up to 100. */
export const FIRST_WEIGHTS: Readonly<Record<string, readonly number[]>> = {
  stable: [20, 10, 60, 10],
  neutral: [30, 25, 30, 15],
  aggressive: [35, 45, 10, 10],
};

/** Suggested; what a visitor types instead stays on the kiosk. */
export const PORTFOLIO_NAMES: readonly Localized[] = [
  { ko: "나의 첫 포트폴리오", en: "My first portfolio" },
  { ko: "여행 가는 날", en: "The day I travel" },
  { ko: "커피값 모으기", en: "Coffee money" },
  { ko: "십 년 뒤의 나", en: "Me in ten years" },
];

export interface WordCard {
  readonly id: string;
  readonly title: Localized;
  readonly text: Localized;
}

export const CARDS: readonly WordCard[] = [
  {
    id: "card_etf",
    title: { ko: "ETF", en: "ETF" },
    text: {
      ko: "여러 주식이나 채권을 한 바구니에 담아, 주식처럼 사고파는 상품이에요.",
      en: "A basket of many shares or bonds that is bought and sold like one share.",
    },
  },
  {
    id: "card_dividend",
    title: { ko: "배당금", en: "Dividend" },
    text: {
      ko: "회사가 번 돈의 일부를 주주에게 나누어 주는 돈이에요.",
      en: "A part of what a company earned, paid to those who own its shares.",
    },
  },
  {
    id: "card_volatility",
    title: { ko: "변동성", en: "Volatility" },
    text: {
      ko: "값이 얼마나 크게 오르내리는지를 말해요. 클수록 많이 흔들려요.",
      en: "How far a price moves up and down. The larger it is, the more it shakes.",
    },
  },
  {
    id: "card_expense_ratio",
    title: { ko: "총보수", en: "Expense ratio" },
    text: {
      ko: "ETF를 굴려 주는 값으로 해마다 내는 비용이에요.",
      en: "What it costs each year to have an ETF run for you.",
    },
  },
  {
    id: "card_rebalancing",
    title: { ko: "리밸런싱", en: "Rebalancing" },
    text: {
      ko: "달라진 비중을 처음 정한 비중으로 되돌리는 일이에요.",
      en: "Bringing shares that have drifted back to the weights you chose.",
    },
  },
  {
    id: "card_diversification",
    title: { ko: "분산 투자", en: "Diversification" },
    text: {
      ko: "한 바구니에 모두 담지 않고 여러 곳에 나누어 담는 일이에요.",
      en: "Not putting everything in one basket, but some in each of several.",
    },
  },
];

/** What the detail page of an ETF explains behind its figures. */
export const FIGURES = [
  { card: "card_expense_ratio", of: ({ fee }: Etf) => fee },
  { card: "card_dividend", of: ({ dividend }: Etf) => dividend },
  { card: "card_volatility", of: ({ swing }: Etf) => swing },
] as const;

export const TARGETS = { first: 10, least: 5, most: 30, step: 5 } as const;
