import assert from "node:assert/strict";
import { parseOptions } from "../../../tools/torture/options.ts";

const NAMES = ["kill", "storm", "idle"];

Deno.test("parseOptions() runs everything at length by default", () => {
  const options = { only: null, isShort: false, rounds: null };
  assert.deepEqual(parseOptions([], NAMES), { kind: "run", options });
});

Deno.test("parseOptions() reads the whole line", () => {
  const line = "--short --only kill,storm --only idle --rounds 3";
  const options = { only: ["kill", "storm", "idle"], isShort: true, rounds: 3 };
  assert.deepEqual(parseOptions(line.split(" "), NAMES), { kind: "run", options });
});

Deno.test("parseOptions() names every fault at once", () => {
  const parsed = parseOptions(["--only", "kill,fire,water", "--rounds", "0"], NAMES);
  assert.ok(parsed.kind === "wrong");
  assert.deepEqual(parsed.faults, [
    '--only must be of kill, storm, idle, not "fire"',
    '--only must be of kill, storm, idle, not "water"',
    '--rounds must be a whole number from 1 to 1000, not "0"',
  ]);
});

Deno.test("parseOptions() refuses an unknown flag and answers --help", () => {
  assert.equal(parseOptions(["--long"], NAMES).kind, "wrong");
  assert.equal(parseOptions(["--rounds", "many"], NAMES).kind, "wrong");
  assert.equal(parseOptions(["--help"], NAMES).kind, "help");
});
