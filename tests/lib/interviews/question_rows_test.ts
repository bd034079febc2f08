import { deepEqual, equal, rejects } from "node:assert/strict";
import { createIds } from "../../../lib/ids.ts";
import { openCatalogue } from "../../../lib/interviews/questions/catalogue.ts";
import { openQuestionRows } from "../../../lib/interviews/questions/question_rows.ts";
import { SHIPPED_QUESTIONS } from "../../../lib/interviews/questions/shipped.ts";
import type { Kv } from "../../../lib/kv/port.ts";
import { failingKv } from "../../support/failing_kv.ts";
import { testClock } from "../../support/test_clock.ts";

const SHIPPED = SHIPPED_QUESTIONS.length;

/** As many as the bank has room for, none of them new with the program. */
function many(count: number) {
  const { questionId: _, ...input } = SHIPPED_QUESTIONS[0];
  return Array.from(
    { length: count },
    (_, at) => ({ input: { ...input, question: `Why ${at}?` } }),
  );
}

const open = (kv: Kv) => {
  const clock = testClock();
  const onUnreadable = (error: unknown) => {
    throw error;
  };
  return openCatalogue({ kv, clock, ids: createIds({ clock }), onUnreadable });
};

Deno.test("[P-13] as many questions as the bank holds are taken at once, and are there after a restart", async () => {
  using kv = await Deno.openKv(":memory:");
  const catalogue = await open(kv);
  await catalogue.addAll(many(5_000 - SHIPPED), "lee");
  equal(catalogue.all().length, 5_000);
  await rejects(catalogue.addAll(many(1), "lee"), { code: "CONFLICT" });
  const again = await open(kv);
  equal(again.all().length, 5_000);
  const file = again.all().map(({ questionId: id, ...input }) => ({ id, input }));
  deepEqual(await again.addAll(file, "lee"), { added: 0, changed: 5_000 });
});

/** Commits until the mark of 1 000 questions, which are moved by the next four. */
const UNTIL_MARK = 4;

for (
  const [commits, kept] of [[0, 0], [2, 0], [UNTIL_MARK, 0], [UNTIL_MARK + 1, 1_000], [
    UNTIL_MARK + 3,
    1_000,
  ]]
) {
  Deno.test(`[P-13] of a thousand questions ${kept} are there when the store breaks after ${commits} writes`, async () => {
    using real = await Deno.openKv(":memory:");
    const { kv, breakAfter, mend } = failingKv(real);
    const catalogue = await open(kv);
    breakAfter(commits);
    await rejects(catalogue.addAll(many(1_000), "lee"));
    mend();
    equal((await open(kv)).all().length, SHIPPED + kept);
    await openQuestionRows(kv);
    for await (const { key } of kv.list({ prefix: ["interviews", "staged_questions"] })) {
      throw new Error(`Left over: ${key.join("/")}`);
    }
  });
}
