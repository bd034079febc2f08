import assert from "node:assert/strict";
import { z } from "zod";
import type { AppError } from "../../lib/errors.ts";
import { idSchema } from "../../lib/ids.ts";
import { validate } from "../../lib/validation.ts";

const schema = z.object({
  type: z.enum(["a", "b"]).optional(),
  kind: z.enum(["x", "y"]),
  id: z.uuid().optional(),
  at: z.iso.datetime({ offset: true }).optional(),
  rating: z.number().int().min(1).max(5).optional(),
  name: z.string().min(1).max(3).optional(),
  data: z.record(z.string(), z.unknown()).optional(),
  list: z.array(z.object({ n: z.number() })).min(2).optional(),
  attemptId: idSchema("attempt").optional(),
});

const options = { code: "INVALID_EVENT", what: "Event validation failed" } as const;

Deno.test("[M-60] validate() names the field at fault and what was expected there", () => {
  const table: [input: unknown, problem: string, field: string, expected: string][] = [
    [{}, "missing required field 'kind'", "kind", "one of x, y"],
    [{ kind: "z" }, "invalid field 'kind'", "kind", "one of x, y"],
    [{ kind: null }, "invalid field 'kind'", "kind", "one of x, y"],
    [{ kind: "x", type: "c" }, "invalid field 'type'", "type", "one of a, b"],
    [{ kind: "x", id: "1" }, "invalid field 'id'", "id", "UUID"],
    [
      { kind: "x", at: "today" },
      "invalid field 'at'",
      "at",
      "ISO 8601 date and time with a zone",
    ],
    [{ kind: "x", rating: 6 }, "invalid field 'rating'", "rating", "at most 5"],
    [{ kind: "x", rating: 0 }, "invalid field 'rating'", "rating", "at least 1"],
    [{ kind: "x", rating: 1.5 }, "invalid field 'rating'", "rating", "whole number"],
    [{ kind: "x", rating: "5" }, "invalid field 'rating'", "rating", "number"],
    [{ kind: "x", name: "four" }, "invalid field 'name'", "name", "at most 3 characters"],
    [{ kind: "x", name: "" }, "invalid field 'name'", "name", "at least 1 character"],
    [{ kind: "x", list: [] }, "invalid field 'list'", "list", "at least 2 items"],
    [{ kind: "x", data: [] }, "invalid field 'data'", "data", "object"],
    [
      { kind: "x", list: [{ n: 1 }, {}] },
      "missing required field 'list.1.n'",
      "list.1.n",
      "number",
    ],
    [
      { kind: "x", attemptId: "attempt_x" },
      "invalid field 'attemptId'",
      "attemptId",
      "an id of the form attempt_ and digits",
    ],
    ["text", "not an object", "body", "object"],
    [null, "not an object", "body", "object"],
  ];
  for (const [input, problem, field, expected] of table) {
    assert.throws(() => validate(schema, input, options), (error: AppError) => {
      assert.equal(error.message, `Event validation failed: ${problem}`);
      assert.equal(error.code, "INVALID_EVENT");
      assert.deepEqual(error.details, { field, expected });
      return true;
    }, JSON.stringify(input));
  }
});

Deno.test("validate() gives what the schema makes of the input", () => {
  const trimmed = z.object({ name: z.string().trim() });
  assert.deepEqual(validate(trimmed, { name: " a ", more: 1 }, options), { name: "a" });
});
