import type { Locale } from "../../lib/ui/locale.ts";
import { ETFS, FIRST_WEIGHTS, PORTFOLIO_NAMES, RISKS, STYLES } from "./content.ts";
import { PAGES, STEP_PAGES, stepOf } from "./pages.ts";
import { type Draft, newDraft, secondsBetween } from "./visit.ts";
import type { VisitCore } from "./visit_store.ts";

export interface PortfolioActions {
  /** From the first question on. */
  createPortfolio(): void;
  draw(part: Partial<Draft>): void;
  /** @param by percent, up or down */
  adjust(index: number, by: number): void;
  /** Goes to the next question, and from the last one to what was made. */
  nextStep(): void;
}

export function portfolioActions(
  { visit, change, tell, go, clock }: VisitCore,
  succeed: () => void,
): PortfolioActions {
  function draw(part: Partial<Draft>): void {
    change({ draft: { ...visit.value.draft, ...part } });
  }

  function create(): void {
    const { draft, mission, outcome, locale } = visit.value;
    const now = clock.now();
    tell("portfolio_created", {
      portfolioId: `pf_${now.toString(36)}`,
      portfolioName: suggested(draft.name),
      riskType: draft.risk,
      investmentStyle: draft.style,
      targetProfitPercentage: draft.target,
      etfCount: draft.weights.filter((weight) => weight > 0).length,
      totalCreationTime: secondsBetween(draft.beganAt, now),
      createdAt: new Date(now).toISOString(),
      language: locale,
    });
    if (mission === "portfolio" && outcome === "open") succeed();
    else go(PAGES.portfolio);
  }

  return {
    draw,
    createPortfolio() {
      change({ draft: newDraft(clock.now()) });
      go(STEP_PAGES[0]);
    },
    adjust(index, by) {
      const { weights, adjustments } = visit.value.draft;
      const moved = weights.map((it, i) => i === index ? Math.min(100, Math.max(0, it + by)) : it);
      draw({ weights: moved, adjustments: adjustments + 1 });
    },
    nextStep() {
      const { page, enteredAt, draft, locale } = visit.value;
      const step = stepOf(page);
      if (step === null) return;
      const now = clock.now();
      tell("portfolio_creation_step", {
        step,
        ...TOLD[step - 1]({ draft, locale, now }),
        timeOnStep: secondsBetween(enteredAt, now),
      });
      if (step === 5) return create();
      if (step === 1) draw({ weights: firstWeights(draft), adjustments: 0 });
      go(STEP_PAGES[step]);
    },
  };
}

interface Asked {
  readonly draft: Draft;
  readonly locale: Locale;
  readonly now: number;
}

/** What each step has in its event. */
const TOLD: readonly ((asked: Asked) => Record<string, unknown>)[] = [
  ({ draft, locale }) => ({
    stepName: "risk_type_selection",
    selectedValue: draft.risk,
    selectedLabel: RISKS.find(({ value }) => value === draft.risk)?.label[locale],
  }),
  ({ draft, locale }) => ({
    stepName: "style_selection",
    selectedValue: draft.style,
    selectedLabel: STYLES.find(({ value }) => value === draft.style)?.label[locale],
  }),
  ({ draft, locale }) => ({
    stepName: "weight_adjustment",
    portfolioItems: ETFS.map(({ id, name }, i) => ({
      etfId: id,
      etfName: name[locale],
      initialWeight: firstWeights(draft)[i],
      finalWeight: draft.weights[i],
      wasAdjusted: draft.weights[i] !== firstWeights(draft)[i],
    })),
    totalWeight: totalOf(draft.weights),
    adjustmentCount: draft.adjustments,
  }),
  ({ draft, now }) => ({
    stepName: "portfolio_naming",
    portfolioName: suggested(draft.name),
    nameLength: draft.name.length,
    inputTime: draft.nameBeganAt === null ? 0 : secondsBetween(draft.nameBeganAt, now),
  }),
  ({ draft }) => ({
    stepName: "target_profit_selection",
    initialPercentage: newDraft(0).target,
    finalPercentage: draft.target,
    wasAdjusted: draft.targetMoves > 0,
    scrollCount: draft.targetMoves,
  }),
];

export function totalOf(weights: readonly number[]): number {
  return weights.reduce((sum, weight) => sum + weight, 0);
}

function firstWeights({ risk }: Draft): readonly number[] {
  return FIRST_WEIGHTS[risk ?? "neutral"];
}

/** A name that somebody typed may say who it was: only those that we suggest are told. */
function suggested(name: string): string | null {
  return PORTFOLIO_NAMES.some((it) => it.ko === name || it.en === name) ? name : null;
}
