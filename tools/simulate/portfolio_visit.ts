import {
  ETFS,
  PAGES,
  PORTFOLIO_NAMES,
  RISK_TYPES,
  STEP_NAMES,
  STEP_PAGES,
  STYLES,
} from "./content.ts";
import type { Random } from "./random.ts";
import type { Occasion } from "./visit.ts";
import { depart, finish } from "./visit_ending.ts";
import { navigate, press, wander } from "./wander.ts";

interface Portfolio {
  readonly risk: (typeof RISK_TYPES)[number];
  readonly style: (typeof STYLES)[number];
  readonly name: string;
  readonly targetProfit: number;
  readonly etfCount: number;
}

/** The five steps of the portfolio mission, from the home page to the end that the persona has. */
export function playPortfolio(occasion: Occasion): void {
  const { timeline, random, persona } = occasion;
  navigate(occasion, PAGES.portfolio);
  wander(occasion);
  timeline.wait(1, 3);
  press(timeline, "포트폴리오 만들기");
  timeline.open(PAGES.createMethod);
  timeline.wait(1, 3);
  press(timeline, "자동으로 만들기");

  const startedAt = timeline.seconds();
  const portfolio: Portfolio = {
    risk: random.pick(RISK_TYPES),
    style: random.pick(STYLES),
    name: random.pick(PORTFOLIO_NAMES),
    targetProfit: random.int(1, 12) * 5,
    etfCount: random.int(3, ETFS.length),
  };
  for (const step of [1, 2, 3, 4, 5]) {
    timeline.open(STEP_PAGES[step - 1]);
    const openedAt = timeline.seconds();
    wander(occasion);
    const { ending } = persona;
    if (ending.kind === "left" && ending.at === step) {
      timeline.wait(2, 20);
      return depart(occasion, { ...ending, step });
    }
    const chosen = STEPS[step - 1](occasion, portfolio);
    timeline.happen("portfolio_creation_step", {
      step,
      stepName: STEP_NAMES[step - 1],
      ...chosen,
      timeOnStep: seconds(timeline.seconds() - openedAt),
    });
    timeline.wait(0.2, 0.6);
    press(timeline, step === 5 ? "완료" : "다음");
  }
  create(occasion, { ...portfolio, startedAt });
  finish(occasion);
}

/** What each step has in its event, after the time it takes. */
const STEPS: readonly ((occasion: Occasion, portfolio: Portfolio) => Record<string, unknown>)[] = [
  ({ timeline }, { risk }) => {
    timeline.wait(5, 14);
    return { selectedValue: risk.value, selectedLabel: risk.label };
  },
  ({ timeline }, { style }) => {
    timeline.wait(4, 12);
    return { selectedValue: style.value, selectedLabel: style.label };
  },
  ({ timeline, random }, { etfCount }) => {
    timeline.wait(12, 35);
    return adjustWeights(random, etfCount);
  },
  (occasion, { name }) => typeName(occasion, name),
  ({ timeline, random }, { targetProfit }) => {
    timeline.wait(4, 12);
    const initialPercentage = 20;
    return {
      initialPercentage,
      finalPercentage: targetProfit,
      wasAdjusted: targetProfit !== initialPercentage,
      scrollCount: random.int(0, 9),
    };
  },
];

function adjustWeights(random: Random, etfCount: number): Record<string, unknown> {
  const even = Math.floor(100 / etfCount);
  const initial = ETFS.slice(0, etfCount).map((_, i) =>
    i === 0 ? 100 - even * (etfCount - 1) : even
  );
  const final = [...initial];
  const adjustmentCount = random.int(0, 6);
  for (let i = 0; i < adjustmentCount; i++) {
    const from = random.int(0, etfCount - 1);
    const moved = Math.min(5, final[from]);
    final[from] -= moved;
    final[(from + 1) % etfCount] += moved;
  }
  return {
    portfolioItems: initial.map((initialWeight, i) => ({
      etfId: ETFS[i].id,
      etfName: ETFS[i].name,
      initialWeight,
      finalWeight: final[i],
      wasAdjusted: final[i] !== initialWeight,
    })),
    totalWeight: final.reduce((sum, weight) => sum + weight, 0),
    adjustmentCount,
  };
}

function typeName({ timeline, random }: Occasion, name: string): Record<string, unknown> {
  const input = (action: string, inputLength: number) =>
    timeline.happen("input_interaction", {
      inputId: "portfolio-name",
      action,
      inputLength,
      page: timeline.page.url,
      isMissionRelevant: false,
    });
  timeline.wait(1, 3);
  input("focus", 0);
  const inputTime = timeline.wait(3, 12);
  if (random.chance(0.7)) input("change", name.length);
  input("blur", name.length);
  return { portfolioName: name, nameLength: name.length, inputTime };
}

function create(
  { timeline, random }: Occasion,
  portfolio: Portfolio & { readonly startedAt: number },
): void {
  timeline.wait(0.3, 1);
  timeline.happen("portfolio_created", {
    portfolioId: `pf_${random.int(100_000, 999_999)}`,
    portfolioName: portfolio.name,
    riskType: portfolio.risk.value,
    investmentStyle: portfolio.style.value,
    targetProfitPercentage: portfolio.targetProfit,
    etfCount: portfolio.etfCount,
    totalCreationTime: seconds(timeline.seconds() - portfolio.startedAt),
  }, "createdAt");
}

/** Differences of seconds carry the rounding of binary fractions; clients send milliseconds. */
function seconds(value: number): number {
  return Math.round(value * 1000) / 1000;
}
