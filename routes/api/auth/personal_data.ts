import { createRoute, z } from "@hono/zod-openapi";
import type { Auth } from "../../../lib/auth/mod.ts";
import { toByteStream } from "../../../lib/byte_stream.ts";
import { AppError } from "../../../lib/errors.ts";
import type { People } from "../../../lib/people/mod.ts";
import { toActivity, toLearning, toNotification } from "../../../lib/people/view.ts";
import { requireLogin, whoOf } from "../../middleware/guards.ts";
import { apiApp } from "../app.ts";
import { errors, streamed } from "../envelope.ts";
import { toSession } from "./sessions.ts";
import { toUser } from "./user.ts";
import { TO_READ } from "../security.ts";

const PAGE = 100;

const exportRoute = createRoute({
  method: "get",
  path: "/export",
  tags: ["users"],
  summary: "Everything that is kept about you",
  security: TO_READ,
  responses: {
    200: streamed("A line of JSON for each thing, with its kind", {
      "application/x-ndjson": z.string(),
    }),
    ...errors(401, 403, 429, 503),
  },
});

export interface PersonalDataDeps {
  readonly auth: Auth;
  readonly people: People;
  /** What other families keep about a person. */
  readonly linesOf: (userId: string) => AsyncIterable<object>;
}

/** `/api/users/export` (P-31): line by line, so that a long life is no large answer. */
export function personalDataRoutes(
  { auth, people, linesOf }: PersonalDataDeps,
) {
  const app = apiApp();
  app.use("/export", requireLogin);

  async function* lines(userId: string, sessionId: string): AsyncGenerator<object> {
    const account = await auth.accounts.find(userId);
    if (account === null) throw new AppError("AUTH_FAILED", "Account is gone");
    const profile = await people.profiles.find(userId);
    yield { kind: "user", ...toUser(account, profile), settings: profile.settings };
    yield { kind: "analytics", ...toLearning(await people.findLearning(userId)) };
    for (const session of await auth.sessions.list(userId)) {
      yield { kind: "session", ...toSession(session, sessionId) };
    }
    for (let skip = 0;; skip += PAGE) {
      const { entries } = await people.activities.list(userId, { limit: PAGE, skip });
      for (const entry of entries) yield { kind: "activity", ...toActivity(entry) };
      if (entries.length < PAGE) break;
    }
    for (let skip = 0;; skip += PAGE) {
      const { entries } = await people.notifications.list(userId, { limit: PAGE, skip });
      for (const entry of entries) yield { kind: "notification", ...toNotification(entry) };
      if (entries.length < PAGE) break;
    }
    yield* linesOf(userId);
  }

  app.openapi(exportRoute, (c) => {
    const { userId, sessionId } = whoOf(c);
    c.header("content-type", "application/x-ndjson; charset=utf-8");
    c.header("content-disposition", 'attachment; filename="my-data.ndjson"');
    c.header("cache-control", "no-store");
    return c.body(toByteStream(toLines(lines(userId, sessionId))));
  });
  return app;
}

async function* toLines(objects: AsyncIterable<object>): AsyncGenerator<string> {
  for await (const object of objects) yield `${JSON.stringify(object)}\n`;
}
