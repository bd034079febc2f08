import { deepEqual, equal, ok } from "node:assert/strict";
import { type Logger, silentLogger } from "../../lib/logger.ts";
import { ANSWER, begun, ended, NO_LIMITS } from "../support/analysing.ts";
import { person } from "../support/person.ts";
import { testApp } from "../support/test_app.ts";

Deno.test("[P-34] what comes of an interview is logged with its ids and times, not what was said", async () => {
  const lines: Record<string, unknown>[] = [];
  const info: Logger["info"] = (message, more) => void lines.push({ message, ...more });
  await using app = await testApp({
    parts: { logger: { ...silentLogger, info } },
    env: NO_LIMITS,
  });
  const kim = await person(app);
  const input = await begun(kim);
  const { id } = (await kim.send("POST", "/api/analysis/answer", input)).body.data;
  await ended(app, kim.userId, id);
  await kim.send("POST", `/api/sessions/${input.sessionId}/complete`);
  const own = lines.filter(({ userId }) => userId === kim.userId);
  deepEqual(own.map(({ operation, sessionId }) => [operation, sessionId]), [
    ["analysis:completed", input.sessionId],
    ["interview:completed", input.sessionId],
  ]);
  deepEqual([own[0].analysisId, own[0].model], [id, "local-rubric-1"]);
  ok(own.every(({ duration }) => typeof duration === "number"));
  equal(JSON.stringify(lines).includes(ANSWER), false);
});
