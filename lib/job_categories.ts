/** What a person may practise for (document 5). */
export const JOB_CATEGORIES = [
  "frontend",
  "backend",
  "planner",
  "designer",
  "marketer",
  "data-science",
  "devops",
  "product-management",
  "qa",
  "mobile-development",
  "other",
] as const;
export type JobCategory = (typeof JOB_CATEGORIES)[number];
