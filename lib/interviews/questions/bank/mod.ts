import type { JobCategory } from "../../../job_categories.ts";
import backend from "./backend.json" with { type: "json" };
import dataScience from "./data-science.json" with { type: "json" };
import designer from "./designer.json" with { type: "json" };
import devops from "./devops.json" with { type: "json" };
import frontend from "./frontend.json" with { type: "json" };
import marketer from "./marketer.json" with { type: "json" };
import mobileDevelopment from "./mobile-development.json" with { type: "json" };
import other from "./other.json" with { type: "json" };
import planner from "./planner.json" with { type: "json" };
import productManagement from "./product-management.json" with { type: "json" };
import qa from "./qa.json" with { type: "json" };

/** The files of the bank, checked where they are read. */
export const BANK: Readonly<Record<JobCategory, unknown>> = {
  frontend,
  backend,
  planner,
  designer,
  marketer,
  "data-science": dataScience,
  devops,
  "product-management": productManagement,
  qa,
  "mobile-development": mobileDevelopment,
  other,
};
