/** The screens, as events name them: addresses within the application, not of this server. */
export const PAGES = {
  attract: "/",
  onboarding: "/onboarding",
  selection: "/mission-selection",
  start: "/mission-start",
  home: "/home",
  portfolio: "/portfolio",
  vocabulary: "/vocabulary",
  search: "/search",
  etfs: "/etf",
  rating: "/mission-rating",
  complete: "/mission-complete",
  quit: "/mission-quit",
  /** No visitor sees it, and no event names it. */
  staff: "/staff",
} as const;

/** Of the five steps that make a portfolio, in order. */
export const STEP_PAGES = ["", "/step2", "/step3", "/step4", "/step5"].map((tail) =>
  `/portfolio/create/auto${tail}`
);

/** There nobody is asked whether they are still here. */
export const CALM_PAGES: readonly string[] = [
  PAGES.attract,
  PAGES.onboarding,
  PAGES.selection,
  PAGES.start,
  PAGES.rating,
  PAGES.complete,
  PAGES.quit,
];

const NAMES: Readonly<Record<string, string>> = {
  [PAGES.onboarding]: "Onboarding",
  [PAGES.selection]: "Mission Selection",
  [PAGES.start]: "Mission Start",
  [PAGES.home]: "Home",
  [PAGES.portfolio]: "Portfolio",
  [PAGES.vocabulary]: "Vocabulary",
  [PAGES.search]: "Search",
  [PAGES.etfs]: "ETF List",
  [PAGES.rating]: "Mission Rating",
  [PAGES.complete]: "Mission Complete",
  [PAGES.quit]: "Mission Quit",
};

export function etfPage(id: string): string {
  return `/etf/${id}/detail`;
}

/** The id of an ETF's page; null for another page. */
export function etfOf(page: string): string | null {
  return /^\/etf\/([^/]+)\/detail$/.exec(page)?.[1] ?? null;
}

/** 1 to 5; null for a page that is no step. */
export function stepOf(page: string): number | null {
  const index = STEP_PAGES.indexOf(page);
  return index < 0 ? null : index + 1;
}

/** `pageName` of a page view. */
export function pageNameOf(page: string): string {
  const step = stepOf(page);
  if (step !== null) return `AutoCreate Step ${step}`;
  return etfOf(page) === null ? NAMES[page] ?? page : "ETF Detail";
}

/** Where the arrow at the top leads; null where there is none. */
export function parentOf(page: string): string | null {
  const step = stepOf(page);
  if (step !== null) return step === 1 ? PAGES.portfolio : STEP_PAGES[step - 2];
  if (etfOf(page) !== null) return PAGES.etfs;
  return page === PAGES.vocabulary ? PAGES.portfolio : null;
}
