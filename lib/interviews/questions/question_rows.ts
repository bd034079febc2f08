import { encodeJson } from "../../kv/json_value.ts";
import { listJson } from "../../kv/list_json.ts";
import type { Kv } from "../../kv/port.ts";
import { createOneAtATime } from "../../one_at_a_time.ts";
import { interviewKeys } from "../keys.ts";
import { type Question, questionSchema } from "../schema.ts";

/** What was changed of the questions that come with the program, and those that were added. */
export interface QuestionRows {
  /** Without those that cannot be read. */
  all(onUnreadable: (error: unknown) => void): Promise<Question[]>;
  /** All or none, however many they are. */
  store(questions: readonly Question[]): Promise<void>;
  /** In one commit, so only as many as that takes. */
  replace(removed: readonly Question[], added: readonly Question[]): Promise<void>;
}

/** Of one commit, far within what the store takes. */
const MAX_ROWS = 300;
const MAX_BYTES = 400 * 1024;

type Row = readonly [questionId: string, value: Uint8Array];

/**
 * More rows than one commit takes are put beside their place first, then a mark says that they
 * count, then they are moved: a crash before the mark leaves none of them, one after it all.
 */
export async function openQuestionRows(kv: Kv): Promise<QuestionRows> {
  const turns = createOneAtATime();
  const { value: isMarked } = await kv.get(interviewKeys.questionsStaged);
  if (isMarked !== null) await moveStaged(kv);
  else await removeStaged(kv);

  return {
    all: (onUnreadable) =>
      Array.fromAsync(
        listJson(kv, { prefix: interviewKeys.questions, schema: questionSchema, onUnreadable }),
      ),
    async store(questions) {
      const batches = toBatches(questions.map(toRow));
      if (batches.length > 1) await turns.run("staged", () => storeMany(kv, batches));
      else await commitRows(kv.atomic(), batches.flat());
    },
    async replace(removed, added) {
      const operation = kv.atomic();
      for (const { questionId } of removed) operation.delete(interviewKeys.question(questionId));
      await commitRows(operation, added.map(toRow));
    },
  };
}

const toRow = (question: Question): Row => [question.questionId, encodeJson(question)];

async function commitRows(operation: Deno.AtomicOperation, rows: readonly Row[]): Promise<void> {
  for (const [id, value] of rows) operation.set(interviewKeys.question(id), value);
  await operation.commit();
}

async function storeMany(kv: Kv, batches: readonly (readonly Row[])[]): Promise<void> {
  await removeStaged(kv);
  for (const batch of batches) {
    const operation = kv.atomic();
    for (const [id, value] of batch) operation.set(interviewKeys.stagedQuestion(id), value);
    await operation.commit();
  }
  await kv.set(interviewKeys.questionsStaged, true);
  await moveStaged(kv);
}

async function moveStaged(kv: Kv): Promise<void> {
  const rows: Row[] = [];
  for await (
    const { key, value } of kv.list<Uint8Array>({ prefix: interviewKeys.stagedQuestions })
  ) {
    rows.push([String(key.at(-1)), value]);
  }
  for (const batch of toBatches(rows)) {
    const operation = kv.atomic();
    for (const [id, value] of batch) {
      operation.set(interviewKeys.question(id), value).delete(interviewKeys.stagedQuestion(id));
    }
    await operation.commit();
  }
  await kv.delete(interviewKeys.questionsStaged);
}

async function removeStaged(kv: Kv): Promise<void> {
  for await (const { key } of kv.list({ prefix: interviewKeys.stagedQuestions })) {
    await kv.delete(key);
  }
}

function toBatches(rows: readonly Row[]): Row[][] {
  const batches: Row[][] = [];
  let bytes = Infinity;
  for (const row of rows) {
    bytes += row[1].length;
    const batch = batches.at(-1);
    if (batch === undefined || bytes > MAX_BYTES || batch.length >= MAX_ROWS) {
      batches.push([row]);
      bytes = row[1].length;
    } else batch.push(row);
  }
  return batches;
}
