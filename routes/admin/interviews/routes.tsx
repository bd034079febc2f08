import { Hono } from "hono";
import type { Audit } from "../../../lib/audit/mod.ts";
import { permits } from "../../../lib/auth/roles.ts";
import type { Interviews } from "../../../lib/interviews/mod.ts";
import type { AppEnv } from "../../middleware/context.ts";
import { requirePermission, whoOf } from "../../middleware/guards.ts";
import type { Pages } from "../../pages/pages.ts";
import { offsetOf } from "./offset.ts";
import { InterviewsPage } from "./overview.tsx";
import { questionRoutes } from "./question_routes.tsx";

export interface InterviewPagesDeps {
  readonly pages: Pages;
  readonly interviews: Interviews;
  readonly audit: Audit;
}

const DAYS = 30;
const PER_PAGE = 25;

/** `/admin/interviews`: what is practised, for who studies or operates it (P-13, P-38). */
export function interviewPages(deps: InterviewPagesDeps) {
  const { pages, interviews: { everybody, queue } } = deps;
  const app = new Hono<AppEnv>();
  app.get("/interviews", requirePermission("study", "operate"), async (c) => {
    const offset = offsetOf(c.req.query("skip"));
    const found = await everybody.sessions({ limit: PER_PAGE + 1, offset });
    const hrefAt = (skip: number) => `/admin/interviews?skip=${skip}`;
    const view = {
      days: await everybody.days(DAYS),
      waiting: queue.waiting(),
      sessions: found.slice(0, PER_PAGE),
      newerHref: offset === 0 ? null : hrefAt(Math.max(0, offset - PER_PAGE)),
      olderHref: found.length > PER_PAGE ? hrefAt(offset + PER_PAGE) : null,
      mayEdit: permits(whoOf(c).role, "administer"),
    };
    return pages.send(c, {
      title: ({ t }) => t.interviews.title,
      body: (ui) => <InterviewsPage view={view} ui={ui} />,
    });
  });
  app.route("/", questionRoutes(deps));
  return app;
}
