import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { refuseGlobal, toGuardedGlobal } from "./globals_rule.ts";
import { refuseImport, resolveImport } from "./import_rule.ts";
import { holdsKey, KEY_FAULT, mayWriteKeys, takesKey, takesKeys } from "./keys_rule.ts";
import { dottedName, propertyName, receiverName, unwrap } from "./syntax.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** The rules of `docs/architecture.md` that a program can check; each decides in its own file. */
export default {
  name: "docent",
  rules: {
    imports: { create: visitImports },
    globals: { create: visitGlobals },
    "kv-keys": { create: visitKeys },
  },
} satisfies Deno.lint.Plugin;

function visitImports(context: Deno.lint.RuleContext): Deno.lint.LintVisitor {
  const importer = fileOf(context);
  const check = (node: Deno.lint.Node, specifier: unknown, isTypeOnly: boolean) => {
    const imported = typeof specifier === "string" ? resolveImport(importer, specifier) : null;
    if (imported === null) return;
    report(context, node, refuseImport({ importer, imported, isTypeOnly }));
  };
  return {
    ImportDeclaration: (node) => check(node, node.source.value, node.importKind === "type"),
    ExportAllDeclaration: (node) => check(node, node.source.value, node.exportKind === "type"),
    ExportNamedDeclaration: (node) => check(node, node.source?.value, node.exportKind === "type"),
    ImportExpression(node) {
      if (node.source.type === "Literal") check(node, node.source.value, false);
    },
    TSImportType(node) {
      const { argument } = node;
      if (argument.type !== "TSLiteralType" || argument.literal.type !== "Literal") return;
      check(node, argument.literal.value, true);
    },
  };
}

function visitGlobals(context: Deno.lint.RuleContext): Deno.lint.LintVisitor {
  const file = fileOf(context);
  const check = (node: Deno.lint.Node, name: string | null) => {
    const found = name === null ? null : toGuardedGlobal(name);
    if (found !== null) report(context, node, refuseGlobal(file, found));
  };
  return {
    MemberExpression: (node) => check(node, dottedName(node)),
    NewExpression(node) {
      if (node.arguments.length === 0) check(node, `new ${dottedName(node.callee)}()`);
    },
    VariableDeclarator({ id, init }) {
      // `const { now } = Date` is the same reading by another way of writing.
      const object = id.type === "ObjectPattern" && init ? dottedName(init) : null;
      if (id.type !== "ObjectPattern" || object === null) return;
      for (const property of id.properties) {
        if (property.type !== "Property" || property.key.type !== "Identifier") continue;
        check(property.key, `${object}.${property.key.name}`);
      }
    },
  };
}

function visitKeys(context: Deno.lint.RuleContext): Deno.lint.LintVisitor {
  const file = fileOf(context);
  if (mayWriteKeys(file)) return {};
  const check = (node: Deno.lint.Node | null | undefined) => {
    if (node && unwrap(node).type === "ArrayExpression") report(context, node, KEY_FAULT);
  };
  return {
    CallExpression(node) {
      const callee = unwrap(node.callee);
      if (callee.type !== "MemberExpression") return;
      const store = receiverName(callee.object);
      const method = propertyName(callee);
      if (store === null || method === null) return;
      const [first] = node.arguments;
      if (takesKey(store, method)) check(first);
      if (takesKeys(store, method) && first?.type === "ArrayExpression") {
        first.elements.forEach(check);
      }
    },
    Property(node) {
      if (node.parent.type !== "ObjectExpression" || node.key.type !== "Identifier") return;
      if (holdsKey(file, node.key.name)) check(node.value);
    },
  };
}

/** Path from the root with slashes; a name that is relative already is taken as one. */
function fileOf({ filename }: Deno.lint.RuleContext): string {
  const path = filename.startsWith(ROOT) ? relative(ROOT, filename) : filename;
  return path.replaceAll("\\", "/");
}

function report(
  context: Deno.lint.RuleContext,
  node: Deno.lint.Node,
  message: string | null,
): void {
  if (message !== null) context.report({ node, message });
}
