import type { NamedRule } from "./rules_table.ts";

/** The ids that `docs/rules.md` lists; test names may carry others, of which no table is kept. */
const LISTED_ID = /^(?:M-|T-M|E-|E-8\.|T-E|V-|T-V|P-|T-P|D-|L-|T-L|X-)\d+$/;
const LEADING_BRACKETS = /^(?:\[[^\]]+\]\s*)+/;
const SKIPPING_CALLS: ReadonlySet<string> = new Set(["ignore", "skip", "fixme", "todo"]);

/**
 * The rules that the tests of one file name. Every text that starts with an id in brackets counts,
 * so names kept in a table are seen too; comments do not count, nor do tests that never run.
 * Works in `deno test` only, which alone has the parser.
 * @throws SyntaxError when the file cannot be parsed
 */
export function findNamedRules(file: string, source: string): NamedRule[] {
  const found: NamedRule[] = [];
  const note = (name: string, node: Deno.lint.Node & { parent: Deno.lint.Node }) => {
    if (isSkipped(node.parent)) return;
    for (const id of idsIn(name)) found.push({ id, name, file });
  };
  const create = (): Deno.lint.LintVisitor => ({
    Literal(node) {
      if (typeof node.value === "string") note(node.value, node);
    },
    TemplateLiteral: (node) => note(node.quasis.map((part) => part.cooked).join("…"), node),
  });
  Deno.lint.runPlugin({ name: "names", rules: { collect: { create } } }, file, source);
  return found;
}

function idsIn(name: string): string[] {
  const brackets = LEADING_BRACKETS.exec(name)?.[0] ?? "";
  return [...brackets.matchAll(/\[([^\]]+)\]/g)].map((match) => match[1])
    .filter((id) => LISTED_ID.test(id));
}

/** True in `test.ignore("name", …)` and in `{ name: "name", ignore: true }`. */
function isSkipped(parent: Deno.lint.Node): boolean {
  if (parent.type === "CallExpression" && parent.callee.type === "MemberExpression") {
    const { property } = parent.callee;
    return property.type === "Identifier" && SKIPPING_CALLS.has(property.name);
  }
  if (parent.type !== "Property" || parent.parent.type !== "ObjectExpression") return false;
  return parent.parent.properties.some((property) =>
    property.type === "Property" && property.key.type === "Identifier" &&
    property.key.name === "ignore" && property.value.type === "Literal" &&
    property.value.value === true
  );
}
